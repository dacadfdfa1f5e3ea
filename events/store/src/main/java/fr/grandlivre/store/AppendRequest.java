package fr.grandlivre.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * All events of one command: recorded together or not at all.
 *
 * @param commandId   idempotency key: one id has one effect
 * @param fingerprint HMAC of the request, so that another request under the same id is noticed; empty when there is
 *                    none; not copied
 * @param streams     each stream stands once; positions follow this order; never empty
 */
public record AppendRequest(UUID commandId, byte[] fingerprint, List<StreamAppend> streams) {
    /** More would hold up every other caller for longer than a writer may. */
    public static final int MAX_EVENTS = 25_000;

    public AppendRequest {
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a request without streams");
        }
        Set<UUID> seen = HashSet.newHashSet(streams.size());
        int events = 0;
        for (StreamAppend append : streams) {
            events += append.events().size();
            if (!seen.add(append.stream())) {
                throw new IllegalArgumentException("stream " + append.stream() + " stands twice");
            }
        }
        if (events > MAX_EVENTS) {
            throw new IllegalArgumentException("%d events in one command, at most %d".formatted(events, MAX_EVENTS));
        }
    }

    int eventCount() {
        int count = 0;
        for (StreamAppend append : streams) {
            count += append.events().size();
        }
        return count;
    }

    long size() {
        long size = 0;
        for (StreamAppend append : streams) {
            for (EncodedEvent event : append.events()) {
                size += event.size();
            }
        }
        return size;
    }
}
