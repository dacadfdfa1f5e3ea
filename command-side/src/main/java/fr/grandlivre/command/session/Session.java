package fr.grandlivre.command.session;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.session.SessionCommand.DrawInvigilatorCode;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidates;
import fr.grandlivre.command.session.SessionCommand.NameInvigilators;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one certification session. */
public final class Session extends LedgerAggregate<SessionState.Sitting> {
    Session(UUID stream) {
        super(stream, new SessionState.Unplanned());
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param history the learner's own streams, and the exams of a session
     */
    public static void register(
            Aggregates aggregates, Frameworks frameworks, Withdrawals withdrawals, LedgerHistory history) {
        var sessions = aggregates.register(Session.class, Session::new);
        var exams = aggregates.register(Exam.class, Exam::new, frameworks, withdrawals);
        aggregates.register(new SessionCommands(
                aggregates.register(Centre.class, Centre::new),
                aggregates.register(AttachedCentre.class, AttachedCentre::new),
                aggregates.register(SessionNumber.class, SessionNumber::new),
                sessions,
                exams,
                history));
        aggregates.register(new JuryCommands(
                sessions,
                exams,
                aggregates.register(ImportedSitting.class, ImportedSitting::new),
                history,
                frameworks));
        aggregates.register(new ExamCommands(
                sessions, exams, aggregates.register(ExamSlot.class, ExamSlot::new), history, frameworks, withdrawals));
    }

    @CommandHandler
    Decision handle(EnrolCandidate command, ServerClock clock) {
        return record(SessionDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(EnrolCandidates command, ServerClock clock) {
        return record(SessionDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(DrawInvigilatorCode command, ServerClock clock) {
        return record(SessionDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(NameInvigilators command, ServerClock clock) {
        return record(SessionDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().evolve(event));
    }
}
