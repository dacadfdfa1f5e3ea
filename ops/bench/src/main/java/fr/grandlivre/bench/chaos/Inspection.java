package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Digests;
import fr.grandlivre.bench.chaos.Run.Event;
import fr.grandlivre.bench.chaos.Run.ExamAnswer;
import fr.grandlivre.bench.chaos.Run.Sealing;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.AppendRequest;
import fr.grandlivre.store.EncodedEvent;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.LedgerWriter;
import fr.grandlivre.store.StreamAppend;
import fr.grandlivre.store.WriterSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what a run left behind: the ledger's rows, its views, its log, who works on what. */
final class Inspection {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> VIEWS =
            List.of("profile", "evaluation", "session", "verification", "schoolreport");
    private static final UUID SOMEBODY = UUID.randomUUID();
    private static final Set<String> IN_TIME = Set.of("ok", "ko");

    /** Between the arrival of an answer, which counts, and its place in the ledger. */
    private static final Duration TRAVEL = Duration.ofMinutes(2);

    private final List<Node> nodes;
    private final TokenIssuer issuer;
    private final HttpClient client;
    private final Database database;
    private final Path mails;

    /** @param mails what nodes sent, if they did */
    Inspection(List<Node> nodes, TokenIssuer issuer, HttpClient client, Database database, Path mails) {
        this.nodes = nodes;
        this.issuer = issuer;
        this.client = client;
        this.database = database;
        this.mails = mails;
    }

    void awaitViews() throws InterruptedException {
        Signals.await(
                () -> {
                    for (JsonNode one : operations(nodes.getFirst()).get("processors")) {
                        if (one.get("behind").asLong() > 0) {
                            return false;
                        }
                    }
                    return true;
                },
                PATIENCE,
                "views do not catch up");
    }

