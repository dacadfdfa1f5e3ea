package fr.grandlivre.api.wiring;

import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Facts of other streams, straight from the ledger. Thread-safe. */
final class StoredHistory implements LedgerHistory {
    private final LedgerReader reader;
    private final EventCodec codec;
    private final PersonalVault vault;

    StoredHistory(LedgerReader reader, EventCodec codec, PersonalVault vault) {
        this.reader = reader;
        this.codec = codec;
        this.vault = vault;
    }

    @Override
    public Facts of(Collection<UUID> streams) {
        long head = reader.head();
        List<Fact> facts =
                reader.streams(streams, head).stream().map(this::fact).toList();
        return new Facts(head, facts);
    }

    private Fact fact(StoredEvent stored) {
        return new Fact(
                stored.stream(),
                stored.recordedAt(),
                codec.decode(stored.eventId(), stored.type(), stored.version(), stored.payload(), vault));
    }
}
