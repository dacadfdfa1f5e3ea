package fr.grandlivre.api.certificate;

import fr.grandlivre.events.vocabulary.CertificateId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map.Entry;
import java.util.SequencedMap;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/** The attestations of many certificates at once. Thread-safe. */
@Component
public class ClassAttestations {
    private final Attestations attestations;
    private final WhenCertificateIssuedThenMakeAttestation maker;

    ClassAttestations(Attestations attestations, WhenCertificateIssuedThenMakeAttestation maker) {
        this.attestations = attestations;
        this.maker = maker;
    }

    /** Has those made that are missing, before those that nobody waits for. */
    public void prepare(Collection<CertificateId> certificates) {
        Set<CertificateId> ready = attestations.ready(certificates);
        maker.hurry(certificates.stream().filter(one -> !ready.contains(one)).toList());
    }

    /** @return how many of them are made */
    public int ready(Collection<CertificateId> certificates) {
        return attestations.ready(certificates).size();
    }

    /** @return whether somebody waits for one of them */
    public boolean isUnderWay(Collection<CertificateId> certificates) {
        return maker.isWaitedFor(certificates);
    }

    /** @return one document for printing, a page a certificate, without seal; erased ones are left out */
    public byte[] printed(String division, Collection<CertificateId> certificates) {
        return attestations.printed(division, certificates);
    }

    /**
     * Writes an archive of the sealed files, one after the other: it never stands in memory as a whole.
     *
     * @param certificates with the name that the file gets; those without a file are left out
     */
    public void archive(SequencedMap<CertificateId, String> certificates, OutputStream out) throws IOException {
        Set<String> taken = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            // What is sealed and compressed already does not get smaller.
            zip.setLevel(0);
            for (Entry<CertificateId, String> one : certificates.entrySet()) {
                byte[] file = attestations.find(one.getKey()).orElse(null);
                if (file != null) {
                    zip.putNextEntry(new ZipEntry(name(one.getValue(), taken)));
                    zip.write(file);
                    zip.closeEntry();
                }
            }
        }
    }

    /** Letters that every file system takes; a homonym gets a number. */
    private static String name(String person, Set<String> taken) {
        String plain = Normalizer.normalize(person, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String base = plain.isEmpty() ? "attestation" : plain;
        String name = base;
        for (int number = 2; !taken.add(name); number++) {
            name = base + "-" + number;
        }
        return name + ".pdf";
    }
}
