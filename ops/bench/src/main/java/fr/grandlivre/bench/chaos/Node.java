package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.learners.ApplicationSettings;
import fr.grandlivre.bench.learners.TokenIssuer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One application process on the shared database. For one thread; its address and whether it answers, for all. */
final class Node implements AutoCloseable {
    private static final String MAIN = "fr.grandlivre.api.GrandLivre";

    /** Variables for nodes alone, {@code NAME=VALUE} with spaces between. */
    private static final String ENVIRONMENT = "CHAOS_NODE_ENVIRONMENT";

    private static final Duration START = Duration.ofMinutes(5);

    private final Path directory;
    private final List<String> settings;
    private final URI address;
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Link link;
    private @Nullable Path newer;
    private @Nullable Process process;
    private volatile boolean expectedUp;

    /**
     * @param directory its own
     * @param settings  arguments that all nodes share
     */
    Node(Path directory, List<String> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.address = URI.create("http://127.0.0.1:" + Database.freePort());
        Files.createDirectories(directory);
    }

    /**
     * @param secrets shared by all nodes; what is missing there the first node draws
     * @return arguments of every node on that database
     */
    static List<String> settings(Path secrets, Database database, TokenIssuer issuer) {
        return settings(secrets, database::url, issuer);
    }

    /** @param url from a user to the address under which nodes find the database */
    static List<String> settings(Path secrets, UnaryOperator<String> url, TokenIssuer issuer) {
        List<String> settings = new ArrayList<>(ApplicationSettings.database(url));
        settings.add("--grandlivre.secrets=" + secrets);
        settings.add("--grandlivre.public-url=https://ledger.test");
        settings.add("--spring.datasource.hikari.maximum-pool-size=16");
        settings.add(ApplicationSettings.trusting(issuer.keys()));
        return List.copyOf(settings);
    }

    /** @return arguments of the application, without those of this node alone but its home */
    List<String> settings() {
        List<String> all = new ArrayList<>(settings);
        all.add("--grandlivre.home=" + directory.toAbsolutePath());
        return all;
    }

    URI address() {
        return address;
    }

    /** @return where clients knock: the node itself, or a link before it */
    URI door() {
        return link == null ? address : URI.create("http://127.0.0.1:" + link.port());
    }

    /** Clients reach the node over a link from now on. */
    Link standBehindLink(long seed) throws IOException {
        Link before = new Link(address.getPort(), Link.Speech.HTTP, seed, null);
        link = before;
        return before;
    }

    /** A variable of the process, from the next start on. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /**
     * Another release, from the next start on.
     *
     * @param classes what is found before the classes of this release; null for this release
     */
    void release(@Nullable Path classes) {
        newer = classes;
    }

    /** @return whether clients may try it; a dead node may still be tried, as a balancer does before it notices */
    boolean expectedUp() {
        return expectedUp;
    }

    void launch() throws IOException {
        List<String> command = java("-Xmx400m", newer);
        command.add("--server.address=127.0.0.1");
        command.add("--server.port=" + address.getPort());
        command.addAll(settings());
        ProcessBuilder builder = new ProcessBuilder(command);
        for (String variable : System.getenv().getOrDefault(ENVIRONMENT, "").split(" ", -1)) {
            int sign = variable.indexOf('=');
            if (sign > 0) {
                builder.environment().put(variable.substring(0, sign), variable.substring(sign + 1));
            }
        }
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        expectedUp = true;
    }

    /** @return a command that runs the application with this process's class path */
    static List<String> java(String heap) {
        return java(heap, null);
    }

    private static List<String> java(String heap, @Nullable Path first) {
        // The application logs by itself: the harness's own logger would come in its way.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-simple"))
                .collect(Collectors.joining(File.pathSeparator));
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Daxoniq.update-checker.disabled=true",
                "-cp",
                first == null ? classPath : first + File.pathSeparator + classPath,
                MAIN));
    }

    /** @return its exit code, when it ends by itself; 0 when it becomes ready instead, and is stopped */
    int awaitEnd(HttpClient client) throws InterruptedException {
        Signals.await(() -> !handle().isAlive() || isReady(client), START, "node does not end: see " + directory);
        boolean ended = !handle().isAlive();
        if (!ended) {
            stop();
        }
        expectedUp = false;
        return ended ? Objects.requireNonNull(process).exitValue() : 0;
    }

    Path log() {
        return directory.resolve("application.log");
    }

    void awaitReady(HttpClient client) throws InterruptedException {
        Signals.await(
                () -> {
                    if (!handle().isAlive()) {
                        throw new IllegalStateException("node ended: see " + directory);
                    }
                    return isReady(client);
                },
                START,
                "node does not become ready: see " + directory);
    }

    private boolean isReady(HttpClient client) {
        try {
            HttpRequest ready = HttpRequest.newBuilder(address.resolve("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    ProcessHandle handle() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.toHandle();
    }

    void kill() throws InterruptedException {
        expectedUp = false;
        Signals.kill(handle());
    }

    /** SIGTERM; returns when the process is gone. */
    void stop() throws InterruptedException {
        expectedUp = false;
        ProcessHandle running = handle();
        running.destroy();
        Signals.await(() -> !running.isAlive(), Duration.ofMinutes(1), "node does not stop");
    }

    /** SIGKILL, if it lives; nobody waits. */
    void abandon() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            kill();
        }
        if (link != null) {
            link.close();
        }
    }
}
