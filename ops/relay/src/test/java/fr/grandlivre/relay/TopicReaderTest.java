package fr.grandlivre.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicReaderTest {
    private static final int PARTITIONS = 4;
    private static final Duration NOW = Duration.ZERO;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    /** Each stream on a partition of its own choice; some records stand there twice, as after a repeated sending. */
    private Map<TopicPartition, List<StoredEvent>> topic(List<StoredEvent> ledger, Random random) {
        Map<TopicPartition, List<StoredEvent>> partitions = new HashMap<>();
        IntStream.range(0, PARTITIONS)
                .forEach(number -> partitions.put(new TopicPartition(Events.TOPIC, number), new ArrayList<>()));
        for (StoredEvent event : ledger) {
            int number = (int) (event.stream().getLeastSignificantBits() % PARTITIONS);
            List<StoredEvent> partition = partitions.getOrDefault(new TopicPartition(Events.TOPIC, number), List.of());
            partition.add(event);
            if (random.nextInt(10) == 0) {
                partition.add(event);
            }
        }
        return partitions;
    }

    private TopicReader reader(Map<TopicPartition, List<StoredEvent>> topic) {
        Node[] nodes = {new Node(1, "broker", 9092)};
        consumer.updatePartitions(
                Events.TOPIC,
                topic.keySet().stream()
                        .map(partition ->
                                new PartitionInfo(partition.topic(), partition.partition(), nodes[0], nodes, nodes))
                        .toList());
        Map<TopicPartition, Long> begin = new HashMap<>();
        Map<TopicPartition, Long> end = new HashMap<>();
        topic.forEach((partition, events) -> {
            begin.put(partition, 0L);
            end.put(partition, (long) events.size());
        });
        consumer.updateBeginningOffsets(begin);
        consumer.updateEndOffsets(end);
        return new TopicReader(consumer, Events.TOPIC, 0, Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void partitions_come_back_in_the_order_of_positions_and_each_event_once(long seed) {
        Random random = new Random(seed);
        List<StoredEvent> ledger = Events.ledger(3_000, seed);
        Map<TopicPartition, List<StoredEvent>> topic = topic(ledger, random);
        TopicReader reader = reader(topic);
        Map<TopicPartition, Integer> given = new HashMap<>();
        List<StoredEvent> read = new ArrayList<>();
        List<TopicPartition> left = new ArrayList<>(topic.keySet());
        while (!left.isEmpty()) {
            TopicPartition partition = left.get(random.nextInt(left.size()));
            List<StoredEvent> events = topic.getOrDefault(partition, List.of());
            int from = given.getOrDefault(partition, 0);
            int to = Math.min(events.size(), from + 1 + random.nextInt(200));
            for (int offset = from; offset < to; offset++) {
                consumer.addRecord(Events.consumed(
                        LedgerRecord.of(events.get(offset), Events.TOPIC, "https://ledger.test"),
                        partition.partition(),
                        offset));
            }
            given.put(partition, to);
            if (to == events.size()) {
                left.remove(partition);
            }
            read.addAll(reader.poll(NOW));
        }
        read.addAll(reader.poll(NOW));
        assertThat(Events.comparable(read)).as("seed %d", seed).isEqualTo(Events.comparable(ledger));
    }

    @ParameterizedTest
    @ValueSource(longs = 4)
    void a_position_that_is_nowhere_is_told(long seed) {
        List<StoredEvent> ledger = new ArrayList<>(Events.ledger((int) TopicReader.AHEAD + 5_000, seed));
        ledger.remove(99);
        TopicPartition all = new TopicPartition(Events.TOPIC, 0);
        TopicReader reader = reader(Map.of(all, ledger));
        for (int offset = 0; offset < ledger.size(); offset++) {
            consumer.addRecord(Events.consumed(
                    LedgerRecord.of(ledger.get(offset), Events.TOPIC, "https://ledger.test"), 0, offset));
        }
        assertThat(reader.poll(NOW)).hasSize(99);
        assertThatThrownBy(() -> reader.poll(NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("100");
    }
}
