package fr.grandlivre.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.wiring.DemoClock;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pages of an evaluation do when something is in the way. */
@GrandLivreTest
class EvaluationPagesTest {
    private static final JsonMapper JSON = new JsonMapper();
    /** From the last one on, and none of the first: other tests of this ledger begin there. */
    private static final List<String> COMPETENCES = Frameworks.shipped().versions().getLast().competences().stream()
            .map(competence -> competence.code().value())
            .filter(code -> code.compareTo("3") > 0)
            .toList()
            .reversed();

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    @Autowired
    Clock clock;

    @Autowired
    JdbcConnectionDetails database;

    private Answering answering;
    private Visitor program;
    private Visitor pages;

    @BeforeEach
    void signIn() {
        DemoAccount learner = DemoLogins.of(application).stream()
                .filter(account -> account.login().equals("eleve-port-3e"))
                .findFirst()
                .orElseThrow();
        program = Visitor.program(port, learner);
        pages = Visitor.signedIn(port, learner);
        answering = new Answering(program, new LearnerId(learner.account().value()));
    }

    /** A due challenge and where it is asked. */
    private record Due(String competence, Challenge challenge) {
        String page() {
            return "/moi/competences/" + competence + "/epreuve";
        }

        String path() {
            return "/api/v1/evaluations/" + competence + "/answers";
        }
    }

    /** Answers, right or not at all, until the wanted sort of challenge is due somewhere. */
    private Due due(Predicate<Challenge> wanted) {
        for (String competence : COMPETENCES) {
            Optional<Challenge> due = answering.due(competence).filter(wanted);
            if (due.isPresent()) {
                return new Due(competence, due.get());
            }
        }
        for (String competence : COMPETENCES) {
            if (answering.reach(wanted, competence, clock.instant())) {
                return new Due(competence, answering.due(competence).orElseThrow());
            }
        }
        throw new AssertionError("no such challenge is left");
    }

