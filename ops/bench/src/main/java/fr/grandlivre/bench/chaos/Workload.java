package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Outcome;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Learners who answer through whatever node they happen to reach, and write down what they tried and were told. A lost
 * answer is asked for again with the same key until it is known.
 */
final class Workload {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 50;
    static final List<String> COMPETENCES =
            List.of("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1", "5.1");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Share of answers that the client does not wait for: a cut connection, seen from the client. */
    private static final double CUT = 0.03;

    private final List<Node> nodes;
    private final TokenIssuer issuer;
    private final long seed;
    private final BufferedWriter file;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private volatile boolean stopping;
    private volatile boolean abandoned;

    Workload(List<Node> nodes, TokenIssuer issuer, long seed, Path history) throws IOException {
        this.nodes = nodes;
        this.issuer = issuer;
        this.seed = seed;
        this.file = Files.newBufferedWriter(history);
    }

    void start(int clients) {
        for (int i = 0; i < clients; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.startVirtualThread(() -> live(random)));
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long cut() {
        return cut.get();
    }

    /** What nobody has answered yet stays unknown. */
    void abandon() {
        abandoned = true;
    }

    /** Returns when every client knows how its last attempt ended. */
    List<Attempt> stop() throws IOException, InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        file.close();
        return List.copyOf(attempts);
    }

    private void live(Random random) {
        try {
            while (!stopping) {
                LearnerId learner = new LearnerId(new UUID(
                        (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L));
                String token = issuer.token(learner);
                for (String competence : COMPETENCES) {
                    sit("/api/v1/evaluations/" + competence, token, random);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sit(String path, String token, Random random) throws InterruptedException {
        while (!stopping) {
            JsonNode next = get(path + "/next", token, random);
            if (next == null || next.path("finished").asBoolean(true)) {
                return;
            }
            Challenge due = due(next);
            String challenge = due.id().value();
            if (due.isTimed()) {
                command(path + "/timers", Map.of("challenge", challenge), token, random);
            }
            command(path + "/answers", Map.of("challenge", challenge, "skipped", true), token, random);
        }
    }

    /** @return what {@code next} asks */
    static Challenge due(JsonNode next) {
        return Frameworks.shipped()
                .of(new FrameworkVersion(next.get("framework").asString()))
                .challenge(new ChallengeId(next.get("challenge").asString()))
                .orElseThrow();
    }

    private HttpRequest.Builder request(String path, String token, Random random) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        // One time in ten a dead node is tried all the same: the balancer has not noticed yet.
        for (int i = 0; i < nodes.size() && !node.expectedUp() && random.nextInt(10) > 0; i++) {
            node = nodes.get(random.nextInt(nodes.size()));
        }
        URI target = node.door().resolve(path);
        return HttpRequest.newBuilder(target).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    /** @return null when the workload is told to stop */
    private @org.jspecify.annotations.Nullable JsonNode get(String path, String token, Random random)
            throws InterruptedException {
        while (!stopping) {
            try {
                HttpResponse<String> answer =
                        client.send(request(path, token, random).GET().build(), BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return JSON.readTree(answer.body());
                }
            } catch (IOException _) {
                // A reading changes nothing: it is made again.
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    private void command(String path, Map<String, Object> body, String token, Random random)
            throws InterruptedException {
        UUID key = new UUID(
                System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12),
                random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
        long invoked = System.nanoTime();
        note("I " + key);
        while (true) {
            HttpRequest request = request(path, token, random)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key.toString())
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            try {
                if (random.nextDouble() < CUT) {
                    sendAndForget(request);
                } else {
                    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                    int status = answer.statusCode();
                    if (status < 300) {
                        JsonNode told = JSON.readTree(answer.body());
                        // Where there was nothing to record there is no place in a stream, only the end of the ledger.
                        boolean recorded = told.path("seq").isNumber();
                        done(new Attempt(
                                key,
                                recorded ? Outcome.ACKNOWLEDGED : Outcome.UNCHANGED,
                                invoked,
                                System.nanoTime(),
                                recorded ? told.get("position").asLong() : 0));
                        if (recorded) {
                            acknowledged.incrementAndGet();
                        }
                        return;
                    }
                    if (status < 500 && status != 429 && status != 408) {
                        done(new Attempt(key, Outcome.REFUSED, invoked, System.nanoTime(), 0));
                        return;
                    }
                }
            } catch (IOException _) {
                // Unknown, so far.
            }
            if (abandoned) {
                done(new Attempt(key, Outcome.UNKNOWN, invoked, Long.MAX_VALUE, 0));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** The request is sent, its answer is never read. */
    private void sendAndForget(HttpRequest request) throws InterruptedException {
        var answer = client.sendAsync(request, BodyHandlers.discarding());
        TimeUnit.MILLISECONDS.sleep(2);
        answer.cancel(true);
        cut.incrementAndGet();
    }

    private void done(Attempt attempt) {
        attempts.add(attempt);
        note(attempt.outcome() + " " + attempt.command() + " " + attempt.position());
    }

    private void note(String line) {
        synchronized (file) {
            try {
                file.write(line + "\n");
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }
}
