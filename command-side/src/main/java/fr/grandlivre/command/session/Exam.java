package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one candidate's sitting. */
final class Exam extends LedgerAggregate<ExamState> {
    Exam(UUID stream) {
        super(stream, ExamState.NotStarted.NOBODY_SEEN);
    }

    @CommandHandler
    Decision handle(RecordExamAnswer command, ServerClock clock, Frameworks frameworks) {
        return record(ExamDecider.decide(state(), command, frameworks, clock.now()));
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().evolve(event));
    }
}
