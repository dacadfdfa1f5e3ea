package fr.grandlivre.bench.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of some Kafka brokers in processes of their own, broker and controller at once. For one thread. */
public final class Broker implements AutoCloseable {
    private static final long STOP_SECONDS = 30;

    private final int id;
    private final Path directory;
    private final String address;
    private @Nullable Process process;

    private Broker(int id, Path directory, String address) {
        this.id = id;
        this.directory = directory;
        this.address = address;
    }

    /**
     * Formats the directories of a cluster; its brokers are not started yet.
     *
     * @param directory of all of them, empty
     */
    public static List<Broker> cluster(int brokers, Path directory) throws IOException, InterruptedException {
        List<Integer> ports = freePorts(2 * brokers);
        List<String> voters = new ArrayList<>();
        for (int id = 1; id <= brokers; id++) {
            voters.add(id + "@127.0.0.1:" + ports.get(2 * id - 1));
        }
        List<Broker> cluster = new ArrayList<>();
        for (int id = 1; id <= brokers; id++) {
            String client = "127.0.0.1:" + ports.get(2 * id - 2);
            String controller = "127.0.0.1:" + ports.get(2 * id - 1);
            Broker broker = new Broker(id, directory.resolve("broker-" + id), client);
            Files.createDirectories(broker.directory);
            Files.writeString(broker.settings(), """
                process.roles=broker,controller
                node.id=%d
                controller.quorum.voters=%s
                listeners=PLAINTEXT://%s,CONTROLLER://%s
                advertised.listeners=PLAINTEXT://%s
                controller.listener.names=CONTROLLER
                log.dirs=%s
                offsets.topic.replication.factor=3
                transaction.state.log.replication.factor=3
                transaction.state.log.min.isr=2
                group.initial.rebalance.delay.ms=0
                """.formatted(
                            id,
                            String.join(",", voters),
                            client,
                            controller,
                            client,
                            broker.directory.resolve("log").toAbsolutePath()));
            Process format = broker.java("kafka.tools.StorageTool", "format", "-t", "R3JhbmRMaXZyZURyaWxsMQ", "-c");
            if (format.waitFor() != 0) {
                throw new IOException("a broker's directory could not be made: see " + broker.directory);
            }
            cluster.add(broker);
        }
        return cluster;
    }

    /** @return where all of them listen, as clients want it */
    public static String addresses(List<Broker> brokers) {
        return brokers.stream().map(broker -> broker.address).collect(Collectors.joining(","));
    }

    // All are held until all are known, so that no two are the same.
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private Path settings() {
        return directory.resolve("server.properties");
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        command.add(settings().toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out.log").toFile()))
                .start();
    }

    /** @return from 1 */
    public int id() {
        return id;
    }

    /** Starts it, or starts it again; it takes a while to answer. */
    public void start() throws IOException {
        process = java("kafka.Kafka");
    }

    /** @return used since it was started last; zero when it is not running */
    public Duration processorTime() {
        Process running = process;
        return running == null
                ? Duration.ZERO
                : running.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** @return size on the disk of this broker's copy of a topic, bytes, without indexes */
    public long bytes(String topic) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("log"))) {
            String ofTopic = ".*/" + Pattern.quote(topic) + "-\\d+/[^/]+\\.log";
            return files.filter(file -> file.toString().matches(ofTopic))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }
}
