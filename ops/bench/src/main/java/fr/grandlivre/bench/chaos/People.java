package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Erasure;
import fr.grandlivre.bench.chaos.Run.LookUps;
import fr.grandlivre.bench.chaos.Run.Outcome;
import fr.grandlivre.bench.chaos.Run.Readings;
import fr.grandlivre.bench.learners.AnswerBody;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.verification.VerificationCodeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens to one person with a certificate after the load: strangers look its code up, a jury reads it, the person
 * answers a timed challenge with a slow clock, takes the own data along and is erased. For one thread.
 */
final class People {
    private static final int BUDGET = 10;
    private static final int LOOK_UPS = 4 * BUDGET;
    private static final int READINGS = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SLOW = Duration.ofHours(2);
    private static final String ADDRESS = "127.0.0.1";
    private static final String TABLE = "donnees-personnelles.csv";
    private static final Pattern CELL = Pattern.compile("(?<=^|;)(\"(?:[^\"]|\"\")*\"|[^;\"]*)(?=;|$)");

    /** Nobody is called so: whatever holds one of these words later holds this person's data. */
    private static final List<String> WORDS = List.of("Quirinzephyr", "Ombrevalcourt", "Saintoluzac");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Node node;
    private final TokenIssuer issuer;
    private final HttpClient client;
    private final Database database;
    private final UUID person = UUID.randomUUID();
    private final List<Attempt> attempts = new ArrayList<>();

    People(Node node, TokenIssuer issuer, HttpClient client, Database database) {
        this.node = node;
        this.issuer = issuer;
        this.client = client;
        this.database = database;
    }

    /** @param attempts what the person tried, beside everybody else's */
    record Seen(List<Attempt> attempts, List<LookUps> lookUps, Readings readings, List<String> cells, Erasure erased) {
        static final Seen NOTHING = new Seen(List.of(), List.of(), new Readings(0, 0), List.of(), new Erasure(0, 0));
    }

