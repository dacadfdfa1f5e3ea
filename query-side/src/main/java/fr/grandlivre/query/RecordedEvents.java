package fr.grandlivre.query;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads stored events into records, and leaves unread what its reader does not want. Thread-safe. */
public final class RecordedEvents {
    private final EventCodec codec;
    private final @Nullable PersonalVault vault;
    private final Set<String> names;

    private RecordedEvents(EventCodec codec, @Nullable PersonalVault vault, Set<String> names) {
        this.codec = codec;
        this.vault = vault;
        this.names = names;
    }

    /**
     * @param codec reads payloads
     * @param vault opens personal fields; null leaves them closed
     * @param reads classes of events wanted; others are skipped without being decoded
     */
    public static RecordedEvents of(
            EventCodec codec, @Nullable PersonalVault vault, Set<Class<? extends LedgerEvent>> reads) {
        return new RecordedEvents(
                codec,
                vault,
                reads.stream().map(type -> codec.catalog().of(type).name()).collect(Collectors.toUnmodifiableSet()));
    }

    /** @return a reader of every event of the catalogue */
    public static RecordedEvents all(EventCodec codec, @Nullable PersonalVault vault) {
        return new RecordedEvents(
                codec,
                vault,
                codec.catalog().entries().stream()
                        .map(EventCatalog.Entry::name)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** @return the wanted events of a page, in its order */
    public List<Recorded> read(List<StoredEvent> page) {
        List<Recorded> events = new ArrayList<>(page.size());
        for (StoredEvent stored : page) {
            if (wants(stored)) {
                events.add(read(stored));
            }
        }
        return events;
    }

    /** @return whether its reader wants the event */
    public boolean wants(StoredEvent stored) {
        return names.contains(stored.type());
    }

    /** @return one event, whatever its type */
    public Recorded read(StoredEvent stored) {
        return new Recorded(
                stored.position(),
                stored.stream(),
                stored.seq(),
                stored.eventId(),
                stored.recordedAt(),
                codec.decode(stored.eventId(), stored.type(), stored.version(), stored.payload(), vault));
    }
}
