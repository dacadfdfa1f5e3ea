package fr.grandlivre.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Requests of tests: a test says only what matters to it. */
public final class Requests {
    public static final byte[] NO_FINGERPRINT = {};

    private Requests() {}

    /** One event for one stream. */
    public static AppendRequest one(UUID stream, int seq) {
        return one(UUID.randomUUID(), stream, seq);
    }

    public static AppendRequest one(UUID commandId, UUID stream, int seq) {
        return new AppendRequest(commandId, NO_FINGERPRINT, List.of(events(stream, seq, 1)));
    }

    public static AppendRequest of(StreamAppend... appends) {
        return new AppendRequest(UUID.randomUUID(), NO_FINGERPRINT, List.of(appends));
    }

    /** {@code count} events for one stream. */
    public static StreamAppend events(UUID stream, int firstSeq, int count) {
        return new StreamAppend(
                stream,
                firstSeq,
                IntStream.range(0, count)
                        .mapToObj(i -> event(stream, firstSeq + i))
                        .toList());
    }

    public static EncodedEvent event(UUID stream, int seq) {
        return event("test.happened", "{\"seq\":%d,\"stream\":\"%s\"}".formatted(seq, stream));
    }

    public static EncodedEvent event(String type, String payload) {
        return new EncodedEvent(
                UUID.randomUUID(),
                type,
                1,
                "{\"actor\":\"018f0000-0000-4000-8000-0000000000ac\"}".getBytes(StandardCharsets.UTF_8),
                payload.getBytes(StandardCharsets.UTF_8));
    }
}
