package fr.grandlivre.bench;

import fr.grandlivre.bench.relay.Broker;
import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.profile.ProfileProjection;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.relay.RelayClients;
import fr.grandlivre.relay.RelayTopics;
import fr.grandlivre.relay.TopicReader;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Brokers and relays that die while a ledger grows; what the topic holds afterwards, and what a reader makes of it. */
final class RelayDrill {
    static final String USAGE = """
        Usage: ops/bin/relay-drill [--events N] [--help]

        Starts a PostgreSQL, three Kafka brokers (KRaft) and a relay in processes of their own and lets a ledger grow to N
        events (default 300000) while a reader folds the profile view from the topic. On the way a relay is killed and
        replaced, a second one takes over from a living one, a broker is killed and started again, and the reader is replaced.
        Then every position must stand in the topic once for readers of committed records and each stream in order, and the
        reader's view must equal one that is folded from the ledger. At last a new relay publishes all of it once more to
        another topic, undisturbed, and what that costs is measured. Prints figures. Exit status: 0 all is well, 1 it is not.
        """;

    private static final String TOPIC = "grand-livre.events";
    private static final String MEASURED_TOPIC = "grand-livre.measured";
    private static final int BROKERS = 3;
    private static final int PARTITIONS = 12;
    private static final int EVENTS = 300_000;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BOW_OUT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path directory;
    private final long events;
    private final List<String> story = new ArrayList<>();
    private final long started = System.nanoTime();
    private final EventCodec codec = new EventCodec(EventCatalog.standard());

    private RelayDrill(Path directory, long events) {
        this.directory = directory;
        this.events = events;
    }

