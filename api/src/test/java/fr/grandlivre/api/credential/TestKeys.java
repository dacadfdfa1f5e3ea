package fr.grandlivre.api.credential;

import fr.grandlivre.api.wiring.LedgerKeys.SigningKey;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signing keys for tests, each beside a certificate as the key file holds it. */
final class TestKeys {
    private TestKeys() {}

    static SigningKey withCertificate(KeyPair pair) throws Exception {
        X500Name name = new X500Name("CN=Essai");
        Instant now = Clock.systemUTC().instant();
        return new SigningKey(
                pair.getPrivate(),
                new JcaX509CertificateConverter()
                        .getCertificate(new JcaX509v3CertificateBuilder(
                                        name,
                                        BigInteger.ONE,
                                        Date.from(now),
                                        Date.from(now.plus(Duration.ofDays(1))),
                                        name,
                                        pair.getPublic())
                                .build(new JcaContentSignerBuilder("Ed25519").build(pair.getPrivate()))));
    }
}
