package fr.grandlivre.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final RelayTopics TOPICS = new RelayTopics(Events.TOPIC);
    private static final String SOURCE = "https://ledger.test";
    private static final List<StoredEvent> LEDGER = Events.ledger(2_500, 7);

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static MockConsumer<byte[], byte[]> reached(long position) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        TopicPartition only = new TopicPartition(TOPICS.position(), 0);
        consumer.updateBeginningOffsets(Map.of(only, 0L));
        consumer.updateEndOffsets(Map.of(only, position == 0 ? 0L : 1L));
        if (position > 0) {
            consumer.schedulePollTask(() -> consumer.addRecord(Events.consumed(TOPICS.reached(position), 0, 0)));
        }
        return consumer;
    }

    /** @param published what the topic holds before */
    private static void relay(long published, Deque<Producer<byte[], byte[]>> producers) throws InterruptedException {
        AtomicReference<Relay> relay = new AtomicReference<>();
        Relay.Events ledger = new Relay.Events() {
            @Override
            public List<StoredEvent> page(long afterPosition, int limit) {
                return LEDGER.stream().skip(afterPosition).limit(limit).toList();
            }

            @Override
            public void await(long position, Duration atMost) {
                Objects.requireNonNull(relay.get()).stop();
            }
        };
        relay.set(new Relay(ledger, producers::remove, () -> reached(published), TOPICS, SOURCE));
        Objects.requireNonNull(relay.get()).run(_ -> {});
    }

    private static List<Long> positions(MockProducer<byte[], byte[]> producer) {
        return events(producer).stream().map(StoredEvent::position).toList();
    }

    private static List<StoredEvent> events(MockProducer<byte[], byte[]> producer) {
        List<StoredEvent> events = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : producer.history()) {
            if (record.topic().equals(Events.TOPIC)) {
                events.add(LedgerRecord.read(Events.consumed(record, 0, events.size())));
            }
        }
        return events;
    }

    @Test
    void every_event_is_published_as_it_stands_in_the_ledger() throws Exception {
        MockProducer<byte[], byte[]> producer = producer();
        relay(0, new ArrayDeque<>(List.of(producer)));
        assertThat(Events.comparable(events(producer))).isEqualTo(Events.comparable(LEDGER));
        assertThat(producer.history())
                .filteredOn(record -> record.topic().equals(TOPICS.position()))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactly("1000", "2000", "2500");
        assertThat(producer.commitCount()).isEqualTo(3);
    }

    @Test
    void it_goes_on_where_the_topic_ends() throws Exception {
        MockProducer<byte[], byte[]> producer = producer();
        relay(1_200, new ArrayDeque<>(List.of(producer)));
        assertThat(positions(producer))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1_201, 2_500).boxed().toList());
    }

    @Test
    void a_commit_that_fails_publishes_nothing_and_is_tried_again() throws Exception {
        MockProducer<byte[], byte[]> broken = producer();
        broken.commitTransactionException = new KafkaException("no broker");
        MockProducer<byte[], byte[]> next = producer();
        relay(0, new ArrayDeque<>(List.of(broken, next)));
        assertThat(broken.history()).isEmpty();
        assertThat(broken.closed()).isTrue();
        assertThat(positions(next)).hasSize(LEDGER.size()).isSorted();
    }

    @Test
    void the_newer_relay_wins_also_where_only_brokers_of_events_say_so() {
        MockProducer<byte[], byte[]> old = producer();
        old.commitTransactionException =
                new KafkaException("in an error state", new InvalidProducerEpochException("old epoch"));
        assertThatThrownBy(() -> relay(0, new ArrayDeque<>(List.of(old)))).isInstanceOf(Relay.OvertakenException.class);
    }

    @Test
    void the_newer_relay_wins() {
        MockProducer<byte[], byte[]> old =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public void initTransactions() {
                        super.initTransactions();
                        fenceProducer();
                    }
                };
        assertThatThrownBy(() -> relay(0, new ArrayDeque<>(List.of(old)))).isInstanceOf(Relay.OvertakenException.class);
        assertThat(old.history()).isEmpty();
    }
}
