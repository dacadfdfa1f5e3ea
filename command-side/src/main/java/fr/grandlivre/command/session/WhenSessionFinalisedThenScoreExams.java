package fr.grandlivre.command.session;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.session.JuryCommand.ScoreExam;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;

/** Closing a session gives a result to every exam of it, once, however often the event is seen. Thread-safe. */
public final class WhenSessionFinalisedThenScoreExams {
    private final Commands commands;

    public WhenSessionFinalisedThenScoreExams(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param eventId       id of the event, from which the ids of the commands are derived
     * @param correlationId first command of the chain
     * @return what became of each exam, in the order of enrolment; a refusal is to be parked, not dropped
     */
    public SequencedMap<ExamId, Outcome> on(SessionFinalised finalised, UUID eventId, UUID correlationId) {
        SequencedMap<ExamId, Outcome> outcomes = new LinkedHashMap<>();
        for (CandidatePresence candidate : finalised.candidates()) {
            ExamId exam = StreamIds.exam(finalised.session(), candidate.candidate());
            if (candidate.endReason() != null || slippedThrough(exam, eventId, correlationId)) {
                outcomes.put(
                        exam,
                        commands.dispatch(
                                new ScoreExam(finalised.session(), exam),
                                Caller.policy("score-exam/" + exam, eventId, correlationId)));
            }
        }
        return outcomes;
    }

    /** @return whether an exam had all its answers, or started while the session was being finalised; it is over now */
    private boolean slippedThrough(ExamId exam, UUID eventId, UUID correlationId) {
        Outcome ended = commands.dispatch(
                new EndExam(exam, EndReason.SESSION_FINALISED),
                Caller.policy("end-exam/" + exam, eventId, correlationId));
        return !(ended instanceof Outcome.Refused);
    }
}
