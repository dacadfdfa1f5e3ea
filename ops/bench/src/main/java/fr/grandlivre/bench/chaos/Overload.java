package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.learners.InstallationKeys;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Ten times as many callers as keep a node busy: what they are told, and how soon all is well again. */
final class Overload {
    static final String USAGE = """
        Usage: ops/bin/overload [--callers N] [--seconds N] [--help]

        Starts a PostgreSQL and one application process, lets N callers (default 64) read profiles in a closed loop for some
        seconds (default 20), then ten times as many, then N again. Each caller comes back at once, also when it was sent
        away. Prints answers a second, p50 and p99 of the accepted ones, how many were sent away, how soon, and whether each
        of those said when to come again; whether health answered throughout; and how long after the overload a second
        passed without a refusal. Load and node share the cores. Exits with 1 when p99 passes two seconds, a refusal lacks
        Retry-After, anything else than 200, 429 and 503 is answered, health fails, or recovery takes more than ten seconds.
        """;

    private static final int TIMES = 10;
    private static final long P99_MILLIS = 2_000;
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

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
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> {
                    System.out.print(USAGE);
                    return;
                }
                case "--callers" -> callers = Integer.parseInt(arguments[++i]);
                case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
                default -> {
                    System.err.print(USAGE);
                    System.exit(2);
                }
            }
        }
        System.exit(new Overload().run(callers, Duration.ofSeconds(seconds)) ? 0 : 1);
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
                phase("warm-up", node, issuer, callers, length.dividedBy(2));
                Told before = phase("normal", node, issuer, callers, length);
                Told during = phase("overload", node, issuer, TIMES * callers, length);
                long over = System.nanoTime();
                Told after = phase("after", node, issuer, callers, length);
                long recovery = Math.max(0, after.lastRefusal.get() - over) / 1_000_000;
                double kept = (double) during.accepted.getTotalCount() / Math.max(1, before.accepted.getTotalCount());
                System.out.printf(
                        "under overload %.0f %% of the normal answers; the last refusal %d ms after its end%n",
                        100 * kept, recovery);
                return during.accepted.getValueAtPercentile(99) / 1_000 <= P99_MILLIS
                        && sound(during)
                        && sound(after)
                        && recovery <= RECOVERY.toMillis();
            }
        }
    }

    private static boolean sound(Told told) {
        return told.wrong.sum() + told.silent.sum() + told.unhealthy.get() == 0;
    }

    private Told phase(String name, Node node, TokenIssuer issuer, int callers, Duration length)
            throws InterruptedException {
        Told told = new Told();
        long end = System.nanoTime() + length.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            HttpRequest request = HttpRequest.newBuilder(node.address().resolve("/api/v1/me/profile"))
                    .header("Authorization", "Bearer " + issuer.token(new LearnerId(UUID.randomUUID())))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            threads.add(Thread.startVirtualThread(() -> call(request, end, told)));
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
                "%s, %d callers, %d s: %d answers/s, p50 %d ms, p99 %d ms; sent away %d, p99 %d ms, %d without"
                        + " Retry-After; lost %d; other answers %d; health failed %d times%n",
                name,
                callers,
                length.toSeconds(),
                told.accepted.getTotalCount() / Math.max(1, length.toSeconds()),
                told.accepted.getValueAtPercentile(50) / 1_000,
                told.accepted.getValueAtPercentile(99) / 1_000,
                told.refused.getTotalCount(),
                told.refused.getValueAtPercentile(99) / 1_000,
                told.silent.sum(),
                told.lost.sum(),
                told.wrong.sum(),
                told.unhealthy.get());
        return told;
    }

    private void call(HttpRequest request, long end, Told told) {
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            try {
                HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
                long micros = (System.nanoTime() - began) / 1_000;
                switch (answer.statusCode()) {
                    case 200 -> told.accepted.recordValue(micros);
                    case 429, 503 -> {
                        told.refused.recordValue(micros);
                        told.lastRefusal.accumulateAndGet(System.nanoTime(), Math::max);
                        if (answer.headers().firstValue("Retry-After").isEmpty()) {
                            told.silent.increment();
                        }
                        // Comes back soon, but not in the same instant: a client has other things to do.
                        Thread.sleep(20);
                    }
                    default -> told.wrong.increment();
                }
            } catch (IOException _) {
                told.lost.increment();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
