package fr.grandlivre.command.certificate;

import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.verification.CertificateKey;
import fr.grandlivre.rules.verification.CodeLength;
import fr.grandlivre.rules.verification.VerificationCodeText;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Draws codes and keys. Thread-safe if its parts are. */
final class PrintedDraw {
    private final LedgerHistory history;
    private final KeyMac keyMac;
    private final RandomGenerator random;
    private final IntSupplier codeLength;

    PrintedDraw(LedgerHistory history, KeyMac keyMac, RandomGenerator random, IntSupplier codeLength) {
        this.history = history;
        this.keyMac = keyMac;
        this.random = random;
        this.codeLength = codeLength;
    }

    /** @return a code that nobody had when it was drawn, with a key; empty when eight draws were all taken */
    Optional<Printed> free() {
        for (int draws = 0; draws < CodeLength.MOST_DRAWS; draws++) {
            VerificationCode code = VerificationCodeText.draw(random, codeLength.getAsInt());
            if (history.of(StreamIds.verificationCode(code)).isEmpty()) {
                String key = CertificateKey.draw(random).symbols();
                return Optional.of(new Printed(code, key, mac(code, key)));
            }
        }
        return Optional.empty();
    }

    String mac(VerificationCode code, String key) {
        return keyMac.of(code, key);
    }
}
