package fr.grandlivre.rules.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.certificate.CertificateConsequence.Content;
import fr.grandlivre.rules.certificate.CertificateConsequence.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateConsequenceTest {
    private static final Content PRINTED = content(4, 35, "Ada");

    private static Content content(int level, int pix, @Nullable String firstName) {
        return new Content(
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(level))),
                new Pix(pix),
                firstName == null
                        ? null
                        : new CandidateIdentity(firstName, "Petit", LocalDate.of(2008, 2, 29), "Lyon"));
    }

    private static CertificateConsequence validated(boolean before, @Nullable Content standing, Content now) {
        return CertificateConsequence.of(before, ExamOutcome.VALIDATED, false, standing, now);
    }

    @Test
    void what_stays_the_same_changes_nothing() {
        assertThat(validated(true, PRINTED, PRINTED).kind()).isEqualTo(Kind.NOTHING);
        assertThat(validated(true, PRINTED, content(4, 35, null)).kind())
                .as("an erased identity corrects none")
                .isEqualTo(Kind.NOTHING);
    }

    @Test
    void other_levels_or_points_replace_and_so_does_another_identity() {
        assertThat(Stream.of(content(3, 35, "Ada"), content(4, 34, "Ada")))
                .allSatisfy(now -> assertThat(validated(true, PRINTED, now))
                        .isEqualTo(new CertificateConsequence(Kind.REPLACED, ReasonCode.JURY)));
        assertThat(validated(true, PRINTED, content(3, 35, "Adèle")))
                .isEqualTo(new CertificateConsequence(Kind.REPLACED, ReasonCode.IDENTITY_CORRECTED));
    }

    @Test
    void a_result_validated_at_last_is_certified_and_a_revoked_certificate_does_not_come_back() {
        assertThat(validated(false, null, PRINTED).kind()).isEqualTo(Kind.ISSUED);
        assertThat(validated(true, null, PRINTED).kind()).isEqualTo(Kind.NOTHING);
        assertThat(validated(false, PRINTED, PRINTED).kind()).isEqualTo(Kind.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED,false,ADMINISTRATIVE", "REJECTED,true,FRAUD", "REJECTED,false,JURY", "ERROR,false,JURY"})
    void a_result_that_is_no_longer_validated_revokes(ExamOutcome outcome, boolean fraud, ReasonCode reason) {
        assertThat(CertificateConsequence.of(true, outcome, fraud, PRINTED, PRINTED))
                .isEqualTo(new CertificateConsequence(Kind.REVOKED, reason));
        assertThat(CertificateConsequence.of(true, outcome, fraud, null, PRINTED)
                        .kind())
                .isEqualTo(Kind.NOTHING);
    }

    @Test
    void a_level_of_0_or_below_is_not_certified() {
        assertThat(CertificateConsequence.certified(List.of(scored("1.1", 4), scored("1.2", 0), scored("1.3", -1))))
                .isEqualTo(Map.of(new CompetenceCode("1.1"), new Level(4)));
    }

    private static ScoredCompetence scored(String code, int level) {
        return new ScoredCompetence(
                new CompetenceCode(code),
                new Level(4),
                new Pix(35),
                3,
                3,
                0,
                1,
                null,
                new Level(level),
                new Pix(Math.max(0, level) * 8));
    }
}
