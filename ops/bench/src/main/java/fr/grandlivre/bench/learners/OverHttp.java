package fr.grandlivre.bench.learners;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets learners answer as their programs would: ask what is due, start its clock, answer, read the profile. */
final class OverHttp {
    /** Enough to keep two cores busy, few enough to wait for none. */
    private static final int AT_ONCE = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI address;
    private final TokenIssuer issuer;
    private final HttpClient client = HttpClient.newHttpClient();

    OverHttp(URI address, TokenIssuer issuer) {
        this.address = address;
        this.issuer = issuer;
    }

    /**
     * What came of it.
     *
     * @param learners    how many
     * @param answers     given by all of them
     * @param competences compared
     * @param different   competences whose level, points or number of answers differ from those in memory
     * @param took        from the first answer to the last profile
     */
    record Played(int learners, int answers, int competences, int different, Duration took) {}

    /** @param inMemory the same learners, played before */
    Played play(List<Cohort.Played> inMemory) throws InterruptedException, ExecutionException {
        long started = System.nanoTime();
        int answers = 0;
        int different = 0;
        int competences = 0;
        try (ExecutorService programs = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<JsonNode>> profiles = new ArrayList<>();
            inMemory.forEach(played -> profiles.add(programs.submit(() -> profile(played))));
            for (int i = 0; i < inMemory.size(); i++) {
                JsonNode rows = profiles.get(i).get().get("competences");
                for (Sitting sitting : inMemory.get(i).sittings()) {
                    JsonNode row = row(rows, sitting.competence());
                    answers += row.get("answers").asInt();
                    competences++;
                    different += isSame(row, sitting) ? 0 : 1;
                }
            }
        }
        return new Played(
                inMemory.size(), answers, competences, different, Duration.ofNanos(System.nanoTime() - started));
    }

    private static boolean isSame(JsonNode row, Sitting sitting) {
        return row.get("level").asInt() == sitting.last().level().value()
                && row.get("pix").asInt() == sitting.last().pix().value()
                && row.get("answers").asInt() == sitting.answers();
    }

    private static JsonNode row(JsonNode rows, CompetenceCode competence) {
        for (JsonNode row : rows) {
            if (row.get("code").asString().equals(competence.value())) {
                return row;
            }
        }
        throw new IllegalStateException("the profile has no competence " + competence);
    }

    private JsonNode profile(Cohort.Played played) throws IOException, InterruptedException {
        String token = issuer.token(played.learner().id());
        long position = 0;
        for (Sitting sitting : played.sittings()) {
            position = sit(played.learner(), sitting.competence(), token);
        }
        return get("/api/v1/me/profile?atLeast=" + position, token);
    }

    private long sit(VirtualLearner learner, CompetenceCode competence, String token)
            throws IOException, InterruptedException {
        String path = "/api/v1/evaluations/" + competence;
        long position = 0;
        for (JsonNode next = get(path + "/next", token);
                !next.get("finished").asBoolean();
                next = get(path + "/next", token)) {
            Framework framework = Frameworks.shipped()
                    .of(new FrameworkVersion(next.get("framework").asString()));
            Challenge due = framework
                    .challenge(new ChallengeId(next.get("challenge").asString()))
                    .orElseThrow();
            if (due.isTimed()) {
                post(path + "/timers", Map.of("challenge", due.id().value()), UUID.randomUUID(), token);
            }
            JsonNode done = post(
                    path + "/answers",
                    AnswerBody.of(due.id(), learner.response(due, framework)),
                    learner.answerId(due.id()),
                    token);
            position = done.get("position").asLong();
        }
        return position;
    }

    private JsonNode get(String path, String token) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    private JsonNode post(String path, Map<String, Object> body, UUID key, String token)
            throws IOException, InterruptedException {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key.toString())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri().getPath() + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
