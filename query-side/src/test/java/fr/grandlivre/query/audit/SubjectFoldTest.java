package fr.grandlivre.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.audit.Subject.View;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubjectFoldTest {
    private static final Frameworks FRAMEWORKS = Frameworks.shipped();
    private static final Instant NOW = Instant.parse("2022-05-16T08:00:00Z");
    private static final LearnerId ADA = Facts.learner(1);
    private static final LearnerId BOB = Facts.learner(2);
    private static final CandidateId ADAS_SEAT = new CandidateId(new UUID(3, 1));
    private static final ExamId ADAS_EXAM = StreamIds.exam(Facts.SESSION, ADAS_SEAT);

    private long position;

    private static SubjectFold of(Subject subject, UUID... own) {
        return new SubjectFold(subject, FRAMEWORKS, Set.of(own));
    }

    private boolean after(SubjectFold fold, LedgerEvent event) {
        position++;
        fold.sheet().changes();
        return fold.after(
                new Recorded(position, new UUID(1, 1), 0, new UUID(2, position), NOW, event), new TreeMap<>());
    }

    private static PupilEnrolled enrolled(LearnerId learner, Division division) {
        return new PupilEnrolled(
                Facts.SCHOOL,
                Facts.YEAR,
                learner,
                division,
                "3e",
                Facts.enrolled(learner, "Zoé", "Martin").sealed());
    }

    private static PupilCorrected corrected(LearnerId learner, Division division) {
        return new PupilCorrected(
                Facts.SCHOOL,
                Facts.YEAR,
                learner,
                division,
                "3e",
                enrolled(learner, division).sealed());
    }

    private static CandidateEnrolled candidate(CandidateId seat, LearnerId learner) {
        return new CandidateEnrolled(
                Facts.SESSION,
                seat,
                learner,
                0,
                Personal.of(
                        learner.value(), new CandidateIdentity("Zoé", "Martin", LocalDate.of(2007, 10, 5), "Brest")));
    }

    @Test
    void a_correction_moves_the_place_of_the_sealed_fields() {
        SubjectFold person = of(new Subject.One(View.PEOPLE, ADA.value()));
        after(person, enrolled(ADA, Facts.CLASS_3A));
        String place = "/enrolments/" + Facts.SCHOOL + "/" + Facts.YEAR + "/" + ADA + "/sealedAt";
        for (long correction = 2; correction <= 3; correction++) {
            after(person, corrected(ADA, Facts.CLASS_3A));
            assertThat(person.sheet().changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.pointer()).isEqualTo(place));
            assertThat(person.sheet().tree().at(place).asLong()).isEqualTo(correction);
        }
    }

    @Test
    void of_a_session_a_learner_is_concerned_by_the_own_seat_only() {
        SubjectFold person = of(new Subject.One(View.PEOPLE, ADA.value()), Facts.SESSION.value(), ADAS_EXAM.value());
        assertThat(after(person, scheduled())).isTrue();
        assertThat(after(person, candidate(ADAS_SEAT, ADA))).isTrue();
        assertThat(after(person, candidate(new CandidateId(new UUID(3, 2)), BOB)))
                .isFalse();
        assertThat(after(person, new SessionFinalised(Facts.SESSION, List.of(), false, null)))
                .isFalse();
        assertThat(person.people()).containsExactly(ADA);
    }

    @Test
    void the_code_of_a_session_is_told_once_nobody_can_enter_with_it() {
        SubjectFold session = of(new Subject.One(View.SESSION, Facts.SESSION.value()), Facts.SESSION.value());
        after(session, scheduled());
        assertThat(session.sheet().tree().toString()).doesNotContain("QXZ234");
        after(session, new SessionFinalised(Facts.SESSION, List.of(), false, null));
        assertThat(session.sheet().tree().toString()).contains("QXZ234");
    }

    private static SessionScheduled scheduled() {
        return new SessionScheduled(
                Facts.SESSION,
                123_456,
                new CentreId(new UUID(5, 5)),
                Facts.EXAM_DAY,
                "08:30",
                "B12",
                List.of(),
                "QXZ234",
                "mac",
                6_300_000,
                7_200_000);
    }

    @Test
    void a_class_is_concerned_by_who_is_or_was_in_it() {
        SubjectFold division = of(new Subject.SchoolClass(Facts.SCHOOL, Facts.YEAR, Facts.CLASS_3A));
        Division other = new Division("3B");
        assertThat(after(division, enrolled(BOB, other))).isFalse();
        assertThat(after(division, enrolled(ADA, Facts.CLASS_3A))).isTrue();
        assertThat(after(division, corrected(ADA, Facts.CLASS_3A))).isTrue();
        assertThat(after(division, corrected(BOB, other))).isFalse();
        assertThat(division.people()).containsExactly(ADA);
        assertThat(after(division, new PupilMoved(Facts.SCHOOL, Facts.YEAR, ADA, Facts.CLASS_3A, other)))
                .isTrue();
        assertThat(division.sheet().tree().path("pupils").size()).isZero();
        assertThat(after(division, corrected(ADA, other))).isFalse();
    }

    @Test
    void a_line_of_a_school_report_is_concerned_by_its_year() {
        SubjectFold line = of(new Subject.ReportLine(ADA.value(), SchoolYear.of(ParisDays.of(NOW))));
        SubjectFold other = of(new Subject.ReportLine(ADA.value(), new SchoolYear("2019-2020")));
        var started = Facts.started(ADAS_EXAM, ADA);
        var scored = Facts.scored(ADAS_EXAM, ExamOutcome.VALIDATED, 91);
        assertThat(after(line, started)).isTrue();
        assertThat(after(line, candidate(ADAS_SEAT, ADA))).isFalse();
        assertThat(after(line, scored)).isFalse();
        assertThat(line.sheet().tree().get("mention").asString()).isEqualTo("none");
        assertThat(after(other, started)).isFalse();
        assertThat(other.sheet().tree().isEmpty()).isTrue();
    }
}