    /**
     * Waits until each processor works on exactly one node: the claim of a process that died must first run out.
     *
     * @return for each processor the nodes, from 1, that say they work on it; as it is when patience ends
     */
    Map<String, List<Integer>> awaitWorkers() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, List<Integer>> workers = workers();
        while (!isOneEach(workers) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            workers = workers();
        }
        return workers;
    }

    static boolean isOneEach(Map<String, List<Integer>> workers) {
        return workers.values().stream().allMatch(at -> at.size() == 1);
    }

    private Map<String, List<Integer>> workers() {
        Map<String, List<Integer>> workers = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (JsonNode one : operations(nodes.get(i)).get("processors")) {
                List<Integer> at = workers.computeIfAbsent(one.get("name").asString(), _ -> new ArrayList<>());
                if (one.get("state").asString().equals("running")) {
                    at.add(i + 1);
                }
            }
        }
        return workers;
    }

    /** With every view and a replay of each. */
    Run run(List<Attempt> attempts, People.Seen seen) throws Exception {
        Map<String, Digests> views = new TreeMap<>();
        for (String view : VIEWS) {
            views.put(view, digests(view));
        }
        return run(attempts, views, seen);
    }

    /** Without a look at views. */
    Run history(List<Attempt> attempts) throws Exception {
        return run(attempts, Map.of(), People.Seen.NOTHING);
    }

    private Run run(List<Attempt> attempts, Map<String, Digests> views, People.Seen seen) throws Exception {
        List<Event> ledger = ledger();
        List<ExamAnswer> timed = timedAnswers();
        if (timed.isEmpty() && !seen.attempts().isEmpty()) {
            throw new IllegalStateException("the answer to a timed challenge is not in the ledger");
        }
        return new Run(
                Stream.concat(attempts.stream(), seen.attempts().stream()).toList(),
                ledger,
                List.of(),
                views,
                Mails.sent(mails),
                timed,
                fsck(ledger.size()),
                seen.erased(),
                seen.readings(),
                List.of(),
                seen.cells(),
                seen.lookUps());
    }

    /** @return answers to timed challenges that count as given in time; skipping one takes no time */
    private List<ExamAnswer> timedAnswers() throws SQLException {
        List<ExamAnswer> answers = new ArrayList<>();
        Map<String, Instant> started = new HashMap<>();
        try (Connection connection = database.owner().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("""
                    SELECT e.position, e.stream, t.name, e.recorded_at, e.payload
                    FROM ledger.event e JOIN ledger.event_type t ON t.id = e.type
                    WHERE t.name IN ('evaluation.timer-started', 'evaluation.answer-recorded') ORDER BY e.position\
                    """)) {
            while (row.next()) {
                JsonNode event = JsonMapper.shared().readTree(row.getBytes(5));
                String challenge = event.get("challenge").asString();
                String timer = row.getString(2) + " " + challenge;
                if (row.getString(3).equals("evaluation.timer-started")) {
                    started.put(timer, Instant.parse(event.get("startedAt").asString()));
                } else if (started.containsKey(timer)
                        && IN_TIME.contains(event.get("outcome").asString())) {
                    Duration allowed = Frameworks.shipped()
                            .of(new FrameworkVersion(event.get("framework").asString()))
                            .challenge(new ChallengeId(challenge))
                            .flatMap(Challenge::timer)
                            .orElseThrow();
                    answers.add(new ExamAnswer(
                            row.getLong(1),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            started.get(timer).plus(allowed).plus(TRAVEL)));
                }
            }
        }
        return answers;
    }

    /** An event that no view can fold: its stream waits, another stream's next event is shown at once. */
    boolean poison() throws InterruptedException {
        try (LedgerWriter writer = new LedgerWriter(
                source(), Clock.systemUTC(), new LedgerTail(), new SimpleMeterRegistry(), WriterSettings.defaults())) {
            for (int i = 0; i < 2; i++) {
                byte[] broken = (i == 0 ? "{}" : "not even that").getBytes(StandardCharsets.UTF_8);
                EncodedEvent event = new EncodedEvent(
                        UUID.randomUUID(),
                        "evaluation.answer-recorded",
                        1,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        broken);
                writer.append(new AppendRequest(
                                UUID.randomUUID(),
                                new byte[0],
                                List.of(new StreamAppend(UUID.randomUUID(), 0, List.of(event)))))
                        .join();
            }
        }
        awaitViews();
        JsonNode after = operations(nodes.getFirst());
        long letters = after.get("deadLetters").asLong();
        boolean allWork = true;
        for (JsonNode one : after.get("processors")) {
            String state = one.get("state").asString();
            allWork &= state.equals("running") || state.equals("elsewhere");
        }
        System.out.printf("poison: 2 events appended, %d letters, all processors work: %s%n", letters, allWork);
        return letters > 0 && allWork;
    }

    private javax.sql.DataSource source() {
        return database.owner();
    }

    List<Event> ledger() throws SQLException {
        List<Event> events = new ArrayList<>();
        try (Connection connection = database.owner().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("""
                    SELECT e.position, e.stream, e.seq, e.event_id, t.name, e.metadata
                    FROM ledger.event e JOIN ledger.event_type t ON t.id = e.type ORDER BY e.position\
                    """)) {
            while (row.next()) {
                String type = row.getString(5);
                UUID command = type.startsWith("evaluation.")
                        ? UUID.fromString(JsonMapper.shared()
                                .readTree(row.getBytes(6))
                                .get("commandId")
                                .asString())
                        : Checker.INSTALLATION;
                events.add(new Event(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        row.getInt(3),
                        row.getObject(4, UUID.class),
                        command,
                        type,
                        ""));
            }
        }
        return events;
    }

    private Digests digests(String view) throws IOException, InterruptedException {
        Node node = nodes.getFirst();
        String token = issuer.token(SOMEBODY, Role.AUDITOR);
        HttpResponse<String> accepted = client.send(
                HttpRequest.newBuilder(node.address().resolve("/api/v1/audit/replays"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"view\":\"" + view + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        String address = accepted.headers().firstValue("Location").orElseThrow();
        Signals.await(
                () -> List.of("succeeded", "failed")
                        .contains(get(node, address, Role.AUDITOR).get("state").asString()),
                PATIENCE,
                "the replay of " + view + " does not end");
        JsonNode result = get(node, address, Role.AUDITOR).path("result");
        return new Digests(
                result.path("liveDigest").asString("none"),
                result.path("rebuiltDigest").asString("failed"));
    }

    /** The application's own command, as an operator runs it. */
    Sealing fsck(long head) throws IOException, InterruptedException {
        List<String> command = Node.java("-Xmx256m");
        command.add("fsck");
        command.add("--json");
        command.addAll(nodes.getFirst().settings());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status == 1) {
            throw new IllegalStateException("fsck could not run");
        }
        JsonNode found = JsonMapper.shared().readTree(report);
        return new Sealing(found.path("to").asLong(), head, found.path("total").asLong());
    }

    private JsonNode operations(Node node) {
        return get(node, "/api/v1/operations", Role.OPERATOR);
    }

    private JsonNode get(Node node, String path, Role role) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(node.address().resolve(path))
                            .header("Authorization", "Bearer " + issuer.token(SOMEBODY, role))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + answer.statusCode());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException lost) {
            throw new IllegalStateException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
