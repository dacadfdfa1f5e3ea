package fr.grandlivre.api.certificate;

import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.certificate.CertificateStanding;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Certificates that tests print. */
public final class Certificates {
    public static final CertificateId ID = new CertificateId(UUID.fromString("018f0000-0000-4000-8000-0000000000c1"));

    private Certificates() {}

    /** @return the certificate of the brief, as it was taken over: without key and total */
    public static CertificateStatement imported() {
        return certificate(
                levels("1.1", 4, "1.2", 3, "1.3", 2, "2.1", 3),
                null,
                null,
                null,
                "brief",
                holder("Martin", "Dupuis", null));
    }

    /** @return a certificate with everything, of the longest kind */
    public static CertificateStatement issued() {
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        for (String code : List.of(
                "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1",
                "5.2")) {
            levels.put(new CompetenceCode(code), new Level(1 + code.charAt(2) % 5));
        }
        return certificate(
                levels,
                new Pix(412),
                new Pix(640),
                new Level(3),
                null,
                holder("Élisabeth-Œnone", "d’Été-Martin & <fils>", "H4KQ7X"));
    }

    private static CertificateHolder holder(String firstName, String lastName, @Nullable String key) {
        return new CertificateHolder(firstName, lastName, LocalDate.of(1988, 10, 5), "Paris 8", key);
    }

    private static SortedMap<CompetenceCode, Level> levels(Object... pairs) {
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            levels.put(new CompetenceCode((String) pairs[i]), new Level((Integer) pairs[i + 1]));
        }
        return levels;
    }

    private static CertificateStatement certificate(
            SortedMap<CompetenceCode, Level> levels,
            @Nullable Pix pix,
            @Nullable Pix pixMax,
            @Nullable Level overall,
            @Nullable String source,
            CertificateHolder holder) {
        return new CertificateStatement(
                ID,
                new LearnerId(UUID.fromString("018f0000-0000-4000-8000-0000000000aa")),
                new VerificationCode("P-234567"),
                new FrameworkVersion("2019"),
                5,
                LocalDate.of(2020, 6, 13),
                LocalDate.of(2020, 7, 13),
                "Lycée Léonard de Vinci",
                levels,
                pix,
                pixMax,
                overall,
                source,
                holder,
                new CertificateStanding(LocalDate.of(2023, 7, 13), null, null, Visibility.STATUS_AND_IDENTITY),
                null,
                List.of(),
                1,
                0);
    }
}
