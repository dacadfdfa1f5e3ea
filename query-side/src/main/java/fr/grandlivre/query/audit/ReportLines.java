package fr.grandlivre.query.audit;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Certificate;
import fr.grandlivre.rules.schoolreport.MentionRule.Certification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The certifications of one learner as a school report sees them: a fold of exams, publications and certificates. Not
 * thread-safe.
 */
final class ReportLines {
    private final Map<UUID, Certification> certifications = new TreeMap<>();
    private final Map<UUID, UUID> exams = new HashMap<>();
    private final Map<UUID, UUID> standing = new HashMap<>();

    /** Events of others are left alone: a publication names many exams. */
    void after(LedgerEvent event) {
        switch (event) {
            case ExamStarted started ->
                certifications.put(
                        started.exam().value(),
                        new Certification(
                                started.exam().value(),
                                ParisDays.of(started.startedAt()),
                                started.startedAt(),
                                false,
                                null,
                                Certificate.NONE));
            case ExamScored scored ->
                certifications.computeIfPresent(
                        scored.exam().value(),
                        (_, known) -> with(known, known.published(), scored.outcome(), known.certificate()));
            case SessionPublished published ->
                published
                        .exams()
                        .forEach(exam -> certifications.computeIfPresent(
                                exam.exam().value(),
                                (_, known) -> new Certification(
                                        known.id(),
                                        known.examDate(),
                                        known.startedAt(),
                                        true,
                                        known.outcome(),
                                        known.certificate())));
            case CertificateIssued issued -> {
                exams.put(issued.certificateId().value(), issued.exam().value());
                standing.put(issued.exam().value(), issued.certificateId().value());
                stands(issued.certificateId().value(), Certificate.HELD);
            }
            case CertificateImported imported -> {
                UUID id = imported.certificateId().value();
                exams.put(id, id);
                standing.put(id, id);
                certifications.put(
                        id,
                        new Certification(
                                id,
                                imported.examDate(),
                                ParisDays.startOf(imported.examDate()),
                                true,
                                ExamOutcome.VALIDATED,
                                Certificate.HELD));
            }
            case CertificateSuspended suspended ->
                stands(suspended.certificateId().value(), Certificate.SUSPENDED);
            case CertificateReinstated reinstated ->
                stands(reinstated.certificateId().value(), Certificate.HELD);
            case CertificateRevoked revoked ->
                stands(
                        revoked.certificateId().value(),
                        revoked.reasonCode() == ReasonCode.FRAUD ? Certificate.REVOKED_FOR_FRAUD : Certificate.REVOKED);
            default -> {}
        }
    }

    /** A certificate that another one replaced no longer speaks for its exam. */
    private void stands(UUID certificate, Certificate how) {
        UUID exam = exams.get(certificate);
        if (exam != null && certificate.equals(standing.get(exam))) {
            certifications.computeIfPresent(exam, (_, known) -> with(known, known.published(), known.outcome(), how));
        }
    }

    private static Certification with(
            Certification known, boolean published, @Nullable ExamOutcome outcome, Certificate certificate) {
        return new Certification(known.id(), known.examDate(), known.startedAt(), published, outcome, certificate);
    }

    /** @return all of the learner, in the order of their ids */
    List<Certification> certifications() {
        return new ArrayList<>(certifications.values());
    }

    /** @return school years in which there is an exam */
    SortedSet<SchoolYear> years() {
        SortedSet<SchoolYear> years = new TreeSet<>();
        certifications.values().forEach(known -> years.add(SchoolYear.of(known.examDate())));
        return years;
    }

    MentionRule.Mention mention(SchoolYear year, MentionRule rule) {
        return rule.mention(year, certifications());
    }
}
