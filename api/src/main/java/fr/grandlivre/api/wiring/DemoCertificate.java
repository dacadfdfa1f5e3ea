package fr.grandlivre.api.wiring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate that a key signs for itself and whose name says that it proves nothing: the JDK keeps a private key only
 * beside one, and has no public way to make it. X.509 version 3 (RFC 5280), DER written by hand.
 */
final class DemoCertificate {
    private static final String NAME = "CN=Grand Livre (démonstration\\, sans valeur)";
    private static final Duration LIFETIME = Duration.ofDays(3_650);
    private static final int SERIAL_BITS = 127;

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTC_TIME = 0x17;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    /** INTEGER 2: version 3. */
    private static final byte[] VERSION_3 = {INTEGER, 1, 2};

    /** AlgorithmIdentifier of ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
    private static final byte[] ECDSA_SHA256 = {
        SEQUENCE, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
    };

    /** AlgorithmIdentifier of Ed25519, 1.3.101.112. */
    private static final byte[] ED25519 = {SEQUENCE, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};

    /** keyUsage, critical: digitalSignature and nonRepudiation. */
    private static final byte[] KEY_USAGE = {
        SEQUENCE,
        0x0e,
        0x06,
        0x03,
        0x55,
        0x1d,
        0x0f,
        0x01,
        0x01,
        (byte) 0xff,
        0x04,
        0x04,
        BIT_STRING,
        0x02,
        0x06,
        (byte) 0xc0
    };

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private DemoCertificate() {}

    /**
     * @param keys Ed25519 or EC P-256
     * @param from when it begins to be valid, by the system's clock; years up to 2039
     */
    static X509Certificate selfSigned(KeyPair keys, Instant from) throws GeneralSecurityException {
        boolean edwards = keys.getPrivate().getAlgorithm().equals("EdDSA");
        byte[] algorithm = edwards ? ED25519 : ECDSA_SHA256;
        byte[] name = new X500Principal(NAME).getEncoded();
        byte[] facts = der(
                SEQUENCE,
                der(VERSION, VERSION_3),
                der(INTEGER, new BigInteger(SERIAL_BITS, new SecureRandom()).toByteArray()),
                algorithm,
                name,
                der(SEQUENCE, time(from), time(from.plus(LIFETIME))),
                name,
                keys.getPublic().getEncoded(),
                der(EXTENSIONS, der(SEQUENCE, KEY_USAGE)));
        byte[] signature = sign(keys.getPrivate(), edwards ? "Ed25519" : "SHA256withECDSA", facts);
        byte[] whole = der(SEQUENCE, facts, algorithm, der(BIT_STRING, new byte[1], signature));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    /** @return whether this is a certificate of a demonstration, whoever made it */
    static boolean is(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(new X500Principal(NAME));
    }

    private static byte[] sign(PrivateKey key, String algorithm, byte[] facts) throws GeneralSecurityException {
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(facts);
        return signing.sign();
    }

    private static byte[] time(Instant instant) {
        return der(UTC_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
