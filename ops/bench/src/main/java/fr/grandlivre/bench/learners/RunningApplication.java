package fr.grandlivre.bench.learners;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application in a process of its own, as a new installation, with the class path of this one. */
public final class RunningApplication implements AutoCloseable {
    /** What the application writes, in its directory. */
    public static final String LOG = "application.log";

    private static final String MAIN = "fr.grandlivre.api.GrandLivre";
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Process process;
    private final URI address;

    private RunningApplication(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * @param directory is emptied; holds the database and the log
     * @param settings  beside those of an installation, for example {@code --server.compression.enabled=false}
     * @throws IllegalStateException when it does not become ready; the message names the log
     */
    public static RunningApplication start(Path directory, List<String> settings)
            throws IOException, InterruptedException {
        empty(directory);
        InstallationKeys.make(directory.resolve(Path.of(".grand-livre", "secrets")));
        List<String> arguments = new ArrayList<>(List.of("--grandlivre.public-url=https://grand-livre.example"));
        arguments.addAll(settings);
        return launch(directory, List.of(), arguments, START);
    }

    /**
     * The same for the demonstration, whose first start makes its past.
     *
     * @param directory is emptied when {@code fresh}
     * @param options   of the JVM
     * @param patience  until it is ready
     * @throws IllegalStateException when it does not become ready; the message names the log
     */
    public static RunningApplication demonstration(
            Path directory, boolean fresh, List<String> options, List<String> settings, Duration patience)
            throws IOException, InterruptedException {
        if (fresh) {
            empty(directory);
        }
        Files.createDirectories(directory);
        List<String> arguments = new ArrayList<>(List.of("--spring.profiles.active=demo"));
        arguments.addAll(settings);
        return launch(directory, options, arguments, patience);
    }

    private static RunningApplication launch(
            Path directory, List<String> options, List<String> arguments, Duration patience)
            throws IOException, InterruptedException {
        int port = freePort();
        Path log = directory.resolve(LOG);
        // The application logs by itself: the bench's own logger would come in its way.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-simple"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What small servers are told to use: two cores have no room for concurrent collection.
                "-XX:+UseParallelGC",
                "-Duser.timezone=UTC",
                "-Daxoniq.update-checker.disabled=true"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                classPath,
                MAIN,
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--grandlivre.home=" + directory.toAbsolutePath()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RunningApplication application = new RunningApplication(process, URI.create("http://127.0.0.1:" + port));
        try {
            application.awaitReady(log, patience);
        } catch (RuntimeException | InterruptedException failure) {
            application.close();
            throw failure;
        }
        return application;
    }

    public URI address() {
        return address;
    }

    /** @return its process id */
    public long pid() {
        return process.pid();
    }

    private void awaitReady(Path log, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(address.resolve("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            while (true) {
                if (isReady(client, ready)) {
                    return;
                }
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("the application did not start: see " + log);
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest ready) throws InterruptedException {
        try {
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
