package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.ErasureCommand.ErasePerson;
import fr.grandlivre.command.privacy.ErasureCommand.LiftHold;
import fr.grandlivre.command.privacy.ErasureCommand.PlaceHold;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.command.privacy.ErasureCommand.ReceiptErasure;
import fr.grandlivre.command.privacy.ErasureCommand.RequestErasure;
import fr.grandlivre.command.privacy.ErasureCommand.WithdrawErasureRequest;
import fr.grandlivre.events.privacy.ErasureEvent;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.ParisDays;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of what is asked and done about erasing one person's data. */
public final class PersonalFile extends LedgerAggregate<ErasureState> {
    PersonalFile(UUID stream) {
        super(stream, ErasureState.NOTHING);
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param history tells whether the person sits an exam
     */
    public static void register(Aggregates aggregates, LedgerHistory history) {
        aggregates.register(PersonalFile.class, PersonalFile::new, history);
    }

    @CommandHandler
    Decision handle(RequestErasure command, ServerClock clock) {
        return decide(command, false, clock);
    }

    @CommandHandler
    Decision handle(WithdrawErasureRequest command, ServerClock clock) {
        return decide(command, false, clock);
    }

    @CommandHandler
    Decision handle(ErasePerson command, ServerClock clock, LedgerHistory history) {
        LearnerId person = new LearnerId(command.person().value());
        boolean examRunning = history.of(StreamIds.examSlot(person)).reversed().stream()
                .findFirst()
                .filter(ExamSlotTaken.class::isInstance)
                .isPresent();
        return decide(command, examRunning, clock);
    }

    @CommandHandler
    Decision handle(ReapplyErasure command, ServerClock clock) {
        return decide(command, false, clock);
    }

    @CommandHandler
    Decision handle(ReceiptErasure command, ServerClock clock) {
        return decide(command, false, clock);
    }

    @CommandHandler
    Decision handle(PlaceHold command, ServerClock clock) {
        return decide(command, false, clock);
    }

    @CommandHandler
    Decision handle(LiftHold command, ServerClock clock) {
        return decide(command, false, clock);
    }

    private Decision decide(ErasureCommand command, boolean examRunning, ServerClock clock) {
        return record(ErasureDecider.decide(state(), command, examRunning, ParisDays.of(clock.now())));
    }

    @EventSourcingHandler
    void on(ErasureEvent event) {
        become(state().evolve(event));
    }
}
