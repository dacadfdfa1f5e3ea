package fr.grandlivre.relay;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.log.CloudEventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as a Kafka record: CloudEvents 1.0 in binary mode. Key: the stream, so that a stream keeps its order; value: the
 * payload as it was hashed, personal fields sealed; timestamp: when it was recorded. The header {@code metadata} holds the
 * event's metadata as they were hashed, {@code ce_position} and {@code ce_sequence} its places in ledger and stream.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding for CloudEvents</a>
 */
final class LedgerRecord {
    private static final String ID = "ce_id";
    private static final String TYPE = "ce_type";
    private static final String POSITION = "ce_position";
    private static final String SEQUENCE = "ce_sequence";
    private static final String METADATA = "metadata";

    private LedgerRecord() {}

    /** @param source URI of this ledger */
    static ProducerRecord<byte[], byte[]> of(StoredEvent event, String topic, String source) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                null,
                event.recordedAt().toEpochMilli(),
                bytes(event.stream().toString()),
                event.payload());
        Headers headers = record.headers();
        headers.add("ce_specversion", bytes("1.0"));
        headers.add(ID, bytes(event.eventId().toString()));
        headers.add("ce_source", bytes(source));
        headers.add(TYPE, bytes(CloudEventType.of(event).toString()));
        headers.add("ce_subject", bytes(event.stream().toString()));
        headers.add("ce_time", bytes(CanonicalJson.instant(event.recordedAt())));
        headers.add(POSITION, bytes(Long.toString(event.position())));
        headers.add(SEQUENCE, bytes(Integer.toString(event.seq())));
        headers.add("content-type", bytes("application/json"));
        headers.add(METADATA, event.metadata());
        return record;
    }

    /** @throws IllegalArgumentException when it is no record of a ledger */
    static StoredEvent read(ConsumerRecord<byte[], byte[]> record) {
        CloudEventType type = CloudEventType.parse(text(record, TYPE));
        return new StoredEvent(
                position(record),
                UUID.fromString(new String(record.key(), StandardCharsets.UTF_8)),
                Integer.parseInt(text(record, SEQUENCE)),
                UUID.fromString(text(record, ID)),
                type.name(),
                type.version(),
                Instant.ofEpochMilli(record.timestamp()),
                header(record, METADATA),
                record.value());
    }

    /** @throws IllegalArgumentException when it is no record of a ledger */
    static long position(ConsumerRecord<byte[], byte[]> record) {
        return Long.parseLong(text(record, POSITION));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(header(record, header), StandardCharsets.UTF_8);
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name) {
        @Nullable Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException(
                    "%s-%d@%d has no header %s".formatted(record.topic(), record.partition(), record.offset(), name));
        }
        return header.value();
    }
}
