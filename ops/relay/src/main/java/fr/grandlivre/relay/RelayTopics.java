package fr.grandlivre.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The two topics of a relay: the events, kept for ever, and how far they reach, compacted.
 *
 * @param events name of the topic of events
 */
public record RelayTopics(String events) {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Small segments, so that compaction leaves little to read. */
    private static final String POSITION_SEGMENT = "1048576";

    /** @return name of the topic that says how far the events reach */
    public String position() {
        return events + ".position";
    }

    /**
     * Makes those that are missing.
     *
     * @param partitions  of the events: as many readers may share them
     * @param replication copies, 1..; an acknowledgement needs two of them where there are three or more
     */
    public void create(Admin admin, int partitions, short replication) throws InterruptedException, ExecutionException {
        Set<String> there = admin.listTopics().names().get();
        String inSync = Integer.toString(Math.max(1, replication - 1));
        List<NewTopic> missing = List.of(
                        new NewTopic(events, partitions, replication)
                                .configs(Map.of(
                                        TopicConfig.RETENTION_MS_CONFIG,
                                        "-1",
                                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                        inSync)),
                        new NewTopic(position(), 1, replication)
                                .configs(Map.of(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        TopicConfig.CLEANUP_POLICY_COMPACT,
                                        TopicConfig.SEGMENT_BYTES_CONFIG,
                                        POSITION_SEGMENT,
                                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                        inSync)))
                .stream()
                .filter(topic -> !there.contains(topic.name()))
                .toList();
        admin.createTopics(missing).all().get();
    }

    /** @return whether both are there */
    public boolean exist(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().containsAll(List.of(events, position()));
    }

    ProducerRecord<byte[], byte[]> reached(long position) {
        return new ProducerRecord<>(
                position(),
                events.getBytes(StandardCharsets.UTF_8),
                Long.toString(position).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param consumer of committed records only; is assigned here
     * @return the last position that was published; 0 when none was
     */
    long reached(Consumer<byte[], byte[]> consumer) {
        TopicPartition only = new TopicPartition(position(), 0);
        consumer.assign(List.of(only));
        consumer.seekToBeginning(List.of(only));
        long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
        long reached = 0;
        while (consumer.position(only) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                reached = Long.parseLong(new String(record.value(), StandardCharsets.UTF_8));
            }
        }
        return reached;
    }
}
