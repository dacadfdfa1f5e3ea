package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.ChaosOptions.Fault;
import fr.grandlivre.bench.chaos.ChaosOptions.Plant;
import fr.grandlivre.bench.learners.InstallationKeys;
import fr.grandlivre.bench.learners.TokenIssuer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL, perhaps with a standby, and nodes on it, perhaps reached over links. For one thread. */
final class Installation implements AutoCloseable {
    private static final Link.Forgery SYNCHRONOUS_COMMIT_OFF =
            new Link.Forgery("synchronous_commit = on", "synchronous_commit =off");

    private static final Duration BEHIND = Duration.ofSeconds(1);

    private final ChaosOptions options;
    private final Path directory;
    private final Path secrets;
    private final TokenIssuer issuer = new TokenIssuer();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Link> doors = new ArrayList<>();
    private Database primary;
    private @Nullable Database standby;
    private @Nullable Link link;

    /** @param directory for everything but the database, when the options give that a place of its own */
    Installation(ChaosOptions options, Path directory) throws Exception {
        this.options = options;
        this.directory = directory;
        this.secrets = directory.resolve("secrets");
        this.primary = new Database(options.database().map(Path::toAbsolutePath).orElse(directory.resolve("pg")));
    }

    /** Gives nodes what they need before they start. */
    interface Preparation {
        void of(List<Node> nodes) throws IOException;
    }

    /** Starts everything; returns when every node is ready. */
    void start(Preparation preparation) throws Exception {
        startDatabase();
        for (int i = 0; i < options.nodes(); i++) {
            Node node = node(i + 1);
            if (options.kinds().contains(Fault.CUT_REPLIES)) {
                doors.add(node.standBehindLink(options.seed() + i));
            }
            nodes.add(node);
        }
        preparation.of(nodes);
        for (Node node : nodes) {
            // One after another: the first makes the schemas.
            again(node);
        }
    }

    void startDatabase() throws IOException, InterruptedException, SQLException {
        primary.start();
        if (options.wal().isPresent()) {
            primary.close();
            primary.moveLog(options.wal().get().toAbsolutePath());
            primary.start();
        }
        // What initdb wrote shall survive a power cut that comes at once.
        Signals.run(List.of("sync", "-f", primary.directory().toString()));
        InstallationKeys.make(secrets);
        if (options.hasLink()) {
            link = new Link(
                    primary.port(),
                    Link.Speech.POSTGRES,
                    options.seed(),
                    options.has(Plant.SYNCHRONOUS_COMMIT_OFF) ? SYNCHRONOUS_COMMIT_OFF : null);
        }
        if (options.hasStandby()) {
            primary.set("wal_keep_size", "1GB");
            primary.close();
            primary.start();
            Database second = new Database(directory.resolve("pg-2"));
            second.set("wal_keep_size", "1GB");
            second.follow(primary, isSynchronous());
            standby = second;
        }
    }

    /** @return one that is not started yet and has a number from 1 */
    Node node(int number) throws IOException {
        return new Node(directory.resolve("node-" + number), Node.settings(secrets, url(), issuer));
    }

    private UnaryOperator<String> url() {
        Link between = link;
        Database second = standby;
        if (between != null) {
            return user -> Database.url(user, between.port());
        }
        if (second != null) {
            int one = primary.port();
            int other = second.port();
            return user -> Database.url(user, one, other);
        }
        return primary::url;
    }

    private boolean isSynchronous() {
        return !options.has(Plant.ASYNCHRONOUS_STANDBY);
    }

    void again(Node node) throws IOException, InterruptedException {
        node.launch();
        node.awaitReady(client);
    }

    /**
     * The standby falls behind by a moment, as over a slow line; then the primary dies and the standby is promoted. The
     * commits of that moment are waited for by their callers, or, with an asynchronous standby, lost.
     */
    void failOver() throws IOException, InterruptedException, SQLException {
        Database dead = primary;
        Database second = standby();
        Signals.stop(dead.sender());
        Thread.sleep(BEHIND);
        dead.kill();
        second.promote();
        primary = second;
        standby = dead;
    }

    /** Who was the primary becomes the standby. */
    void restoreStandby() throws IOException, InterruptedException, SQLException {
        standby().follow(primary, isSynchronous());
    }

    private Database standby() {
        Database second = standby;
        if (second == null) {
            throw new IllegalStateException("there is no standby");
        }
        return second;
    }

    Database primary() {
        return primary;
    }

    List<Node> nodes() {
        return nodes;
    }

    TokenIssuer issuer() {
        return issuer;
    }

    HttpClient client() {
        return client;
    }

    /** @return between nodes and database */
    Link link() {
        Link between = link;
        if (between == null) {
            throw new IllegalStateException("there is no link");
        }
        return between;
    }

    /** @return between clients and nodes; empty without links */
    List<Link> doors() {
        return doors;
    }

    /** For an end from outside: no process is left behind. */
    void abandon() {
        nodes.forEach(Node::abandon);
        primary.abandon();
        if (standby != null) {
            standby.abandon();
        }
    }

    @Override
    public void close() throws Exception {
        for (Node node : nodes) {
            node.close();
        }
        if (link != null) {
            link.close();
        }
        if (standby != null) {
            standby.close();
        }
        primary.close();
        issuer.close();
    }
}
