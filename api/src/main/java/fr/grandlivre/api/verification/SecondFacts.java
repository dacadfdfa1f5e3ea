package fr.grandlivre.api.verification;

import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.verification.VerifiableCertificate;
import fr.grandlivre.rules.certificate.SecondFact;
import fr.grandlivre.rules.verification.PersonName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares what somebody claims with what a certificate says, in the same time whatever comes of it: a code that nobody
 * holds is compared with nobody's facts. Thread-safe.
 */
@Component
class SecondFacts {
    /** As long as an HMAC in base64url, and the HMAC of nothing anybody can type. */
    private static final String NO_KEY = "-".repeat(43);

    /** No name that was typed compares as an empty one. */
    private static final String NOBODY = "";

    private final CodeMacs macs;

    SecondFacts(CodeMacs macs) {
        this.macs = macs;
    }

    /**
     * @param code  as parsed
     * @param found the certificate that answers to it; empty when none does
     * @param today in Paris
     * @return whether the claim opens the identity
     */
    boolean open(ClaimedFact claim, VerificationCode code, Optional<VerifiableCertificate> found, LocalDate today) {
        VerifiableCertificate open = found.filter(
                        certificate -> certificate.visibility() == Visibility.STATUS_AND_IDENTITY)
                .orElse(null);
        return switch (claim) {
            case ClaimedFact.None _ -> false;
            case ClaimedFact.Key(var key) -> {
                String held = open == null || open.keyMac() == null ? NO_KEY : open.keyMac();
                yield equal(macs.of(code, key.symbols()), held);
            }
            case ClaimedFact.Person(var name, var birth) -> {
                String heldName = open == null || open.lastName() == null ? NOBODY : PersonName.key(open.lastName());
                LocalDate heldBirth = open == null || open.birthDate() == null ? LocalDate.EPOCH : open.birthDate();
                boolean same = equal(macs.ofPerson(code, name, birth), macs.ofPerson(code, heldName, heldBirth));
                boolean keyOnly = isKeyOnly(open, today);
                yield same && !keyOnly;
            }
        };
    }

    private static boolean isKeyOnly(@Nullable VerifiableCertificate open, LocalDate today) {
        LocalDate birth = open == null ? null : open.birthDate();
        return birth == null || SecondFact.isKeyOnly(birth, today);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
