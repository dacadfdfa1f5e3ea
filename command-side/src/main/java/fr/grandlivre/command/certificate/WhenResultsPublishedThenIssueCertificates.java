package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.certificate.CertificateCommand.IssueCertificate;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.ExamId;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;

/** Publication makes certificates of validated results, one an exam, however often the event is seen. Thread-safe. */
public final class WhenResultsPublishedThenIssueCertificates {
    private final Commands commands;
    private final LedgerHistory history;

    public WhenResultsPublishedThenIssueCertificates(Commands commands, LedgerHistory history) {
        this.commands = commands;
        this.history = history;
    }

    /**
     * @param eventId       id of the event, from which the ids of the commands are derived
     * @param correlationId first command of the chain
     * @return what became of each validated exam, in the order of the publication; a refusal is to be parked, not dropped
     */
    public SequencedMap<ExamId, Outcome> on(SessionPublished published, UUID eventId, UUID correlationId) {
        SequencedMap<ExamId, Outcome> outcomes = new LinkedHashMap<>();
        for (PublishedExam exam : published.exams()) {
            if (isValidated(exam)) {
                outcomes.put(
                        exam.exam(),
                        commands.dispatch(
                                new IssueCertificate(published.session(), exam.exam()),
                                Caller.policy("issue-certificate/" + exam.exam(), eventId, correlationId)));
            }
        }
        return outcomes;
    }

    private boolean isValidated(PublishedExam exam) {
        return history.of(exam.exam().value()).stream()
                .anyMatch(event -> event instanceof ExamScored scored
                        && scored.scoring() == exam.scoring()
                        && scored.outcome() == ExamOutcome.VALIDATED);
    }
}
