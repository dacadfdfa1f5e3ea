package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.ExamComment;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.LevelsText;
import fr.grandlivre.query.PersonalColumns;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps who is enrolled where, and every result that may become a mention. */
public final class SchoolReportProjection implements Projection {
    /** Days of the domain are civil days in metropolitan France. */
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final String LIFE = """
        UPDATE ${schema}.result SET suspended = ?, revoked = revoked OR ?, reason = ?, changed = ?
        WHERE certificate_id = ?\
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
                PupilCorrected.class,
                PupilMoved.class,
                PupilLeft.class,
                ExportProduced.class,
                CentreOpened.class,
                SessionScheduled.class,
                CandidateEnrolled.class,
                CandidateCorrected.class,
                ExamStarted.class,
                ExamScored.class,
                ExamCommented.class,
                SessionPublished.class,
                CertificateIssued.class,
                CertificateImported.class,
                CertificateSuspended.class,
                CertificateReinstated.class,
                CertificateRevoked.class,
                AccountsMerged.class,
                PersonErased.class);
    }

    /** 2: an erasure takes what it did not take before. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public boolean readsPersonalFields() {
        return true;
    }

    @Override
    public List<PersonalColumns> personalColumns() {
        return List.of(
                PersonalColumns.of(
                                DataClass.IDENTITY,
                                "pupil",
                                "learner",
                                "first_name",
                                "middle_name",
                                "third_name",
                                "last_name",
                                "birth_date",
                                "ine")
                        .withPosition("changed"),
                // A code that nobody can verify any more is handed to nobody.
                PersonalColumns.of(DataClass.CERTIFICATE, "result", "learner", "birth_place", "comment", "code")
                        .withPosition("changed"),
                PersonalColumns.of(DataClass.CERTIFICATE, "candidate", "learner", "birth_place"));
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            if (recorded.event() instanceof PersonErased erased) {
                blank(erased, recorded.position(), writes);
            } else {
                write(recorded, writes);
            }
        }
        writes.into(view);
    }

    private static void write(Recorded recorded, Writes writes) {
        long position = recorded.position();
        switch (recorded.event()) {
            case SchoolRegistered(var school, var uai, var name, var kind, var _) ->
                writes.add("""
                    INSERT INTO ${schema}.school (school, uai, name, kind) VALUES (?, ?, ?, ?)
                    ON CONFLICT (school) DO NOTHING\
                    """, school.value(), uai.value(), name, kind.name());
            case PupilEnrolled(var school, var year, var learner, var division, var level, var who) ->
                pupil(school, year, learner, division, level, who.value(), position, writes);
            case PupilCorrected(var school, var year, var learner, var division, var level, var who) ->
                pupil(school, year, learner, division, level, who.value(), position, writes);
            case PupilMoved(var school, var year, var learner, var _, var to) ->
                writes.add("""
                    UPDATE ${schema}.pupil SET division = ?, changed = ?
                    WHERE school = ? AND school_year = ? AND learner = ?\
                    """, to.value(), position, school.value(), year.value(), learner.value());
            case PupilLeft(var school, var year, var learner, var lastDay, var _) ->
                writes.add("""
                    UPDATE ${schema}.pupil SET left_on = ?, changed = ?
                    WHERE school = ? AND school_year = ? AND learner = ?\
                    """, lastDay, position, school.value(), year.value(), learner.value());
            case ExportProduced export -> export(export, recorded, writes);
            case CentreOpened(var centre, var name, var _) -> writes.add("""
                INSERT INTO ${schema}.centre (centre, name) VALUES (?, ?)
                ON CONFLICT (centre) DO UPDATE SET name = EXCLUDED.name\
                """, centre.value(), name);
            case SessionScheduled scheduled ->
                writes.add(
                        """
                        INSERT INTO ${schema}.sitting (session, number, centre) VALUES (?, ?, ?)
                        ON CONFLICT (session) DO NOTHING\
                        """,
                        scheduled.session().value(),
                        scheduled.number(),
                        scheduled.centre().value());
            case CandidateEnrolled enrolled ->
                writes.add("""
                    INSERT INTO ${schema}.candidate (candidate, learner, birth_place) VALUES (?, ?, ?)
                    ON CONFLICT (candidate) DO UPDATE SET birth_place = EXCLUDED.birth_place\
                    """, enrolled.candidate().value(), enrolled.learner().value(), bornIn(enrolled.sealed()));
            case CandidateCorrected corrected ->
                writes.add(
                        "UPDATE ${schema}.candidate SET birth_place = ? WHERE candidate = ?",
                        bornIn(corrected.sealed()),
                        corrected.candidate().value());
            case ExamStarted started ->
                writes.add(
                        """
                        INSERT INTO ${schema}.result
                          (id, learner, exam_date, started_at, started_position, session, candidate, published, position,
                           changed)
                        VALUES (?, ?, ?, ?, ?, ?, ?, false, ?, ?) ON CONFLICT (id) DO NOTHING\
                        """,
                        started.exam().value(),
                        started.learner().value(),
                        LocalDate.ofInstant(started.startedAt(), PARIS),
                        started.startedAt().atOffset(ZoneOffset.UTC),
                        position,
                        started.session().value(),
                        started.candidate().value(),
                        position,
                        position);
            case ExamScored scored ->
                writes.add(
                        "UPDATE ${schema}.result SET outcome = ?, pix = ?, tested = ?, changed = ? WHERE id = ?",
                        scored.outcome().name(),
                        scored.totalPix().value(),
                        LevelsText.write(scored.competences().stream()
                                .filter(competence -> competence.asked() > 0)
                                .collect(Collectors.toMap(ScoredCompetence::competence, ScoredCompetence::level))),
                        position,
                        scored.exam().value());
            case ExamCommented(var exam, var forOrganisation, var comment) -> {
                if (forOrganisation) {
                    writes.add(
                            "UPDATE ${schema}.result SET comment = ?, changed = ? WHERE id = ?",
                            comment.value().map(ExamComment::text).orElse(null),
                            position,
                            exam.value());
                }
            }
            case SessionPublished published ->
                published
                        .exams()
                        .forEach(exam -> writes.add(
                                """
                                UPDATE ${schema}.result SET published = true, published_at = ?, position = ?, changed = ?
                                WHERE id = ?\
                                """,
                                published.publishedAt().atOffset(ZoneOffset.UTC),
                                position,
                                position,
                                exam.exam().value()));
            case CertificateIssued issued ->
                // A later certificate of the exam takes the place of the one before, whose end no longer counts.
                writes.add(
                        """
                        UPDATE ${schema}.result SET certificate_id = ?, code = ?, levels = ?, centre_name = ?,
                          birth_place = ?, suspended = false, revoked = false, reason = NULL, changed = ?
                        WHERE id = ?\
                        """,
                        issued.certificateId().value(),
                        issued.code().value(),
                        LevelsText.write(issued.levels()),
                        issued.centre().name(),
                        birthPlace(issued.sealed()),
                        position,
                        issued.exam().value());
            case CertificateImported imported ->
                writes.add(
                        """
                        INSERT INTO ${schema}.result
                          (id, learner, exam_date, started_at, started_position, outcome, published, published_at,
                           certificate_id, code, pix, levels, tested, centre_name, birth_place, position, changed)
                        VALUES (?, ?, ?, ?, ?, ?, true, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING\
                        """,
                        imported.certificateId().value(),
                        imported.learner().value(),
                        imported.examDate(),
                        imported.examDate().atStartOfDay(PARIS).toOffsetDateTime(),
                        position,
                        ExamOutcome.VALIDATED.name(),
                        imported.deliveredDate().atStartOfDay(PARIS).toOffsetDateTime(),
                        imported.certificateId().value(),
                        imported.code().value(),
                        imported.pix() == null ? null : imported.pix().value(),
                        LevelsText.write(imported.levels()),
                        LevelsText.write(imported.levels()),
                        imported.centre().name(),
                        birthPlace(imported.sealed()),
                        position,
                        position);
            // Rosters follow by events of their own; results and candidacies are the person's in whichever account.
            case AccountsMerged(var survivor, var absorbed, var _) -> {
                writes.add(
                        "UPDATE ${schema}.result SET learner = ?, changed = ? WHERE learner = ?",
                        survivor.value(),
                        position,
                        absorbed.value());
                writes.add(
                        "UPDATE ${schema}.candidate SET learner = ? WHERE learner = ?",
                        survivor.value(),
                        absorbed.value());
            }
            case CertificateSuspended(var id, var reason, var _) ->
                writes.add(LIFE, true, false, reason.name(), position, id.value());
            case CertificateReinstated(var id, var _, var _) ->
                writes.add(LIFE, false, false, null, position, id.value());
            case CertificateRevoked(var id, var reason, var _) ->
                writes.add(LIFE, false, true, reason.name(), position, id.value());
            default -> throw new IllegalArgumentException(recorded.event().getClass() + " is not read by this view");
        }
    }

    // Absolute: who comes back, and whoever is corrected, stands there as the event says.
    private static void pupil(
            SchoolId school,
            SchoolYear schoolYear,
            LearnerId learner,
            Division division,
            String year,
            Optional<PupilIdentity> who,
            long position,
            Writes writes) {
        writes.add(
                """
                INSERT INTO ${schema}.pupil
                  (school, school_year, learner, division, year, first_name, middle_name, third_name, last_name,
                   birth_date, ine, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (school, school_year, learner) DO UPDATE SET
                  division = EXCLUDED.division, year = EXCLUDED.year, first_name = EXCLUDED.first_name,
                  middle_name = EXCLUDED.middle_name, third_name = EXCLUDED.third_name,
                  last_name = EXCLUDED.last_name, birth_date = EXCLUDED.birth_date, ine = EXCLUDED.ine,
                  left_on = NULL, changed = EXCLUDED.changed\
                """,
                school.value(),
                schoolYear.value(),
                learner.value(),
                division.value(),
                year,
                who.map(PupilIdentity::firstName).orElse(null),
                who.map(PupilIdentity::middleName).orElse(null),
                who.map(PupilIdentity::thirdName).orElse(null),
                who.map(PupilIdentity::lastName).orElse(null),
                who.map(PupilIdentity::birthDate).orElse(null),
                who.map(PupilIdentity::ine).orElse(null),
                position);
    }

    private static void export(ExportProduced export, Recorded recorded, Writes writes) {
        String uai = export.uai() == null ? null : export.uai().value();
        String year = export.schoolYear() == null ? null : export.schoolYear().value();
        String division = export.division() == null ? null : export.division().value();
        writes.add(
                """
                INSERT INTO ${schema}.export
                  (export_id, uai, school_year, division, profile, rows, skipped, read_to, rule, sha256, recorded_at, position)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (export_id) DO NOTHING\
                """,
                export.exportId(),
                uai,
                year,
                division,
                export.profile(),
                export.rows(),
                SkippedText.write(export.skipped()),
                export.position(),
                export.ruleVersion().value(),
                export.sha256(),
                recorded.recordedAt().atOffset(ZoneOffset.UTC),
                recorded.position());
        writes.add("""
            INSERT INTO ${schema}.export_pupil (export_id, learner)
            SELECT ?, p.learner FROM ${schema}.pupil p JOIN ${schema}.school s ON s.school = p.school
            WHERE s.uai = ? AND p.school_year = ? AND p.division = ? AND p.left_on IS NULL
            ON CONFLICT DO NOTHING\
            """, export.exportId(), uai, year, division);
    }

    private static @Nullable String bornIn(Personal<CandidateIdentity> candidate) {
        return candidate.value().map(CandidateIdentity::birthPlace).orElse(null);
    }

    private static @Nullable String birthPlace(Personal<CertificateHolder> holder) {
        return holder.value().map(CertificateHolder::birthPlace).orElse(null);
    }
}
