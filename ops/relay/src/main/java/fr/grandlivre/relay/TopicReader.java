package fr.grandlivre.relay;

import fr.grandlivre.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic of events in the order of positions, each once, none left out: partitions are merged by position, and what
 * comes twice is dropped. Whoever folds views keeps the position with the rows and begins after it. For one thread.
 */
public final class TopicReader {
    /** Positions that a partition may run ahead of the others before it has to wait: bounds the memory. */
    static final long AHEAD = 50_000;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> seen = new HashMap<>();
    private final TreeMap<Long, StoredEvent> waiting = new TreeMap<>();
    private long next;

    /**
     * Begins after an event.
     *
     * @param consumer   of committed records only; is assigned here
     * @param position   of the last event that was handled; 0 for none
     * @param recordedAt when that event was recorded; anything for none
     */
    public TopicReader(Consumer<byte[], byte[]> consumer, String topic, long position, Instant recordedAt) {
        this.consumer = consumer;
        this.next = position + 1;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(TopicReader::partition)
                .toList();
        consumer.assign(partitions);
        if (position == 0) {
            consumer.seekToBeginning(partitions);
        } else {
            seek(recordedAt);
        }
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    // Times never go back along positions, so nothing after the event stands before the first record of its time.
    private void seek(Instant recordedAt) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, recordedAt.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = offsets.get(partition);
            if (first == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
        }
    }

    /**
     * @param atMost how long to wait for a record
     * @return the next events; empty when none has come
     * @throws IllegalStateException when the topic lacks a position
     */
    public List<StoredEvent> poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            long position = LedgerRecord.position(record);
            seen.put(new TopicPartition(record.topic(), record.partition()), position);
            if (position >= next) {
                waiting.putIfAbsent(position, LedgerRecord.read(record));
            }
        }
        List<StoredEvent> inOrder = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.firstKey() == next) {
            inOrder.add(waiting.pollFirstEntry().getValue());
            next++;
        }
        restrain(records.isEmpty());
        return inOrder;
    }

    private void restrain(boolean idle) {
        List<TopicPartition> fast = new ArrayList<>();
        List<TopicPartition> others = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            (seen.getOrDefault(partition, 0L) > next + AHEAD ? fast : others).add(partition);
        }
        // The others have nothing more to say: what is missing is nowhere.
        if (idle && !fast.isEmpty() && atTheEnd(others)) {
            throw new IllegalStateException("the topic lacks position " + next);
        }
        consumer.pause(fast);
        consumer.resume(others);
    }

    private boolean atTheEnd(List<TopicPartition> some) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(some);
        return some.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, Long.MAX_VALUE));
    }
}
