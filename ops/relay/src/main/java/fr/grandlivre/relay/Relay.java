package fr.grandlivre.relay;

import fr.grandlivre.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the ledger in the order of positions. A page of events and the position it reaches are one Kafka transaction:
 * a reader of committed records finds each event once and each stream in order, whatever dies; any other reader finds each at
 * least once. The ledger knows nothing of it: it is read, never written. A second relay takes over from the first.
 */
public final class Relay {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** Large enough to amortise a commit of the topic, small enough to be with the readers soon. */
    private static final int PAGE = 1_000;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);

    private final Events ledger;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RelayTopics topics;
    private final String source;
    private volatile boolean stopped;

    /** What it reads. */
    public interface Events {
        /** @return events after a position, in order */
        List<StoredEvent> page(long afterPosition, int limit);

        /** Returns when an event after the position may be there, or after a while. */
        void await(long position, Duration atMost) throws InterruptedException;
    }

    /**
     * @param producers of transactional producers with the same transactional id in all processes: the newest wins
     * @param consumers of consumers that read committed records only
     * @param source    URI of this ledger, named in every record
     */
    public Relay(
            Events ledger,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<Consumer<byte[], byte[]>> consumers,
            RelayTopics topics,
            String source) {
        this.ledger = ledger;
        this.producers = producers;
        this.consumers = consumers;
        this.topics = topics;
        this.source = source;
    }

    /**
     * Publishes until it is stopped. Brokers that fail are tried again and again.
     *
     * @param published told the position that the topic has reached, after each page
     * @throws OvertakenException when another relay has taken over
     */
    public void run(LongConsumer published) throws InterruptedException {
        while (!stopped) {
            try (Producer<byte[], byte[]> producer = producers.get()) {
                // Ends or undoes what a relay before has left, and shuts that one out; only then is the position final.
                producer.initTransactions();
                long position = reached();
                published.accept(position);
                while (!stopped) {
                    position = publish(producer, position, published);
                }
            } catch (KafkaException broken) {
                if (isShutOut(broken)) {
                    throw new OvertakenException(broken);
                }
                log.warn("The brokers do not take events, trying again: {}", broken.getMessage());
                Thread.sleep(BEFORE_ANOTHER_TRY);
            }
        }
    }

    /** The coordinator of transactions says it in one way, the brokers that hold events in another. */
    private static boolean isShutOut(KafkaException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    /** Ends {@link #run} after the page under way. */
    public void stop() {
        stopped = true;
    }

    private long reached() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            return topics.reached(consumer);
        }
    }

    private long publish(Producer<byte[], byte[]> producer, long after, LongConsumer published)
            throws InterruptedException {
        List<StoredEvent> page = ledger.page(after, PAGE);
        if (page.isEmpty()) {
            ledger.await(after, LOOK);
            return after;
        }
        long reached = page.getLast().position();
        producer.beginTransaction();
        for (StoredEvent event : page) {
            // What fails here fails the commit: nothing of the page is read.
            var _ = producer.send(LedgerRecord.of(event, topics.events(), source));
        }
        var _ = producer.send(topics.reached(reached));
        producer.commitTransaction();
        published.accept(reached);
        return reached;
    }

    /** Another relay publishes now. */
    public static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException(Throwable cause) {
            super("another relay has taken over", cause);
        }
    }
}