    public static void main(String[] arguments) throws Exception {
        long events = EVENTS;
        if (arguments.length == 2 && arguments[0].equals("--events") && arguments[1].matches("[1-9][0-9]{2,8}")) {
            events = Long.parseLong(arguments[1]);
        } else if (arguments.length > 0) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("ops/bench/target")), "relay-")
                .toAbsolutePath();
        System.exit(new RelayDrill(directory, events).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        List<Broker> brokers = Broker.cluster(BROKERS, directory.resolve("brokers"));
        try (Server server = Server.start(directory.resolve("postgres"), "512MB")) {
            for (Broker broker : brokers) {
                broker.start();
            }
            Map<String, Object> servers =
                    Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, Broker.addresses(brokers));
            try (Admin admin = Admin.create(servers)) {
                new RelayTopics(TOPIC).create(admin, PARTITIONS, (short) BROKERS);
            }
            server.createDatabase("ledger");
            server.createDatabase("reader");
            try (Ledger ledger = new Ledger(server, "ledger");
                    Ledger elsewhere = new Ledger(server, "reader");
                    ExecutorService helpers = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Long> head = helpers.submit(() -> new Cohort().fill(ledger, events));
                boolean equal = follow(brokers, ledger, elsewhere, head, servers);
                boolean sound = inspect(head.get(), servers);
                measure(head.get(), brokers, ledger, servers);
                story.forEach(System.out::println);
                System.out.println(equal && sound ? "all is well" : "NOT WELL");
                return equal && sound;
            }
        } finally {
            for (Broker broker : brokers) {
                broker.close();
            }
        }
    }

    private void tell(String what) {
        String line = "%6.1f s  %s".formatted((System.nanoTime() - started) / 1e9, what);
        story.add(line);
        System.err.println(line);
    }

    /** @return whether the reader's view equals one from the ledger */
    private boolean follow(
            List<Broker> brokers, Ledger ledger, Ledger elsewhere, Future<Long> head, Map<String, Object> servers)
            throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(elsewhere.ownerPool());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(elsewhere.ownerPool()));
        // It remembers every stream of this cohort: nothing is read from the ledger, which is empty where the reader
        // lives.
        ProfileProjection projection = new ProfileProjection(Frameworks.shipped(), elsewhere.reader(), codec);
        RecordedEvents recorded = RecordedEvents.of(codec, null, projection.reads());
        ViewSchema view = new ViewSchema(projection.name(), jdbc);
        view.create(projection);
        RelayClients clients = new RelayClients(servers, TOPIC);
        List<Process> relays = new ArrayList<>();
        Broker victim = brokers.getFirst();
        Consumer<byte[], byte[]> consumer = clients.consumer();
        try {
            TopicReader reader = new TopicReader(consumer, TOPIC, 0, Instant.EPOCH);
            relays.add(relay(ledger, servers));
            long position = 0;
            int step = 0;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!head.isDone() || position < head.get()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the reader stands at " + position);
                }
                List<StoredEvent> page = reader.poll(POLL);
                if (page.isEmpty()) {
                    continue;
                }
                StoredEvent last = page.getLast();
                transaction.executeWithoutResult(_ -> {
                    projection.apply(recorded.read(page), view);
                    view.reached(last.position());
                });
                position = last.position();
                if (position * 6 > events * (step + 1)) {
                    step++;
                    switch (step) {
                        case 1 -> {
                            relays.getLast().destroyForcibly().waitFor();
                            relays.add(relay(ledger, servers));
                            tell("at %d the relay was killed and another started".formatted(position));
                        }
                        case 2 -> {
                            relays.add(relay(ledger, servers));
                            tell("at %d a second relay was started beside it".formatted(position));
                        }
                        case 3 -> {
                            victim.kill();
                            tell("at %d broker %d was killed".formatted(position, victim.id()));
                        }
                        case 4 -> {
                            consumer.close();
                            consumer = clients.consumer();
                            reader = new TopicReader(consumer, TOPIC, position, last.recordedAt());
                            tell("at %d the reader was replaced".formatted(position));
                        }
                        case 5 -> {
                            victim.start();
                            tell("at %d broker %d was started again".formatted(position, victim.id()));
                        }
                        default -> {
                            // No more to break.
                        }
                    }
                }
            }
            tell("the reader has reached the head, %d".formatted(position));
            Process overtaken = relays.get(1);
            boolean gaveWay = overtaken.waitFor(BOW_OUT.toSeconds(), TimeUnit.SECONDS) && overtaken.exitValue() == 1;
            tell("the relay that was overtaken " + (gaveWay ? "gave way" : "DID NOT GIVE WAY"));
            DeadLetters letters = new DeadLetters(jdbc, Clock.systemUTC());
            letters.create();
            Rebuild.Comparison comparison = new Rebuild(
                            ledger.reader(), codec, Answers.NothingPersonal.INSTANCE, jdbc, transaction, letters)
                    .compare(new ProfileProjection(Frameworks.shipped(), ledger.reader(), codec), _ -> {});
            tell("the reader's view of %d rows %s one from the ledger"
                    .formatted(comparison.rows(), comparison.equal() ? "equals" : "DIFFERS FROM"));
            return comparison.equal() && gaveWay;
        } finally {
            consumer.close();
            relays.forEach(Process::destroyForcibly);
        }
    }

    /** A relay from the first event to the last, with nobody else at work. */
    private void measure(long head, List<Broker> brokers, Ledger ledger, Map<String, Object> servers)
            throws IOException, InterruptedException {
        Duration brokersBefore = processorTime(brokers);
        long begun = System.nanoTime();
        Process relay =
                relay(ledger, servers, MEASURED_TOPIC, "--partitions", Integer.toString(PARTITIONS), "--until-head");
        Duration own = Duration.ZERO;
        while (!relay.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            own = relay.info().totalCpuDuration().orElse(own);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Duration theirs = processorTime(brokers).minus(brokersBefore);
        long bytes = 0;
        for (Broker broker : brokers) {
            bytes += broker.bytes(MEASURED_TOPIC);
        }
        tell(
                "alone, exit status %d: %d events in %.1f s, start included, %.0f/s; processor time %.0f µs an event of the relay, %.0f of %d brokers; %.0f bytes an event on each"
                        .formatted(
                                relay.exitValue(),
                                head,
                                seconds,
                                head / seconds,
                                own.toNanos() / 1e3 / head,
                                theirs.toNanos() / 1e3 / head,
                                BROKERS,
                                (double) bytes / head / BROKERS));
    }

    private static Duration processorTime(List<Broker> brokers) {
        return brokers.stream().map(Broker::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    private Process relay(Ledger ledger, Map<String, Object> servers) throws IOException {
        return relay(ledger, servers, TOPIC);
    }

    private Process relay(Ledger ledger, Map<String, Object> servers, String topic, String... more) throws IOException {
        PGSimpleDataSource database = (PGSimpleDataSource) ledger.unpooled();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                "fr.grandlivre.relay.RelayCommand",
                "--bootstrap-servers",
                Objects.toString(servers.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)),
                "--topic",
                topic,
                "--source",
                "https://grand-livre.example"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("relay.log").toFile()));
        builder.environment().put("SPRING_DATASOURCE_URL", database.getUrl());
        builder.environment().put("SPRING_DATASOURCE_USERNAME", Objects.requireNonNull(database.getUser()));
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", "");
        return builder.start();
    }

    private boolean inspect(long head, Map<String, Object> servers) {
        Found committed = read(servers, "read_committed");
        Found all = read(servers, "read_uncommitted");
        tell(
                "committed: %d records, %d positions, %d twice, %d streams out of order; with those that were undone: %d records"
                        .formatted(
                                committed.records,
                                committed.positions.cardinality(),
                                committed.twice,
                                committed.disordered,
                                all.records));
        return committed.records == head
                && committed.positions.cardinality() == head
                && committed.positions.nextClearBit(1) == head + 1
                && committed.twice == 0
                && committed.disordered == 0
                && all.positions.cardinality() == head;
    }

    private static final class Found {
        long records;
        long twice;
        long disordered;
        final BitSet positions = new BitSet();
        final Map<String, Long> last = new HashMap<>();

        void see(ConsumerRecord<byte[], byte[]> record) {
            long position = Long.parseLong(
                    new String(record.headers().lastHeader("ce_position").value(), StandardCharsets.UTF_8));
            records++;
            if (positions.get(Math.toIntExact(position))) {
                twice++;
            }
            positions.set(Math.toIntExact(position));
            Long before = last.put(new String(record.key(), StandardCharsets.UTF_8), position);
            if (before != null && before > position) {
                disordered++;
            }
        }
    }

    private static Found read(Map<String, Object> servers, String isolation) {
        Map<String, Object> settings = new HashMap<>(servers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        Found found = new Found();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(found::see);
            }
        }
        return found;
    }
}
