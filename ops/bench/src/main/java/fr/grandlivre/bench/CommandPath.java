package fr.grandlivre.bench;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.store.axon.LedgerEngine;
import fr.grandlivre.store.axon.LedgerEventStore;
import java.util.List;

/**
 * A command all the way: gateway, command bus, cached aggregate, encoding, the ledger's writer, durable commit, answer.
 * The aggregate decides nothing: this is what the path itself costs.
 */
final class CommandPath implements AutoCloseable {
    static final String CREATE = "command path, create";
    static final String UPDATE = "command path, cached aggregate, update";

    private final Ledger ledger;
    private final LedgerEventStore store;
    private final SheetCommands commands;

    CommandPath(Ledger ledger, Answers answers) {
        this.ledger = ledger;
        LedgerEngine engine = new LedgerEngine(
                ledger.writer(),
                ledger.reader(),
                new EventCodec(EventCatalog.standard()),
                Answers.NothingPersonal.INSTANCE);
        store = new LedgerEventStore(engine, ledger.tail());
        commands = new SheetCommands(answers, new BoundedCache(), axon -> axon.configureEventStore(_ -> store));
    }

    /** @return commands that begin a stream, commands that add to one whose aggregate is in the cache */
    List<AppendSubject> subjects() {
        return List.of(creating(CREATE), ledger.subject(UPDATE, commands::updating));
    }

    /** @return commands that begin a stream */
    AppendSubject creating(String name) {
        return ledger.subject(name, commands::creating);
    }

    /** @return where these commands record */
    LedgerEventStore store() {
        return store;
    }

    @Override
    public void close() {
        commands.close();
    }
}
