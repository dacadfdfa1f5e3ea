package fr.grandlivre.rules.verification;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The second fact printed beside a verification code.
 *
 * @param symbols exactly 6 of the 24 symbols
 */
public record CertificateKey(String symbols) {
    public static final int LENGTH = 6;

    private static final Pattern SHAPE = Pattern.compile("[" + CodeSymbols.ALPHABET + "]{" + LENGTH + "}");

    /** @throws IllegalArgumentException when the text is no key */
    public CertificateKey {
        if (!SHAPE.matcher(symbols).matches()) {
            throw new IllegalArgumentException("not a certificate key");
        }
    }

    /** @return the key that was typed in any case, with spaces or dashes; empty when it is none */
    public static Optional<CertificateKey> parse(String text) {
        return CodeSymbols.normalised(text)
                .filter(symbols -> SHAPE.matcher(symbols).matches())
                .map(CertificateKey::new);
    }

    /** @param random cryptographically strong */
    public static CertificateKey draw(RandomGenerator random) {
        return new CertificateKey(CodeSymbols.draw(random, LENGTH));
    }

    /** Never shows the key: it opens an identity. */
    @Override
    public String toString() {
        return "CertificateKey[…]";
    }
}
