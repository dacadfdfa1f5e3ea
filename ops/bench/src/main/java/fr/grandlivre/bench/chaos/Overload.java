package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.HttpConnection;
import fr.grandlivre.bench.learners.InstallationKeys;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Ten times as many callers as keep a node busy: what they are told, and how soon all is well again. */
final class Overload {
    static final String USAGE = """
        Usage: ops/bin/overload [--callers N] [--seconds N] [--impatient MILLIS] [--help]

        Starts a PostgreSQL and one application process, lets N callers (default 64) read profiles in a closed loop for some
        seconds (default 20), then ten times as many, then N again. Who was answered asks again at once, who was sent away
        when told (Retry-After), or with --impatient after so many milliseconds whatever it was told. Prints answers a
        second, p50 and p99 of the accepted ones, how many were sent away, how soon, and whether each of those said when to
        come again; whether health answered throughout; and how long after the overload a second passed without a refusal.
        Load and node share the cores. Exits with 1 when less than 80 % of the normal answers are given under overload, p99
        passes two seconds, a refusal lacks Retry-After, anything else than 200, 429 and 503 is answered, health fails, or
        recovery takes more than ten seconds.
        """;

    private static final int TIMES = 10;
    private static final long P99_MILLIS = 2_000;
    private static final double GOODPUT = 0.8;

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final long impatientMillis;

    /** @param impatientMillis after which who was sent away comes back; 0 for those who come when they are told */
    private Overload(long impatientMillis) {
        this.impatientMillis = impatientMillis;
    }

    /** What callers were told in one phase; times in µs. */
    private static final class Told {
        final Histogram accepted = new ConcurrentHistogram(3);
        final Histogram refused = new ConcurrentHistogram(3);
        final LongAdder wrong = new LongAdder();
        final LongAdder lost = new LongAdder();
        final LongAdder silent = new LongAdder();
        final AtomicLong lastRefusal = new AtomicLong();
        final AtomicInteger unhealthy = new AtomicInteger();
    }

    public static void main(String[] arguments) throws Exception {
        int callers = 64;
        int seconds = 20;
        long impatient = 0;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> {
                    System.out.print(USAGE);
                    return;
                }
                case "--callers" -> callers = Integer.parseInt(arguments[++i]);
                case "--impatient" -> impatient = Long.parseLong(arguments[++i]);
                case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
                default -> {
                    System.err.print(USAGE);
                    System.exit(2);
                }
            }
        }
        System.exit(new Overload(impatient).run(callers, Duration.ofSeconds(seconds)) ? 0 : 1);
    }

    private boolean run(int callers, Duration length) throws Exception {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("ops/bench/target")), "overload-")
                .toAbsolutePath();
        try (TokenIssuer issuer = new TokenIssuer();
                Database database = new Database(directory.resolve("pg"))) {
            database.start();
            Path secrets = directory.resolve("secrets");
            InstallationKeys.make(secrets);
            try (Node node = new Node(directory.resolve("node-1"), Node.settings(secrets, database, issuer))) {
                node.launch();
                node.awaitReady(client);
                // Signing costs more than asking: it is done before.
                List<String> tokens = Stream.generate(() -> issuer.token(new LearnerId(UUID.randomUUID())))
                        .limit((long) TIMES * callers)
                        .toList();
                phase("warm-up", node, tokens, length.dividedBy(2));
                Told before = phase("normal", node, tokens.subList(0, callers), length);
                Told during = phase("overload", node, tokens, length);
                long over = System.nanoTime();
                Told after = phase("after", node, tokens.subList(0, callers), length);
                long recovery = Math.max(0, after.lastRefusal.get() - over) / 1_000_000;
                double kept = (double) during.accepted.getTotalCount() / Math.max(1, before.accepted.getTotalCount());
                System.out.printf(
                        "under overload %.0f %% of the normal answers; the last refusal %d ms after its end%n",
                        100 * kept, recovery);
                return kept >= GOODPUT
                        && during.accepted.getValueAtPercentile(99) / 1_000 <= P99_MILLIS
                        && sound(during)
                        && sound(after)
                        && recovery <= RECOVERY.toMillis();
            }
        }
    }

    private static boolean sound(Told told) {
        return told.wrong.sum() + told.silent.sum() + told.unhealthy.get() == 0;
    }

    private Told phase(String name, Node node, List<String> tokens, Duration length) throws InterruptedException {
        Told told = new Told();
        long end = System.nanoTime() + length.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (String token : tokens) {
            threads.add(Thread.startVirtualThread(() -> call(node, token, end, told)));
        }
        HttpRequest health = HttpRequest.newBuilder(node.address().resolve("/actuator/health/liveness"))
                .timeout(Duration.ofSeconds(10))
                .build();
        while (System.nanoTime() < end) {
            try {
                if (client.send(health, BodyHandlers.discarding()).statusCode() != 200) {
                    told.unhealthy.incrementAndGet();
                }
            } catch (IOException _) {
                told.unhealthy.incrementAndGet();
            }
            Thread.sleep(500);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "%s, %d callers, %d s: %d answers/s, p50 %d ms, p99 %d ms; sent away %d, p50 %d ms, p99 %d ms, %d"
                        + " without Retry-After; lost %d; other answers %d; health failed %d times%n",
                name,
                tokens.size(),
                length.toSeconds(),
                told.accepted.getTotalCount() / Math.max(1, length.toSeconds()),
                told.accepted.getValueAtPercentile(50) / 1_000,
                told.accepted.getValueAtPercentile(99) / 1_000,
                told.refused.getTotalCount(),
                told.refused.getValueAtPercentile(50) / 1_000,
                told.refused.getValueAtPercentile(99) / 1_000,
                told.silent.sum(),
                told.lost.sum(),
                told.wrong.sum(),
                told.unhealthy.get());
        return told;
    }

    private void call(Node node, String token, long end, Told told) {
        InetSocketAddress address =
                new InetSocketAddress(node.address().getHost(), node.address().getPort());
        String who = "Authorization: Bearer " + token + "\r\n";
        while (System.nanoTime() < end) {
            try (HttpConnection connection = new HttpConnection(address)) {
                while (System.nanoTime() < end) {
                    ask(connection, who, end, told);
                }
            } catch (IOException _) {
                told.lost.increment();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private void ask(HttpConnection connection, String who, long end, Told told)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpConnection.Answer answer = connection.answer("/api/v1/me/profile", who);
        long micros = (System.nanoTime() - began) / 1_000;
        switch (answer.status()) {
            case 200 -> told.accepted.recordValue(micros);
            case 429, 503 -> {
                told.refused.recordValue(micros);
                told.lastRefusal.accumulateAndGet(System.nanoTime(), Math::max);
                if (answer.againSeconds() == 0) {
                    told.silent.increment();
                }
                long wait = impatientMillis > 0 ? impatientMillis : 1_000L * answer.againSeconds();
                Thread.sleep(Math.clamp(wait, 1, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
            }
            default -> told.wrong.increment();
        }
    }
}
