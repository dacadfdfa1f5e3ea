package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.Contract.Operation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Requests drawn from the description of the interface, half sensible and half hostile: never a server error, no change
 * without 2xx, no answer that the description does not promise. {@code ops/bin/fuzz} makes a million of them.
 */
@SpoiltTest
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 4_000);
    private static final long SEED = Long.getLong("seed", 20_220_516);

    /** A build on a slow machine draws fewer; a run that names its number draws them all. */
    private static final Duration AT_MOST =
            System.getProperty("fuzz.requests") == null ? Duration.ofSeconds(20) : Duration.ofDays(7);

    private static final int CALLERS = 4;
    private static final int REPORTED = 100;

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Role, String> tokens = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> faults = new ConcurrentHashMap<>();
    private final Queue<UUID> unsuccessful = new ConcurrentLinkedQueue<>();
    private final Map<Operation, Set<Role>> admitted = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();

    private Contract contract;
    private MatrixSubjects subjects;

    @Test
    void drawn_requests_meet_no_server_error_and_no_broken_promise() throws Exception {
        contract = new Contract(Visitor.anonymous(port).get("/v3/api-docs").body());
        subjects = MatrixSubjects.make(application);
        for (Role role : Role.values()) {
            if (role != Role.PUBLIC && role != Role.SYSTEM) {
                tokens.put(
                        role,
                        Visitor.program(port, DemoLogins.of(application, role)).token());
            }
        }
        long started = System.nanoTime();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Draws draws = new Draws(SEED + caller);
            callers.add(Thread.startVirtualThread(() -> call(draws)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        application
                .getBean(JdbcTemplate.class)
                .queryForList(
                        "SELECT command_id FROM ledger.command_receipt WHERE command_id = ANY (?)", UUID.class, (Object)
                                unsuccessful.toArray(UUID[]::new))
                .forEach(key -> fault("changed the ledger without 2xx, key " + key));
        System.out.printf(
                "seed %d: %d requests in %d s, %d changed the ledger, %d keys without 2xx looked up, %s%n",
                SEED,
                sent.get(),
                Duration.ofNanos(System.nanoTime() - started).toSeconds(),
                changes.get(),
                unsuccessful.size(),
                new TreeMap<>(statuses));
        assertThat(faults.entrySet().stream()
                        .map(fault -> fault.getValue() + " × " + fault.getKey())
                        .sorted()
                        .limit(REPORTED))
                .as("seed %d", SEED)
                .isEmpty();
        assertThat(changes.get()).as("requests that did something").isPositive();
    }

    private void fault(String what) {
        faults.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    private void call(Draws draws) {
        List<Operation> operations = contract.operations();
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (sent.getAndIncrement() < REQUESTS && System.nanoTime() < end) {
            Operation operation = draws.one(operations);
            try {
                send(operation, draws);
            } catch (IOException lost) {
                fault(operation.method() + " " + operation.path() + ": no answer, " + lost.getMessage());
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private void send(Operation operation, Draws draws) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + target(operation, draws)))
                .timeout(Duration.ofSeconds(60));
        UUID key = CommandKey.draw();
        request.header(
                CommandKey.HEADER,
                draws.chance(0.95) ? key.toString() : draws.one(List.of("1", "x".repeat(300), "\"")));
        Role role = draws.chance(0.9) && admitted.containsKey(operation)
                ? draws.one(List.copyOf(admitted.get(operation)))
                : draws.one(List.of(Role.values()));
        String token = tokens.get(role);
        boolean forged = draws.chance(0.02);
        if (token != null) {
            request.header("Authorization", "Bearer " + (forged ? token + "x" : token));
        }
        byte[] body =
                operation.body().map(schema -> draws.body(contract, schema)).orElse(new byte[0]);
        if (operation.body().isPresent()) {
            request.header(
                    "Content-Type",
                    draws.chance(0.97)
                            ? "application/json"
                            : draws.one(
                                    List.of("text/plain", "application/xml", "application/json; charset=utf-16", "x")));
        }
        request.method(operation.method(), BodyPublishers.ofByteArray(body));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (!forged && answer.statusCode() != 401 && answer.statusCode() != 403) {
            admitted.computeIfAbsent(operation, _ -> new CopyOnWriteArraySet<>())
                    .add(role);
        }
        judge(operation, key, answer);
    }

    private void judge(Operation operation, UUID key, HttpResponse<String> answer) {
        int status = answer.statusCode();
        statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
        String name = operation.method() + " " + operation.path() + " " + status;
        boolean done = status >= 200 && status < 300;
        if (!operation.method().equals("GET")) {
            if (done) {
                changes.incrementAndGet();
            } else {
                unsuccessful.add(key);
            }
        }
        if (status >= 500) {
            fault(name + ": " + answer.body());
            return;
        }
        if ((status == 429 || status == 503)
                && answer.headers().firstValue("Retry-After").isEmpty()) {
            fault(name + " without Retry-After");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        contract.violations(operation, status, type, answer.body())
                .forEach(violation -> fault(name + ": " + violation.replaceAll("/\\d+", "/n")));
    }

    private String target(Operation operation, Draws draws) {
        StringBuilder query = new StringBuilder();
        String path = operation.path();
        for (var parameter : operation.parameters()) {
            String name = parameter.get("name").asString();
            switch (parameter.get("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", segment(operation.path(), name, draws));
                case "query" -> {
                    if (draws.chance(0.5)) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(encoded(draws.value(contract, parameter.path("schema"), name)));
                    }
                }
                default -> {
                    // Headers are drawn for every request alike.
                }
            }
        }
        return path + query;
    }

    private String segment(String path, String name, Draws draws) {
        if (draws.chance(0.2)) {
            return draws.one(Draws.SEGMENTS);
        }
        String situation = draws.chance(0.8) ? "own" : draws.one(List.of("same", "other", "absent"));
        return Stream.of("competence", "code", "position", "index")
                .filter(name::equals)
                .findFirst()
                .map(_ -> draws.one(List.of("1.1", "2.1", "5.2", "1", "000")))
                .or(() -> path.contains("/jobs/") ? java.util.Optional.empty() : subjects.of(path, name, situation))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
