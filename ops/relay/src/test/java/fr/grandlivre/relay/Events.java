package fr.grandlivre.relay;

import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** A ledger of seeded events. */
final class Events {
    static final String TOPIC = "events";
    private static final Instant START = Instant.parse("2022-03-15T08:00:00Z");

    private Events() {}

    /** @return positions 1 to {@code count}, on ten streams */
    static List<StoredEvent> ledger(int count, long seed) {
        Random random = new Random(seed);
        int[] next = new int[10];
        List<StoredEvent> events = new ArrayList<>();
        for (int position = 1; position <= count; position++) {
            int stream = random.nextInt(next.length);
            events.add(new StoredEvent(
                    position,
                    new UUID(seed, stream),
                    next[stream]++,
                    new UUID(random.nextLong(), random.nextLong()),
                    "answer.recorded",
                    1,
                    START.plusMillis(position / 3),
                    ("{\"salt\":\"" + position + "\"}").getBytes(StandardCharsets.UTF_8),
                    ("{\"outcome\":\"ok\",\"n\":" + position + "}").getBytes(StandardCharsets.UTF_8)));
        }
        return events;
    }

    /** @return the events with text instead of bytes, so that they can be compared */
    static List<List<Object>> comparable(List<StoredEvent> events) {
        return events.stream()
                .map(event -> List.<Object>of(
                        event.position(),
                        event.stream(),
                        event.seq(),
                        event.eventId(),
                        event.type(),
                        event.version(),
                        event.recordedAt(),
                        new String(event.metadata(), StandardCharsets.UTF_8),
                        new String(event.payload(), StandardCharsets.UTF_8)))
                .toList();
    }

    /** @return the record as a consumer of its partition gets it */
    static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record, int partition, long offset) {
        return new ConsumerRecord<>(
                record.topic(),
                partition,
                offset,
                record.timestamp() == null ? 0 : record.timestamp(),
                TimestampType.CREATE_TIME,
                record.key().length,
                record.value().length,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }
}
