package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.session.SessionCommand.RaiseAlert;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.ResolveAlert;
import fr.grandlivre.command.session.SessionCommand.RestoreTime;
import fr.grandlivre.command.session.SessionCommand.StartExamTimer;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.Set;
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

    @CommandHandler
    Decision handle(StartExamTimer command, ServerClock clock) {
        return record(SittingDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(RaiseAlert command, ServerClock clock) {
        return record(SittingDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(ResolveAlert command, ServerClock clock, Frameworks frameworks, Withdrawals withdrawals) {
        Set<ChallengeId> withdrawn = state() instanceof ExamState.Running running
                ? withdrawals.of(running.started().framework())
                : Set.of();
        return record(SittingDecider.decide(state(), command, frameworks, withdrawn, clock.now()));
    }

    @CommandHandler
    Decision handle(RestoreTime command, ServerClock clock) {
        return record(SittingDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().evolve(event));
    }
}