    Seen act() throws IOException, InterruptedException, SQLException {
        String code = VerificationCodeText.draw(new SecureRandom(), 6).value();
        JsonNode imported = post("/api/v1/certificates/imports", certificate(code), UUID.randomUUID(), Role.JURY);
        String certificate = imported.get("stream").asString();
        Signals.await(() -> lookUp(code) != 404, PATIENCE, "the certificate is not shown");
        int answered = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            answered += lookUp(code) == 200 ? 1 : 0;
        }
        Readings readings = readings("/api/v1/certificates/" + certificate);
        answerLate();
        List<String> cells =
                cells(send(request("/api/v1/me/export", person, Role.LEARNER)).body());
        erase();
        return new Seen(
                List.copyOf(attempts),
                List.of(new LookUps(ADDRESS, answered, BUDGET)),
                readings,
                cells,
                new Erasure(WORDS.size(), remains()));
    }

    private Map<String, Object> certificate(String code) {
        return Map.of(
                "learner",
                person.toString(),
                "code",
                code,
                "source",
                "reprise",
                "holder",
                Map.of(
                        "firstName",
                        WORDS.get(0),
                        // A spreadsheet would compute it.
                        "lastName",
                        "=" + WORDS.get(1),
                        "birthDate",
                        "2007-10-05",
                        "birthPlace",
                        WORDS.get(2)),
                "centre",
                Map.of("name", "Centre"),
                "examDate",
                "2021-10-13",
                "deliveredDate",
                "2021-11-13",
                "validUntil",
                "2024-11-13",
                "competences",
                List.of(Map.of("code", "1.1", "level", 1)));
    }

    private int lookUp(String code) {
        try {
            return client.send(
                            HttpRequest.newBuilder(node.address().resolve("/api/v1/verifications"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("code", code))))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException lost) {
            throw new IllegalStateException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Readings readings(String path) throws IOException, InterruptedException, SQLException {
        long before = lines();
        for (int i = 0; i < READINGS; i++) {
            send(request(path, UUID.randomUUID(), Role.JURY));
        }
        return new Readings(READINGS, lines() - before);
    }

    private long lines() throws SQLException {
        return Long.parseLong(
                database.text("SELECT count(*) FROM ledger.event e JOIN ledger.event_type t ON t.id = e.type"
                        + " WHERE t.name = 'access.recorded'"));
    }

    /** With a clock that is slow by hours: to the server's, nothing is late. */
    private void answerLate() throws IOException, InterruptedException {
        for (String competence : Workload.COMPETENCES) {
            String path = "/api/v1/evaluations/" + competence;
            for (JsonNode next = next(path); !next.get("finished").asBoolean(); next = next(path)) {
                Challenge due = Workload.due(next);
                if (due.isTimed()) {
                    attempt(path + "/timers", Map.of("challenge", due.id().value()));
                    attempt(path + "/answers", AnswerBody.of(due.id(), AnsweringModel.right(due)));
                    return;
                }
                attempt(path + "/answers", AnswerBody.of(due.id(), new Response.Skipped()));
            }
        }
        throw new IllegalStateException("no challenge is timed");
    }

    private JsonNode next(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(request(path + "/next", person, Role.LEARNER)).body());
    }

    private void attempt(String path, Map<String, Object> body) throws IOException, InterruptedException {
        UUID key = UUID.randomUUID();
        long invoked = System.nanoTime();
        ZonedDateTime itsTime = ZonedDateTime.now(ZoneOffset.UTC).minus(SLOW);
        JsonNode told = post(
                request(path, person, Role.LEARNER)
                        .header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(itsTime)),
                body,
                key);
        attempts.add(new Attempt(
                key,
                Outcome.ACKNOWLEDGED,
                invoked,
                System.nanoTime(),
                told.get("position").asLong()));
    }

    /** @return what a spreadsheet shows of the person's own data */
    private static List<String> cells(byte[] archive) throws IOException {
        List<String> cells = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(TABLE)) {
                    new String(zip.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .flatMap(line -> CELL.matcher(line).results())
                            .map(MatchResult::group)
                            .map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell)
                            .forEach(cells::add);
                }
            }
        }
        if (cells.stream().noneMatch(cell -> cell.contains(WORDS.get(1)))) {
            throw new IllegalStateException("the own data lack a name");
        }
        return cells;
    }

    /** One operator asks, another does it. */
    private void erase() throws IOException, InterruptedException {
        String file = "/api/v1/privacy/people/" + person;
        Map<String, Object> all = Map.of("classes", List.of("all"), "basis", "person-request");
        post(file + "/erasures", all, UUID.randomUUID(), Role.OPERATOR);
        JsonNode done = post(file + "/erasures", all, UUID.randomUUID(), Role.OPERATOR);
        long position = done.get("position").asLong();
        Signals.await(() -> isErased(file + "?atLeast=" + position), PATIENCE, "the erasure does not end");
    }

    private boolean isErased(String file) {
        try {
            JsonNode erasures = JSON.readTree(send(request(file, UUID.randomUUID(), Role.OPERATOR))
                            .body())
                    .get("erasures");
            return !erasures.isEmpty()
                    && !erasures.get(0).get("state").asString().equals("running");
        } catch (IOException lost) {
            throw new IllegalStateException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** @return words that any row of the database or any line of the node's log still holds */
    private int remains() throws IOException, SQLException {
        String log = Files.readString(node.log());
        String rows = database.text("""
            SELECT string_agg(query_to_xml(format('SELECT t::text FROM %I.%I t WHERE t::text ~ %L',
              table_schema, table_name, '%s'), true, false, '')::text, '')
            FROM information_schema.tables
            WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')\
            """.replace("'%s'", "'" + String.join("|", WORDS) + "'"));
        return (int) WORDS.stream()
                .filter(word -> log.contains(word) || rows.contains(word))
                .count();
    }

    private JsonNode post(String path, Map<String, Object> body, UUID key, Role role)
            throws IOException, InterruptedException {
        return post(request(path, UUID.randomUUID(), role), body, key);
    }

    private JsonNode post(HttpRequest.Builder request, Map<String, Object> body, UUID key)
            throws IOException, InterruptedException {
        return JSON.readTree(send(request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", key.toString())
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))))
                .body());
    }

    private HttpRequest.Builder request(String path, UUID account, Role role) {
        return HttpRequest.newBuilder(node.address().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + issuer.token(account, role));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri().getPath() + " answers " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }
}
