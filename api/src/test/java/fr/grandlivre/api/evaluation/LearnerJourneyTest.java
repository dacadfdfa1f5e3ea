package fr.grandlivre.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the first question to a level, through the doors of the application. */
@GrandLivreTest
class LearnerJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Value("${server.port}")
    int port;

    @Autowired
    WebApplicationContext application;

    @Autowired
    LedgerReader ledger;

    @Autowired
    Clock clock;

    private Visitor program;
    private Visitor person;

    @BeforeEach
    void signIn() {
        DemoAccount learner = account("eleve-port-3e");
        program = Visitor.program(port, learner);
        person = Visitor.signedIn(port, learner);
    }

    private DemoAccount account(String login) {
        return DemoLogins.of(application).stream()
                .filter(account -> account.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = program.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String body) {
        return program.postJson(path, body, "Idempotency-Key", CommandKey.draw().toString());
    }

    /** Answers the due challenge, starting its clock first when it has one. */
    private long answer(String competence) {
        JsonNode next = read("/api/v1/evaluations/" + competence + "/next");
        Challenge due = Solver.challenge(next.get("challenge").asString());
        if (due.isTimed()) {
            assertThat(next.has("question")).isFalse();
            assertThat(post("/api/v1/evaluations/" + competence + "/timers", "{\"challenge\":\"" + due.id() + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        HttpResponse<String> recorded = post("/api/v1/evaluations/" + competence + "/answers", Solver.json(due));
        assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
        return JSON.readTree(recorded.body()).get("position").asLong();
    }

    private static JsonNode row(JsonNode profile, String code) {
        return StreamSupport.stream(profile.get("competences").spliterator(), false)
                .filter(row -> row.get("code").asString().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** @return code of a competence in which the learner has no answer yet */
    private String untouched() {
        return StreamSupport.stream(
                        read("/api/v1/me/profile").get("competences").spliterator(), false)
                .filter(row -> row.get("answers").asInt() == 0)
                .findFirst()
                .orElseThrow()
                .get("code")
                .asString();
    }

    @Test
    void a_learner_answers_from_zero_to_a_level_and_sees_it_at_once() {
        String code = untouched();
        long before = ledger.head();
        long position = before;
        int level = 0;
        int answers = 0;
        while (level < 1) {
            position = answer(code);
            answers++;
            level = row(seen(code, answers), code).get("level").asInt();
            assertThat(answers).isLessThan(15);
        }

        HttpResponse<String> page = person.get("/moi?atLeast=" + position);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("novice", "Prochaine étape", "Profil d’aujourd’hui");
        assertThat(page.headers()
                        .firstValue("Ledger-Position")
                        .map(Long::parseLong)
                        .orElseThrow())
                .isGreaterThanOrEqualTo(position);

        JsonNode past = read("/api/v1/me/profile?asOf=" + before);
        assertThat(row(past, code).get("level").asInt()).isZero();
        assertThat(row(past, code).get("answers").asInt()).isZero();
        HttpResponse<String> asOf = program.get("/api/v1/me/profile?asOf=" + before);
        assertThat(asOf.headers().firstValue("Ledger-Position")).hasValue(Long.toString(before));
        assertThat(asOf.headers().firstValue("Ledger-As-Of")).isPresent();

        explained(code);
        sameOnPage(page.body());
        changed(before, code, answers);
        unchangedForWhoHasIt(code);
    }

    /** Asks again and again until the profile shows the answer: no program waits longer than this. */
    private JsonNode seen(String code, int answers) {
        long acknowledged = System.nanoTime();
        long deadline = acknowledged + PATIENCE.toNanos();
        while (true) {
            JsonNode profile = read("/api/v1/me/profile");
            if (row(profile, code).get("answers").asInt() == answers) {
                System.out.printf(
                        Locale.ROOT,
                        "a new answer is on the profile %.0f ms after its acknowledgement%n",
                        (System.nanoTime() - acknowledged) / 1e6);
                return profile;
            }
            assertThat(System.nanoTime()).as("the view never shows the answer").isLessThan(deadline);
        }
    }

    private void sameOnPage(String page) {
        JsonNode profile = read("/api/v1/me/profile");
        JsonNode step = profile.get("nextStep");
        assertThat(page)
                .contains(
                        "Encore " + step.get("missing").asInt() + " pix pour le niveau "
                                + step.get("level").asInt() + ".",
                        "/moi/competences/" + step.get("competence").asString(),
                        profile.get("totalPix").asInt() + " pix sur 640");
        for (JsonNode row : profile.get("competences")) {
            assertThat(page)
                    .contains("Niveau " + row.get("level").asInt() + " sur 5, "
                            + row.get("pix").asInt() + " pix");
        }
    }

    private void changed(long before, String code, int answers) {
        JsonNode then = read("/api/v1/me/profile?asOf=" + before);
        JsonNode now = read("/api/v1/me/profile");
        JsonNode changes = read("/api/v1/me/profile/changes?depuis=2021-08-31");
        assertThat(changes.get("after").get("totalPix")).isEqualTo(now.get("totalPix"));
        assertThat(changes.get("before").get("totalPix").asInt()).isZero();
        assertThat(changes.get("pixGained").asInt())
                .isEqualTo(now.get("totalPix").asInt())
                .isGreaterThan(then.get("totalPix").asInt());
        JsonNode change = row(changes, code);
        assertThat(change.get("levelBefore").asInt()).isZero();
        assertThat(change.get("levelAfter")).isEqualTo(row(now, code).get("level"));
        assertThat(change.get("pixAfter")).isEqualTo(row(now, code).get("pix"));
        assertThat(change.get("answers").asInt()).isEqualTo(answers);

        String page = person.get("/moi?depuis=2021-08-31").body();
        assertThat(page)
                .contains(
                        "Ce qui a changé",
                        "+" + changes.get("pixGained").asInt() + " pix",
                        "Du niveau 0 au niveau " + change.get("levelAfter").asInt() + ".",
                        "+" + change.get("pixAfter").asInt() + " pix",
                        "Réponses : " + answers + ".");
        assertThat(changes.get("competences"))
                .allSatisfy(row -> assertThat(page)
                        .contains("/moi/competences/" + row.get("code").asString()));
        assertThat(person.get("/moi?depuis=2020-01-01&au=2020-02-01").body()).contains("Rien n’a changé");
        assertThat(read("/api/v1/me/profile/changes?depuis=2020-01-01&au=2020-02-01")
                        .get("competences"))
                .isEmpty();
        assertThat(program.get("/api/v1/me/profile/changes?depuis=2021-02-01&au=2020-02-01")
                        .body())
                .contains("dates.inverted", "/depuis");
        HttpResponse<String> inverted = person.get("/moi?depuis=2021-02-01&au=2020-02-01");
        assertThat(inverted.statusCode()).isEqualTo(422);
        assertThat(inverted.body()).contains("La première date vient après la seconde.", "value=\"2021-02-01\"");
        assertThat(program.get("/api/v1/me/profile/changes?depuis=2050-02-01").body())
                .contains("date-in-future");
    }

    private void unchangedForWhoHasIt(String code) {
        HttpResponse<String> beyond = program.get("/api/v1/me/profile?atLeast=" + (Long.MAX_VALUE - 1));
        assertThat(beyond.statusCode()).isEqualTo(422);
        assertThat(beyond.body()).contains("/atLeast").contains("position.beyond-head");
        for (String path : List.of("/api/v1/me/profile", "/api/v1/me/competences/" + code)) {
            String tag = program.get(path).headers().firstValue("ETag").orElseThrow();
            assertThat(tag).startsWith("\"").endsWith("\"");
            HttpResponse<String> same = program.get(path, "If-None-Match", tag);
            assertThat(same.statusCode()).as(path).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.headers().firstValue("ETag")).hasValue(tag);
            long position = answer(code);
            program.get("/api/v1/me/profile?atLeast=" + position);
            HttpResponse<String> other = program.get(path, "If-None-Match", tag);
            assertThat(other.statusCode()).as(path).isEqualTo(200);
            assertThat(other.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);
        }
        String english = program.get("/api/v1/me/competences/" + code, "Accept-Language", "en")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertThat(program.get("/api/v1/me/competences/" + code, "Accept-Language", "fr", "If-None-Match", english)
                        .statusCode())
                .isEqualTo(200);
        String framework = program.get("/api/v1/framework?version=2019")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertThat(program.get("/api/v1/framework?version=2019", "If-None-Match", framework)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void whoever_has_never_answered_is_invited_to_begin() throws Exception {
        var newcomer = new OidcIdToken(
                "token",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                Map.of(
                        "sub", "newcomer",
                        "account", UUID.randomUUID().toString(),
                        "roles", List.of("learner")));
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(new DefaultOidcUser(List.of(), newcomer), ""));
        try {
            MockMvcBuilders.webAppContextSetup(application)
                    .build()
                    .perform(get("/moi").locale(Locale.FRENCH))
                    .andExpect(status().isOk())
                    .andExpect(content()
                            .string(allOf(
                                    containsString("Le profil commence avec la première réponse"),
                                    containsString("Commencer par la compétence 1.1"),
                                    not(containsString("class=\"levels\"")))));
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private void explained(String competence) {
        JsonNode why = read("/api/v1/me/competences/" + competence);
        Fraction sum = StreamSupport.stream(why.get("counted").spliterator(), false)
                .map(counted -> Fraction.parse(counted.get("contribution").asString()))
                .reduce(Fraction.ZERO, Fraction::plus);
        assertThat(sum).hasToString(why.get("sum").asString());
        JsonNode shown = row(read("/api/v1/me/profile"), competence);
        assertThat(shown.get("pix").asInt()).isEqualTo((int) sum.floor());
        assertThat(shown.get("level").asInt()).isEqualTo((int) sum.floor() / 8);
        String page = person.get("/moi/competences/" + competence).body();
        assertThat(page)
                .contains(
                        "Réponses qui comptent",
                        "Somme exacte : " + why.get("sum").asString());
    }

    @Test
    void a_day_before_the_first_event_shows_nothing_and_a_future_day_is_refused_in_words() {
        answer(untouched());
        HttpResponse<String> past = person.get("/moi?au=2019-10-01");
        assertThat(past.statusCode()).isEqualTo(200);
        assertThat(past.body())
                .contains("Profil au 1er octobre 2019, 16 compétences", "aucune réponse n’était encore enregistrée");
        LocalDate tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Paris")).plusDays(1);
        HttpResponse<String> future = person.get("/moi?au=" + tomorrow);
        assertThat(future.statusCode()).isEqualTo(422);
        assertThat(future.body()).contains("Cette date est dans le futur");
        assertThat(program.get("/api/v1/me/profile?au=" + tomorrow).body()).contains("date-in-future");
        assertThat(program.get("/api/v1/me/profile?au=2021-02-30").body()).contains("date.impossible");
        assertThat(program.get("/api/v1/me/profile?au=2021-02-01&asOf=1").statusCode())
                .isEqualTo(400);
        assertThat(program.get("/api/v1/me/profile?asOf=" + (ledger.head() + 1_000))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_question_is_answered_by_pages_without_a_script() {
        Visitor pages = Visitor.signedIn(port, account("eleve-tilleuls-5e"));
        HttpResponse<String> first = pages.get("/moi/competences/3.4/epreuve");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(pages.get("/moi/competences/3.4/epreuve").body()).contains(hidden(first.body(), "challenge"));
        Map<String, String> form = Map.of(
                "commandId", hidden(first.body(), "commandId"),
                "challenge", hidden(first.body(), "challenge"),
                "passer", "1");
        HttpResponse<String> skipped = pages.postForm("/moi/competences/3.4/epreuve", form);
        assertThat(skipped.statusCode()).as(skipped.body()).isEqualTo(303);
        HttpResponse<String> again = pages.postForm("/moi/competences/3.4/epreuve", form);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(skipped.headers().firstValue("Location"));

        String feedback = pages.get(path(skipped)).body();
        assertThat(feedback).contains("Question passée", "Réponse attendue", "Tutoriels pour comprendre");
        String tutorial = feedback.replaceFirst("(?s).*action=\"/moi/tutoriels/([A-Za-z]+)\".*", "$1");
        HttpResponse<String> saved = pages.postForm(
                "/moi/tutoriels/" + tutorial,
                Map.of("commandId", CommandKey.draw().toString(), "marque", "enregistre", "oui", "true"));
        assertThat(saved.headers().firstValue("Location").orElseThrow()).endsWith("/moi/tutoriels");
        assertThat(pages.get("/moi/tutoriels").body()).contains("/moi/tutoriels/" + tutorial);
        assertThat(pages.get("/moi/tutoriels/" + tutorial).statusCode()).isEqualTo(200);
        assertThat(pages.get("/moi/historique").body()).contains("Tutoriel enregistré", "Passé");
    }

    @Test
    void another_tab_s_answer_is_met_with_words() {
        Visitor pages = Visitor.signedIn(port, account("eleve-port-3e"));
        String question = pages.get("/moi/competences/2.4/epreuve").body();
        String challenge = hidden(question, "challenge");
        assertThat(skip(pages, challenge).statusCode()).isEqualTo(303);
        HttpResponse<String> late = skip(pages, challenge);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Cette question a déjà une réponse", "Continuer");
    }

    private static HttpResponse<String> skip(Visitor pages, String challenge) {
        return pages.postForm(
                "/moi/competences/2.4/epreuve",
                Map.of("commandId", CommandKey.draw().toString(), "challenge", challenge, "passer", "1"));
    }

    private static String path(HttpResponse<String> redirect) {
        return redirect.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    private static String hidden(String page, String name) {
        assertThat(page).contains("name=\"" + name + "\"");
        return page.replaceFirst("(?s).*name=\"" + name + "\" value=\"([^\"]+)\".*", "$1");
    }
}
