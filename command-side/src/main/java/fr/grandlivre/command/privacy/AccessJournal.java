package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.privacy.AccessCommand.RecordAccess;
import fr.grandlivre.command.privacy.AccessCommand.SummariseAccesses;
import fr.grandlivre.command.privacy.AccessCommand.Unmask;
import fr.grandlivre.events.privacy.AccessEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of a day's readings. Its state is how many there are: no reading depends on another. */
public final class AccessJournal extends LedgerAggregate<Integer> {
    AccessJournal(UUID stream) {
        super(stream, 0);
    }

    /** Subscribes the commands of this feature. */
    public static void register(Aggregates aggregates) {
        aggregates.register(AccessJournal.class, AccessJournal::new);
    }

    @CommandHandler
    Decision handle(RecordAccess command) {
        return record(AccessDecider.decide(command));
    }

    @CommandHandler
    Decision handle(Unmask command) {
        return record(AccessDecider.decide(command));
    }

    @CommandHandler
    Decision handle(SummariseAccesses command) {
        return record(AccessDecider.decide(command));
    }

    @EventSourcingHandler
    void on(AccessEvent event) {
        become(state() + 1);
    }
}
