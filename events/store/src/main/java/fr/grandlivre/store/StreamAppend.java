package fr.grandlivre.store;

import java.util.List;
import java.util.UUID;

/**
 * Events to add at the end of one stream.
 *
 * @param stream   id of the stream
 * @param firstSeq expected sequence of the first new event: 0 for a new stream, else one more than the last event's
 * @param events   in order, never empty
 */
public record StreamAppend(UUID stream, int firstSeq, List<EncodedEvent> events) {
    public StreamAppend {
        events = List.copyOf(events);
        if (firstSeq < 0) {
            throw new IllegalArgumentException("a sequence starts at 0, not at " + firstSeq);
        }
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an append without events");
        }
    }
}
