package fr.grandlivre.command.certificate;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ExamId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The official result of one exam with what a certificate prints of it, folded from the streams of its centre, session and
 * sitting.
 *
 * @param started   the sitting
 * @param scored    the latest scoring: the published one, or the one that a second person confirmed since
 * @param published the publication
 * @param centre    where it took place
 * @param identity  the candidate, as corrected last; empty when it was erased
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
        private final Map<ExamId, ExamScored> scored = new HashMap<>();
        private final Set<ExamId> official = new HashSet<>();
        private final Map<CandidateId, CandidateIdentity> identities = new HashMap<>();
        private Optional<SessionPublished> published = Optional.empty();
        private Optional<Centre> centre = Optional.empty();

        void add(LedgerEvent fact) {
            switch (fact) {
                case CentreOpened opened -> centre = Optional.of(new Centre(opened.centre(), opened.name()));
                case CandidateEnrolled enrolled ->
                    enrolled.sealed().value().ifPresent(identity -> identities.put(enrolled.candidate(), identity));
                case ExamStarted start -> started.put(start.exam(), start);
                case CandidateCorrected corrected ->
                    corrected.sealed().value().ifPresent(identity -> identities.put(corrected.candidate(), identity));
                case ExamScored scoring -> scored.put(scoring.exam(), scoring);
                case SessionPublished publication -> {
                    published = Optional.of(publication);
                    publication.exams().stream().map(PublishedExam::exam).forEach(official::add);
                }
                default -> {} // Other facts of these streams say nothing about a certificate.
            }
        }

        Optional<PublishedResult> result(ExamId exam) {
            ExamStarted start = started.get(exam);
            ExamScored scoring = official.contains(exam) ? scored.get(exam) : null;
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
