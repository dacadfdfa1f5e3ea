package fr.grandlivre.command.certificate;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ExamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The official result of one exam with what a certificate prints of it, folded from the streams of its centre, session and
 * sitting.
 *
 * @param started   the sitting
 * @param scored    the scoring that was published
 * @param published the publication
 * @param centre    where it took place
 * @param identity  the candidate; empty when it was erased
 */
record PublishedResult(
        ExamStarted started,
        ExamScored scored,
        SessionPublished published,
        Centre centre,
        Optional<CandidateIdentity> identity) {
    /**
     * @param facts events of the centre, the session and the sitting, in order of position
     * @return empty as long as no scoring of the exam is published
     */
    static Optional<PublishedResult> of(ExamId exam, List<LedgerEvent> facts) {
        Fold fold = new Fold();
        facts.forEach(fold::add);
        return fold.result(exam);
    }

    /** Collects the facts; lives for one fold. */
    private static final class Fold {
        private final Map<ExamId, ExamStarted> started = new HashMap<>();
        private final Map<PublishedExam, ExamScored> scored = new HashMap<>();
        private final Map<ExamId, PublishedExam> official = new HashMap<>();
        private final Map<CandidateId, CandidateIdentity> identities = new HashMap<>();
        private Optional<SessionPublished> published = Optional.empty();
        private Optional<Centre> centre = Optional.empty();

        void add(LedgerEvent fact) {
            switch (fact) {
                case CentreOpened opened -> centre = Optional.of(new Centre(opened.centre(), opened.name()));
                case CandidateEnrolled enrolled ->
                    enrolled.sealed().value().ifPresent(identity -> identities.put(enrolled.candidate(), identity));
                case ExamStarted start -> started.put(start.exam(), start);
                case ExamScored scoring -> scored.put(new PublishedExam(scoring.exam(), scoring.scoring()), scoring);
                case SessionPublished publication -> {
                    published = Optional.of(publication);
                    publication.exams().forEach(exam -> official.put(exam.exam(), exam));
                }
                default -> {} // Other facts of these streams say nothing about a certificate.
            }
        }

        Optional<PublishedResult> result(ExamId exam) {
            ExamStarted start = started.get(exam);
            PublishedExam one = official.get(exam);
            ExamScored scoring = one == null ? null : scored.get(one);
            if (start == null || scoring == null || published.isEmpty() || centre.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new PublishedResult(
                    start,
                    scoring,
                    published.get(),
                    centre.get(),
                    Optional.ofNullable(identities.get(start.candidate()))));
        }
    }
}
