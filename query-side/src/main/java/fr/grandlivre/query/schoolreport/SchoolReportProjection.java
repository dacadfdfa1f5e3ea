package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.query.LevelsText;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps who is enrolled where, and every result that may become a mention. */
public final class SchoolReportProjection implements Projection {
    /** Days of the domain are civil days in metropolitan France. */
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final String LIFE = """
        UPDATE ${schema}.result SET suspended = ?, revoked = revoked OR ?, reason = ? WHERE certificate_id = ?\
        """;

    @Override
    public String name() {
        return SchoolReportQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                SchoolRegistered.class,
                PupilEnrolled.class,
                PupilMoved.class,
                PupilLeft.class,
                ExamStarted.class,
                ExamScored.class,
                SessionPublished.class,
                CertificateIssued.class,
                CertificateImported.class,
                CertificateSuspended.class,
                CertificateReinstated.class,
                CertificateRevoked.class);
    }

    @Override
    public Set<String> maskedColumns() {
        return Set.of("first_name", "last_name", "birth_date", "ine");
    }

    @Override
    public boolean readsPersonalFields() {
        return true;
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            write(recorded.event(), recorded.position(), writes);
        }
        writes.into(view);
    }

    private static void write(LedgerEvent event, long position, Writes writes) {
        switch (event) {
            case SchoolRegistered(var school, var uai, var name, var kind, var _) ->
                writes.add("""
                    INSERT INTO ${schema}.school (school, uai, name, kind) VALUES (?, ?, ?, ?)
                    ON CONFLICT (school) DO NOTHING\
                    """, school.value(), uai.value(), name, kind.name());
            case PupilEnrolled enrolled -> enrol(enrolled, writes);
            case PupilMoved(var school, var year, var learner, var _, var to) ->
                writes.add("""
                    UPDATE ${schema}.pupil SET division = ?
                    WHERE school = ? AND school_year = ? AND learner = ?\
                    """, to.value(), school.value(), year.value(), learner.value());
            case PupilLeft(var school, var year, var learner, var lastDay, var _) ->
                writes.add("""
                    UPDATE ${schema}.pupil SET left_on = ?
                    WHERE school = ? AND school_year = ? AND learner = ?\
                    """, lastDay, school.value(), year.value(), learner.value());
            case ExamStarted started ->
                writes.add(
                        """
                        INSERT INTO ${schema}.result (id, learner, exam_date, started_at, started_position, published, position)
                        VALUES (?, ?, ?, ?, ?, false, ?) ON CONFLICT (id) DO NOTHING\
                        """,
                        started.exam().value(),
                        started.learner().value(),
                        LocalDate.ofInstant(started.startedAt(), PARIS),
                        started.startedAt().atOffset(ZoneOffset.UTC),
                        position,
                        position);
            case ExamScored scored ->
                writes.add(
                        "UPDATE ${schema}.result SET outcome = ?, pix = ? WHERE id = ?",
                        scored.outcome().name(),
                        scored.totalPix().value(),
                        scored.exam().value());
            case SessionPublished published ->
                published
                        .exams()
                        .forEach(exam -> writes.add(
                                "UPDATE ${schema}.result SET published = true, position = ? WHERE id = ?",
                                position,
                                exam.exam().value()));
            case CertificateIssued issued ->
                // A later certificate of the exam takes the place of the one before, whose end no longer counts.
                writes.add(
                        """
                        UPDATE ${schema}.result
                        SET certificate_id = ?, code = ?, levels = ?, suspended = false, revoked = false, reason = NULL
                        WHERE id = ?\
                        """,
                        issued.certificateId().value(),
                        issued.code().value(),
                        LevelsText.write(issued.levels()),
                        issued.exam().value());
            case CertificateImported imported ->
                writes.add(
                        """
                        INSERT INTO ${schema}.result
                          (id, learner, exam_date, started_at, started_position, outcome, published, certificate_id, code, pix,
                           levels, position)
                        VALUES (?, ?, ?, ?, ?, ?, true, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING\
                        """,
                        imported.certificateId().value(),
                        imported.learner().value(),
                        imported.examDate(),
                        imported.examDate().atStartOfDay(PARIS).toOffsetDateTime(),
                        position,
                        ExamOutcome.VALIDATED.name(),
                        imported.certificateId().value(),
                        imported.code().value(),
                        imported.pix() == null ? null : imported.pix().value(),
                        LevelsText.write(imported.levels()),
                        position);
            case CertificateSuspended(var id, var reason, var _) ->
                writes.add(LIFE, true, false, reason.name(), id.value());
            case CertificateReinstated(var id, var _, var _) -> writes.add(LIFE, false, false, null, id.value());
            case CertificateRevoked(var id, var reason, var _) ->
                writes.add(LIFE, false, true, reason.name(), id.value());
            default -> throw new IllegalArgumentException(event.getClass() + " is not read by this view");
        }
    }

    private static void enrol(PupilEnrolled enrolled, Writes writes) {
        Optional<PupilIdentity> who = enrolled.sealed().value();
        writes.add(
                """
                INSERT INTO ${schema}.pupil
                  (school, school_year, learner, division, year, first_name, last_name, birth_date, ine)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (school, school_year, learner) DO NOTHING\
                """,
                enrolled.school().value(),
                enrolled.schoolYear().value(),
                enrolled.learner().value(),
                enrolled.division().value(),
                enrolled.year(),
                who.map(PupilIdentity::firstName).orElse(null),
                who.map(PupilIdentity::lastName).orElse(null),
                who.map(PupilIdentity::birthDate).orElse(null),
                who.map(PupilIdentity::ine).orElse(null));
    }
}
