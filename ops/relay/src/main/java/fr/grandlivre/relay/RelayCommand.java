package fr.grandlivre.relay;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.StoredEvent;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** {@code ops/bin/relay}. */
final class RelayCommand {
    static final String USAGE = """
        Usage: ops/bin/relay --bootstrap-servers HOST:PORT[,HOST:PORT…] [--topic NAME] [--source URI] [--config FILE]
                             [--partitions N --replication N] [--until-head] [--help]

        Publishes the ledger to a Kafka topic, from where the topic ends: events of a stream in order, each once for readers
        of committed records. Personal fields stay sealed. The ledger is only read. A relay that is started while another runs
        takes over from it. Brokers that fail are tried again. Ends with SIGTERM.

          --topic NAME       topic of the events (default grand-livre.events); NAME.position says how far it reaches
          --source URI       names this ledger in every record (default $GRANDLIVRE_PUBLIC_URL)
          --config FILE      more properties of the Kafka clients, such as secrets: they belong in no command line
          --partitions N     makes the topics where they are missing, with so many partitions
          --replication N    and so many copies (default 3)
          --until-head       stops when the topic has reached the ledger's head
        Environment: SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD as for the application.
        Exit status: 0 stopped, 1 another relay has taken over, 2 wrong arguments or missing topics.
        """;

    private static final String DEFAULT_TOPIC = "grand-livre.events";
    private static final short DEFAULT_REPLICATION = 3;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private String servers = "";
    private String topic = DEFAULT_TOPIC;
    private String source = environment("GRANDLIVRE_PUBLIC_URL");
    private @Nullable Path config;
    private int partitions;
    private short replication = DEFAULT_REPLICATION;
    private boolean untilHead;
    private long told;
    private long lastLine;

    private RelayCommand() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        RelayCommand command = new RelayCommand();
        try {
            command.read(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
        System.exit(command.run());
    }

    private void read(String... arguments) {
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (option.equals("--until-head")) {
                untilHead = true;
                continue;
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("no value for " + option);
            }
            String value = rest.next();
            switch (option) {
                case "--bootstrap-servers" -> servers = value;
                case "--topic" -> topic = value;
                case "--source" -> source = value;
                case "--config" -> config = Path.of(value);
                case "--partitions" -> partitions = number(option, value);
                case "--replication" -> replication = (short) number(option, value);
                default -> throw new IllegalArgumentException("unknown: " + option);
            }
        }
        if (servers.isEmpty() || source.isEmpty()) {
            throw new IllegalArgumentException("--bootstrap-servers and --source are needed");
        }
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(option + " wants a number from 1 to 9999");
        }
        return Integer.parseInt(value);
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }

    private int run() throws IOException, InterruptedException, ExecutionException {
        Map<String, Object> clients = new HashMap<>(properties());
        clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        RelayTopics topics = new RelayTopics(topic);
        try (Admin admin = Admin.create(clients)) {
            if (partitions > 0) {
                topics.create(admin, partitions, replication);
            } else if (!topics.exist(admin)) {
                System.err.printf("topics %s and %s are missing: --partitions makes them%n", topic, topics.position());
                return 2;
            }
        }
        try (HikariDataSource connections = connections();
                LedgerTail tail = new LedgerTail()) {
            LedgerReader ledger = new LedgerReader(connections);
            tail.watch(ledger::head);
            RelayClients kafka = new RelayClients(clients, topic);
            Relay relay = new Relay(following(ledger, tail), kafka::producer, kafka::consumer, topics, source);
            Runtime.getRuntime().addShutdownHook(new Thread(relay::stop));
            long head = untilHead ? ledger.head() : Long.MAX_VALUE;
            relay.run(position -> {
                tell(position, ledger);
                if (position >= head) {
                    relay.stop();
                }
            });
            System.out.printf("the topic has reached %d%n", told);
            return 0;
        } catch (Relay.OvertakenException newer) {
            System.err.println(newer.getMessage());
            return 1;
        }
    }

    private void tell(long position, LedgerReader ledger) {
        told = position;
        long now = System.nanoTime();
        if (lastLine == 0 || now - lastLine > BETWEEN_LINES.toNanos()) {
            lastLine = now;
            System.out.printf("the topic has reached %d of %d%n", position, ledger.head());
        }
    }

    private static Relay.Events following(LedgerReader ledger, LedgerTail tail) {
        return new Relay.Events() {
            @Override
            public List<StoredEvent> page(long afterPosition, int limit) {
                return ledger.page(afterPosition, limit);
            }

            @Override
            public void await(long position, Duration atMost) throws InterruptedException {
                var _ = tail.awaitBeyond(position, atMost);
            }
        };
    }

    private Map<String, Object> properties() throws IOException {
        Map<String, Object> properties = new HashMap<>();
        Path file = config;
        if (file != null) {
            Properties more = new Properties();
            try (Reader text = Files.newBufferedReader(file)) {
                more.load(text);
            }
            more.forEach((name, value) -> properties.put(name.toString(), value));
        }
        return properties;
    }

    private static HikariDataSource connections() {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(environment("SPRING_DATASOURCE_URL"));
        settings.setUsername(environment("SPRING_DATASOURCE_USERNAME"));
        settings.setPassword(environment("SPRING_DATASOURCE_PASSWORD"));
        settings.setMaximumPoolSize(2);
        return new HikariDataSource(settings);
    }
}
