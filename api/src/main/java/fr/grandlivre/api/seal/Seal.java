package fr.grandlivre.api.seal;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import fr.grandlivre.api.wiring.LedgerKeys.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * The ledger's electronic seal on PDF documents: PAdES-B-B, ECDSA on P-256 with SHA-256, one incremental update after which
 * nothing may be added. Thread-safe.
 *
 * @see <a href="https://www.etsi.org/deliver/etsi_en/319100_319199/31914201/">ETSI EN 319 142-1</a>
 */
public final class Seal {
    private final SigningKey key;
    private final List<PublicKey> trusted;
    private final Clock clock;

    /**
     * @param key     with the certificate that readers of the document see
     * @param retired keys whose seals are still ours
     * @param clock   the system's: a signature is of today, also where the domain lives in another year
     */
    public Seal(SigningKey key, List<PublicKey> retired, Clock clock) {
        this.key = key;
        List<PublicKey> ours = new ArrayList<>(retired);
        ours.add(key.publicKey());
        this.trusted = List.copyOf(ours);
        this.clock = clock;
    }

    /**
     * @param pdf a whole document
     * @return the same bytes followed by the signature
     */
    public byte[] seal(byte[] pdf) {
        PAdESService service = new PAdESService(new CommonCertificateVerifier(true));
        DSSDocument document = new InMemoryDocument(pdf);
        PAdESSignatureParameters parameters = parameters();
        byte[] toSign = service.getDataToSign(document, parameters).getBytes();
        SignatureValue value = new SignatureValue(SignatureAlgorithm.ECDSA_SHA256, sign(toSign));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            service.signDocument(document, parameters, value).writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** @return what the seal of a document shows */
    public SealFinding check(byte[] pdf) {
        return SealCheck.of(pdf, trusted);
    }

    private PAdESSignatureParameters parameters() {
        CertificateToken certificate = new CertificateToken(key.certificate());
        PAdESSignatureParameters parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_B);
        parameters.setSignaturePackaging(SignaturePackaging.ENVELOPED);
        parameters.setSigningCertificate(certificate);
        parameters.setCertificateChain(certificate);
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        parameters.setAppName("Grand Livre");
        parameters.bLevel().setSigningDate(Date.from(clock.instant()));
        return parameters;
    }

    private byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.privateKey());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform signs with ECDSA", impossible);
        }
    }
}
