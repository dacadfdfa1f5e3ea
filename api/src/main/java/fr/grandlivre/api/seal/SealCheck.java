package fr.grandlivre.api.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Looks at the seal of a file that anybody may have made, by other code than that which seals: PDFBox reads the file, Bouncy
 * Castle the signature. The file is only read.
 */
final class SealCheck {
    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    /** Readers accept a header within the first kilobyte. */
    private static final int HEADER_WITHIN = 1_024;

    private static final COSName ETSI_DETACHED = COSName.getPDFName("ETSI.CAdES.detached");
    private static final int RANGES = 4;
    private static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    private SealCheck() {}

    static SealFinding of(byte[] file, List<PublicKey> trusted) {
        if (!hasHeader(file)) {
            return SealFinding.NOT_PDF;
        }
        try (PDDocument pdf = Loader.loadPDF(file, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
            List<PDSignature> signatures = pdf.getSignatureDictionaries();
            return signatures.isEmpty()
                    ? SealFinding.UNSIGNED
                    : of(signatures.getFirst(), signatures.size(), file, trusted);
        } catch (IOException | RuntimeException unreadable) {
            // A header and then no document: cut short, or changed where it matters.
            return SealFinding.DAMAGED;
        }
    }

    private static boolean hasHeader(byte[] file) {
        for (int from = 0; from + HEADER.length <= Math.min(file.length, HEADER_WITHIN); from++) {
            if (Arrays.equals(file, from, from + HEADER.length, HEADER, 0, HEADER.length)) {
                return true;
            }
        }
        return false;
    }

    private static SealFinding of(PDSignature signature, int signatures, byte[] file, List<PublicKey> trusted)
            throws IOException {
        int[] range = signature.getByteRange();
        Optional<byte[]> covered = covered(range, file);
        if (covered.isEmpty() || !ETSI_DETACHED.equals(signature.getCOSObject().getCOSName(COSName.SUB_FILTER))) {
            return SealFinding.ALTERED;
        }
        try {
            CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(covered.get()), signature.getContents());
            List<SignerInformation> signers = List.copyOf(cms.getSignerInfos().getSigners());
            if (signers.size() != 1) {
                return SealFinding.FOREIGN;
            }
            Optional<PublicKey> ours = signerKey(cms, signers.getFirst()).filter(trusted::contains);
            if (ours.isEmpty()) {
                return SealFinding.FOREIGN;
            }
            boolean whole = signatures == 1
                    && range[2] + range[3] == file.length
                    && isSpelled(Arrays.copyOfRange(file, range[1], range[2]), cms)
                    && isPlain(cms, signers.getFirst());
            return whole && isSigned(signers.getFirst(), ours.get()) ? SealFinding.INTACT : SealFinding.ALTERED;
        } catch (CMSException unreadable) {
            return SealFinding.ALTERED;
        }
    }

    /** @return the bytes before and after the signature; empty when the range says something else */
    private static Optional<byte[]> covered(int[] range, byte[] file) {
        boolean plausible = range.length == RANGES
                && range[0] == 0
                && range[1] > 0
                && range[2] > range[1]
                && range[3] > 0
                && (long) range[2] + range[3] <= file.length
                // What is left out is the signature's own hexadecimal string, and nothing else.
                && file[range[1]] == '<'
                && file[range[2] - 1] == '>';
        if (!plausible) {
            return Optional.empty();
        }
        ByteArrayOutputStream covered = new ByteArrayOutputStream(range[1] + range[3]);
        covered.write(file, 0, range[1]);
        covered.write(file, range[2], range[3]);
        return Optional.of(covered.toByteArray());
    }

    /** No signature covers itself: its own bytes have to be the only way to write it down, zeros to the end of their place. */
    private static boolean isSpelled(byte[] place, CMSSignedData cms) throws IOException {
        String digits = HexFormat.of().formatHex(cms.toASN1Structure().getEncoded(ASN1Encoding.DER));
        String text = new String(place, 1, place.length - 2, StandardCharsets.US_ASCII);
        return text.startsWith(digits) && text.chars().skip(digits.length()).allMatch(digit -> digit == '0');
    }

    /** What the signature does not cover of its container is as this ledger writes it, and so is the certificate. */
    private static boolean isPlain(CMSSignedData cms, SignerInformation signer) throws IOException {
        SignedData container = SignedData.getInstance(cms.toASN1Structure().getContent());
        return cms.toASN1Structure().getContentType().equals(CMSObjectIdentifiers.signedData)
                && container.getVersion().hasValue(1)
                && container.getEncapContentInfo().getContentType().equals(CMSObjectIdentifiers.data)
                && container.getEncapContentInfo().getContent() == null
                && container.getCRLs() == null
                && container.getDigestAlgorithms().size() == 1
                && container.getDigestAlgorithms().getObjectAt(0).equals(signer.getDigestAlgorithmID())
                && signer.getDigestAlgorithmID().equals(SHA256)
                && signer.getEncryptionAlgOID().equals(X9ObjectIdentifiers.ecdsa_with_SHA256.getId())
                && signer.getVersion() == 1
                && Arrays.equals(
                        container
                                .getSignerInfos()
                                .getObjectAt(0)
                                .toASN1Primitive()
                                .getEncoded(ASN1Encoding.DER),
                        signer.toASN1Structure().getEncoded(ASN1Encoding.DER))
                && signer.getUnsignedAttributes() == null
                && container.getCertificates().size() == 1
                && isNamed(cms.getCertificates().getMatches(null).iterator().next(), signer);
    }

    private static boolean isNamed(X509CertificateHolder certificate, SignerInformation signer) throws IOException {
        Attribute named = signer.getSignedAttributes() == null
                ? null
                : signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        byte[] issuer = new IssuerAndSerialNumber(certificate.getIssuer(), certificate.getSerialNumber())
                .getEncoded(ASN1Encoding.DER);
        return named != null
                && Arrays.equals(issuer, signer.toASN1Structure().getSID().getEncoded(ASN1Encoding.DER))
                && Arrays.equals(
                        SigningCertificateV2.getInstance(named.getAttributeValues()[0])
                                .getCerts()[0]
                                .getCertHash(),
                        sha256(certificate.getEncoded()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static Optional<PublicKey> signerKey(CMSSignedData cms, SignerInformation signer) {
        return cms.getCertificates().getMatches(null).stream()
                .filter(holder -> signer.getSID().match(holder))
                .findFirst()
                .map(SealCheck::certificate)
                .map(X509Certificate::getPublicKey);
    }

    private static X509Certificate certificate(X509CertificateHolder holder) {
        try {
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (java.security.cert.CertificateException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    private static boolean isSigned(SignerInformation signer, PublicKey key) {
        Attribute digest = signer.getSignedAttributes() == null
                ? null
                : signer.getSignedAttributes().get(CMSAttributes.messageDigest);
        try {
            return digest != null && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(key));
        } catch (CMSException | OperatorCreationException mismatch) {
            return false;
        }
    }
}
