package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.Contract.Operation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/**
 * Requests drawn from the description of the interface, half sensible and half hostile: never a server error, no change
 * without 2xx, no answer that the description does not promise. {@code ops/bin/fuzz} makes a million of them.
 */
@SpoiltTest
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 30_000);
    private static final long SEED = Long.getLong("seed", 20_220_516);

    /** A build on a slow machine draws fewer; a run that names its number draws them all. */
    private static final Duration AT_MOST =
            System.getProperty("fuzz.requests") == null ? Duration.ofSeconds(75) : Duration.ofDays(7);

    private static final int CALLERS = 16;
    private static final int PAGE = 1_000;

    /** From so many on, what is held too long shows beside what every warm application holds. */
    private static final int ENOUGH_TO_LEAK = 100_000;

    /** A reading that the ledger keeps as an export, under an id of its own. */
    private static final String FEED = "/api/organizations/{uai}/certifications";

    /** Headers of more than 16 kB are not read; a token takes the rest. */
    private static final int LONGEST_ADDRESS = 14_000;

    private static final int REPORTED = 100;

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Role, String> tokens = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> faults = new ConcurrentHashMap<>();
    private final Set<UUID> successful = ConcurrentHashMap.newKeySet();
    private final AtomicLong feeds = new AtomicLong();
    private final List<Footprint> footprints = new CopyOnWriteArrayList<>();
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
        long before = application.getBean(LedgerReader.class).head();
        long started = System.nanoTime();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Draws draws = new Draws(SEED + caller);
            callers.add(Thread.startVirtualThread(() -> call(draws)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        long took = System.nanoTime() - started;
        footprints.add(Footprint.now());
        int recorded = attribute(before);
        System.out.printf(
                "seed %d: %d requests in %d s, %d writes answered 2xx, %d events recorded, %s; after a tenth and at the"
                        + " end %s%n",
                SEED,
                statuses.values().stream().mapToLong(LongAdder::sum).sum(),
                Duration.ofNanos(took).toSeconds(),
                changes.get(),
                recorded,
                new TreeMap<>(statuses),
                footprints);
        assertThat(faults.entrySet().stream()
                        .map(fault -> fault.getValue() + " × " + fault.getKey())
                        .sorted()
                        .limit(REPORTED))
                .as("seed %d", SEED)
                .isEmpty();
        assertThat(changes.get()).as("requests that did something").isPositive();
        if (REQUESTS >= ENOUGH_TO_LEAK) {
            assertThat(footprints.getLast().residentKib())
                    .as("KiB resident, seed %d", SEED)
                    .isLessThan(footprints.getFirst().residentKib() * 11 / 10);
        }
    }

    /**
     * Every change belongs to a request that was answered 2xx, or was caused by one that does, or by what stood there
     * before. Who read what is recorded before an answer is sent, with an id of its own.
     *
     * @return how many changes there were
     */
    private int attribute(long before) {
        Set<UUID> causes = ConcurrentHashMap.newKeySet();
        causes.addAll(successful);
        ledger(0, before, (_, metadata) -> causes.add(metadata.correlationId()));
        AtomicInteger recorded = new AtomicInteger();
        AtomicLong fed = new AtomicLong();
        ledger(before, Long.MAX_VALUE, (event, metadata) -> {
            recorded.incrementAndGet();
            if (event.type().equals("export.produced") && metadata.role() == Role.PARTNER) {
                fed.incrementAndGet();
            } else if (!event.type().startsWith("access.") && !causes.contains(metadata.correlationId())) {
                fault("changed the ledger without 2xx: " + event.type() + " in the role " + metadata.role());
            }
        });
        if (fed.get() > feeds.get()) {
            fault(fed + " partner exports recorded, " + feeds + " answered 2xx");
        }
        return recorded.get();
    }

    private void ledger(long after, long upTo, BiConsumer<StoredEvent, EventMetadata> reader) {
        LedgerReader ledger = application.getBean(LedgerReader.class);
        EventCodec codec = application.getBean(EventCodec.class);
        ledger.scan(
                after,
                Math.min(upTo, ledger.head()),
                PAGE,
                page -> page.forEach(event -> reader.accept(event, codec.decodeMetadata(event.metadata()))));
    }

    /**
     * What this process holds: application and callers together.
     *
     * @param residentKib as the system counts it
     * @param liveKib     of the heap, after a collection
     */
    private record Footprint(long residentKib, long liveKib) {
        static Footprint now() throws IOException {
            System.gc();
            Runtime heap = Runtime.getRuntime();
            long live = (heap.totalMemory() - heap.freeMemory()) / 1024;
            return new Footprint(
                    Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0),
                    live);
        }

        @Override
        public String toString() {
            return residentKib / 1024 + " MiB resident, " + liveKib / 1024 + " MiB of the heap live";
        }
    }

    private void fault(String what) {
        faults.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    private void call(Draws draws) {
        List<Operation> operations = contract.operations();
        long end = System.nanoTime() + AT_MOST.toNanos();
        for (long number = sent.getAndIncrement();
                number < REQUESTS && System.nanoTime() < end;
                number = sent.getAndIncrement()) {
            Operation operation = draws.one(operations);
            try {
                if (number == REQUESTS / 10) {
                    footprints.add(Footprint.now());
                }
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

    /** The container could not read the address, and so does not know who asked: it answers by a page. */
    private static boolean isUnreadable(HttpResponse<String> answer) {
        return answer.statusCode() == 400
                && answer.uri().toASCIIString().length() > LONGEST_ADDRESS
                && answer.body().contains("Demande illisible");
    }

    private void judge(Operation operation, UUID key, HttpResponse<String> answer) {
        int status = answer.statusCode();
        statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
        String name = operation.method() + " " + operation.path() + " " + status;
        if (status >= 200 && status < 300) {
            if (operation.method().equals("GET")) {
                feeds.addAndGet(operation.path().equals(FEED) ? 1 : 0);
            } else {
                changes.incrementAndGet();
                successful.add(key);
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
        if (isUnreadable(answer)) {
            return;
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
