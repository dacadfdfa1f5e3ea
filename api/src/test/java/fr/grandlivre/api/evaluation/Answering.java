package fr.grandlivre.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A learner's program that answers until what a test is about is due. */
public final class Answering {
    private static final JsonMapper JSON = new JsonMapper();

    private final Visitor program;
    private final LearnerId learner;

    /** @param program with a token of the learner */
    public Answering(Visitor program, LearnerId learner) {
        this.program = program;
        this.learner = learner;
    }

    /** @return the due challenge; empty when the competence is finished */
    public Optional<Challenge> due(String competence) {
        JsonNode next = JSON.readTree(
                program.get("/api/v1/evaluations/" + competence + "/next").body());
        return Optional.ofNullable(next.get("challenge")).map(id -> Solver.challenge(id.asString()));
    }

    /**
     * Answers a competence that has no answer yet until the wanted sort of challenge is due.
     *
     * @return whether it is; when not, nothing was answered
     */
    public boolean reach(Predicate<Challenge> wanted, String competence, Instant now) {
        boolean untouched = !JSON.readTree(
                        program.get("/api/v1/me/competences/" + competence).body())
                .get("next")
                .get("started")
                .asBoolean();
        Optional<Route> route =
                untouched ? Route.to(wanted, learner, new CompetenceCode(competence), now) : Optional.empty();
        route.ifPresent(found -> found.answers().forEach(right -> answer(competence, right)));
        return route.isPresent();
    }

    /** @return competences without any answer, in the order of the framework; looked up one by one */
    public Stream<String> untouched() {
        return Frameworks.shipped().versions().getLast().competences().stream()
                .map(competence -> competence.code().value())
                .filter(this::isUntouched);
    }

    private boolean isUntouched(String competence) {
        return !JSON.readTree(
                        program.get("/api/v1/me/competences/" + competence).body())
                .get("next")
                .get("started")
                .asBoolean();
    }

    private void answer(String competence, boolean right) {
        Challenge challenge = due(competence).orElseThrow();
        HttpResponse<String> recorded = program.postJson(
                "/api/v1/evaluations/" + competence + "/answers",
                right ? Solver.json(challenge) : "{\"challenge\":\"" + challenge.id() + "\",\"skipped\":true}",
                "Idempotency-Key",
                CommandKey.draw().toString());
        assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
    }
}