    private static Map<String, String> form(Due due, String commandId, String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("commandId", commandId);
        form.put("challenge", due.challenge().id().value());
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private JsonNode feedback(Due due, String commandId) {
        return JSON.readTree(program.get(due.path() + "/" + commandId).body());
    }

    private static boolean isText(Challenge challenge) {
        return challenge instanceof Qroc && !challenge.isTimed();
    }

    @Test
    void what_was_typed_stays_when_the_answer_does_not_fit() {
        Due due = due(EvaluationPagesTest::isText);
        long head = ledger.head();
        String key = CommandKey.draw().toString();
        String typed = "é".repeat(501);
        HttpResponse<String> back = pages.postForm(due.page(), form(due, key, "champ", typed));
        assertThat(back.statusCode()).isEqualTo(422);
        assertThat(back.body()).contains("Le texte est trop long", typed, "value=\"" + key + "\"");
        HttpResponse<String> other = pages.postForm(due.page(), form(due, key, "choix", "0"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("n’a pas la forme attendue");
        assertThat(ledger.head()).isEqualTo(head);
    }

    @Test
    void a_text_of_a_million_signs_is_refused_and_changes_nothing() {
        Due due = due(EvaluationPagesTest::isText);
        long head = ledger.head();
        HttpResponse<String> refused =
                pages.postForm(due.page(), form(due, CommandKey.draw().toString(), "champ", "a".repeat(1_000_000)));
        assertThat(refused.statusCode()).isBetween(400, 422);
        assertThat(ledger.head()).isEqualTo(head);
    }

    @Test
    void a_choice_out_of_range_keeps_the_question_and_the_key() {
        Due due = due(challenge -> challenge instanceof Qcu && !challenge.isTimed());
        long head = ledger.head();
        String key = CommandKey.draw().toString();
        HttpResponse<String> back = pages.postForm(due.page(), form(due, key, "choix", "99"));
        assertThat(back.statusCode()).isEqualTo(422);
        assertThat(back.body()).contains("n’a pas la forme attendue", "value=\"" + key + "\"");
        HttpResponse<String> nothing = pages.postForm(due.page(), form(due, key));
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body()).contains("Aucune réponse n’est donnée");
        assertThat(ledger.head()).isEqualTo(head);
    }

    @Test
    void a_ledger_that_does_not_answer_loses_no_text_and_counts_nothing_twice() throws Exception {
        Due due = due(EvaluationPagesTest::isText);
        String key = CommandKey.draw().toString();
        String typed = "réponse pendant la panne";
        try (Connection owner = DriverManager.getConnection(ownerUrl());
                Statement lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("SELECT 1 FROM ledger.ledger_head FOR UPDATE");
            HttpResponse<String> notYet = pages.postForm(due.page(), form(due, key, "champ", typed));
            assertThat(notYet.statusCode()).isEqualTo(503);
            assertThat(notYet.body())
                    .contains("La réponse n’est pas encore enregistrée", typed, "value=\"" + key + "\"")
                    .doesNotContain("✔");
            owner.rollback();
        }
        long before = ledger.head();
        HttpResponse<String> done = pages.postForm(due.page(), form(due, key, "champ", typed));
        assertThat(done.statusCode()).isEqualTo(303);
        HttpResponse<String> again = pages.postForm(due.page(), form(due, key, "champ", typed));
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(done.headers().firstValue("Location"));
        assertThat(feedback(due, key).get("given").get(0).get("text").asString())
                .isEqualTo(typed);
        assertThat(ledger.head() - before).isBetween(0L, 2L);
    }

    private String ownerUrl() {
        return database.getJdbcUrl().replaceFirst("user=[^&]*", "user=postgres");
    }

    @Test
    void an_answer_after_its_time_is_recorded_as_late_whatever_it_says() {
        Due due = due(Challenge::isTimed);
        HttpResponse<String> started = pages.postForm(
                "/moi/competences/" + due.competence() + "/chronometre",
                form(due, CommandKey.draw().toString()));
        assertThat(started.statusCode()).isEqualTo(303);
        assertThat(pages.get(due.page()).body()).contains("À valider avant");
        ((DemoClock) clock)
                .move(clock.instant()
                        .plus(due.challenge().timer().orElseThrow())
                        .plusMillis(1));
        String key = CommandKey.draw().toString();
        HttpResponse<String> late = program.postJson(due.path(), Solver.json(due.challenge()), "Idempotency-Key", key);
        assertThat(late.statusCode()).as(late.body()).isEqualTo(201);
        assertThat(feedback(due, key).get("outcome").asString()).isEqualTo("timed-out");
        assertThat(pages.get("/moi/competences/" + due.competence() + "/reponses/" + key)
                        .body())
                .contains("⌛ Temps écoulé", "La réponse est arrivée après la fin du temps.");
    }

    @Test
    void leaving_the_page_is_flagged_on_the_answer_and_changes_nothing_else() {
        Due due = due(challenge -> challenge.focus() && !challenge.isTimed());
        assertThat(pages.get(due.page()).body()).contains("Rester sur cette page pendant la question");
        String key = CommandKey.draw().toString();
        HttpResponse<String> skipped = pages.postForm(due.page(), form(due, key, "passer", "1", "sortie", "true"));
        assertThat(skipped.statusCode()).isEqualTo(303);
        assertThat(feedback(due, key).get("focusedOut").asBoolean()).isTrue();
        assertThat(pages.get("/moi/competences/" + due.competence() + "/reponses/" + key)
                        .body())
                .contains("La page a été quittée pendant la question");
        assertThat(pages.get("/moi/competences/" + due.competence()).body())
                .contains("La page a été quittée pendant la question.");
    }

    @Test
    void an_improvement_and_a_reset_that_come_too_early_say_from_when() {
        Due due = due(challenge -> !challenge.isTimed());
        HttpResponse<String> answered =
                pages.postForm(due.page(), form(due, CommandKey.draw().toString(), "passer", "1"));
        assertThat(answered.statusCode()).isEqualTo(303);
        JsonNode next = JSON.readTree(program.get("/api/v1/me/competences/" + due.competence())
                        .body())
                .get("next");
        long head = ledger.head();
        String competence = "/moi/competences/" + due.competence();

        HttpResponse<String> improve = pages.postForm(
                competence + "/amelioration",
                Map.of("commandId", CommandKey.draw().toString()));
        assertThat(improve.statusCode()).isEqualTo(409);
        assertThat(improve.body())
                .contains("L’amélioration sera possible à partir du", inWords(next.get("improveFrom")));

        HttpResponse<String> reset = pages.postForm(
                competence + "/remise-a-zero",
                Map.of("commandId", CommandKey.draw().toString()));
        assertThat(reset.statusCode()).isEqualTo(409);
        assertThat(reset.body()).contains("La remise à zéro est possible à partir du", inWords(next.get("resetFrom")));
        assertThat(pages.get(competence + "/remise-a-zero").body()).doesNotContain("<button>Remettre à zéro");
        assertThat(ledger.head()).isEqualTo(head);
    }

    /** The day as French pages write it: 20 mai 2022. */
    private static String inWords(JsonNode instant) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH)
                .format(Instant.parse(instant.asString()).atZone(DemoClock.PARIS));
    }
}
