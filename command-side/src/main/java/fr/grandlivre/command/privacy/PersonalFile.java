package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.MergedAccounts;
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
import fr.grandlivre.events.vocabulary.AccountId;
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
        return decide(command, clock);
    }

    @CommandHandler
    Decision handle(WithdrawErasureRequest command, ServerClock clock) {
        return decide(command, clock);
    }

    /** What is held of an account that was absorbed keeps the person from being erased, and so does its exam. */
    @CommandHandler
    Decision handle(ErasePerson command, ServerClock clock, LedgerHistory history) {
        ErasureState whole = state();
        boolean examRunning = sits(command.person().value(), history);
        for (UUID absorbed : MergedAccounts.absorbed(command.person().value(), history)) {
            whole = whole.heldAs(ErasureState.of(history.of(StreamIds.erasures(new AccountId(absorbed)))));
            examRunning |= sits(absorbed, history);
        }
        return record(ErasureDecider.decide(whole, command, examRunning, ParisDays.of(clock.now())));
    }

    private static boolean sits(UUID account, LedgerHistory history) {
        return history.of(StreamIds.examSlot(new LearnerId(account))).reversed().stream()
                .findFirst()
                .filter(ExamSlotTaken.class::isInstance)
                .isPresent();
    }

    @CommandHandler
    Decision handle(ReapplyErasure command, ServerClock clock) {
        return decide(command, clock);
    }

    @CommandHandler
    Decision handle(ReceiptErasure command, ServerClock clock) {
        return decide(command, clock);
    }

    @CommandHandler
    Decision handle(PlaceHold command, ServerClock clock) {
        return decide(command, clock);
    }

    @CommandHandler
    Decision handle(LiftHold command, ServerClock clock) {
        return decide(command, clock);
    }

    private Decision decide(ErasureCommand command, ServerClock clock) {
        return record(ErasureDecider.decide(state(), command, false, ParisDays.of(clock.now())));
    }

    @EventSourcingHandler
    void on(ErasureEvent event) {
        become(state().evolve(event));
    }
}
