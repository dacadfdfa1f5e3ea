package fr.grandlivre.api.replay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.Repository;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.wiring.LiveProcessors;
import fr.grandlivre.api.wiring.ProcessorStates;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees and does. Leaves nothing put aside and every processor at work. */
@SeededTest
class OperationsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:ledger|http|disk|hikaricp|jvm|process|system)_[a-z_]+");
    private static final Pattern ENTRY = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    @Autowired
    DeadLetters letters;

    @Autowired
    LiveProcessors processors;

    @Autowired
    ProcessorStates states;

    private Visitor operator;
    private Visitor program;

    @BeforeEach
    void signIn() {
        operator = Visitor.signedIn(port, DemoLogins.of(application, Role.OPERATOR));
        program = Visitor.program(port, DemoLogins.of(application, Role.OPERATOR));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void what_was_put_aside_is_seen_everywhere_and_tried_again() {
        StoredEvent first = ledger.at(1).orElseThrow();
        letters.park("verification", first.stream(), 1, "IllegalStateException");

        String page = operator.get("/exploitation").body();
        assertThat(page)
                .contains("verification, position 1")
                .contains("Délivre les certificats des résultats publiés")
                .contains("IllegalStateException")
                .contains(first.stream().toString())
                .doesNotContain("??");
        assertThat(page).contains("◐ en marche, incomplète").contains("mis de côté : 1");
        assertThat(Visitor.anonymous(port).get("/etat").body())
                .contains("◐ fonctionnent en partie")
                .contains("Faits mis de côté, qui attendent l’exploitation : 1.");
        JsonNode parked = operations().get("parked").get(0);
        assertThat(parked.get("position").asLong()).isEqualTo(1);
        assertThat(operations().get("deadLetters").asLong()).isEqualTo(1);
        JsonNode health =
                JSON.readTree(program.get("/actuator/health/readiness").body());
        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/processors/details/views").asString()).isEqualTo("DEGRADED");

        HttpResponse<String> retried = operator.postForm(
                "/exploitation/reprise",
                Map.of("traitement", "verification", "flux", first.stream().toString()));
        assertThat(retried.statusCode()).isEqualTo(303);
        assertThat(operator.get("/exploitation").body()).contains("Rien n’attend plus dans ce flux");
        assertThat(letters.waiting()).isEmpty();
        assertThat(JSON.readTree(program.get("/actuator/health/readiness").body())
                        .at("/components/processors/details/views")
                        .asString())
                .isEqualTo("UP");
    }

    @Test
    void what_was_put_aside_is_let_go_with_a_reason() {
        StoredEvent first = ledger.at(1).orElseThrow();
        letters.park("campaign", first.stream(), 1, "IllegalStateException");
        String wish = "{\"processor\":\"campaign\",\"position\":1,\"reason\":\"%s\"}";

        assertThat(program.postJson("/api/v1/operations/skips", wish.formatted("because"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(letters.waiting()).isEqualTo(Map.of("campaign", 1L));
        assertThat(program.postJson("/api/v1/operations/skips", wish.formatted("mistake"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(letters.waiting()).isEmpty();
        assertThat(program.postJson("/api/v1/operations/skips", wish.formatted("mistake"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_processor_is_started_again_by_page_and_by_program() {
        assertThat(operator.postForm("/exploitation/relance", Map.of("traitement", "verification"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(operator.get("/exploitation").body()).contains("verification est relancée");
        assertThat(program.postJson("/api/v1/operations/restarts", "{\"processor\":\"session\"}")
                        .statusCode())
                .isEqualTo(204);
        await(this::allWork);
    }

    @Test
    void processors_that_were_stopped_start_again() {
        processors.stop();
        assertThat(processors.isRunning()).isFalse();
        await(() -> states.look().states().stream().noneMatch(ProcessorStates.State::works));
        assertThat(operator.get("/exploitation").body()).contains("✘ arrêtée");

        processors.start();

        await(this::allWork);
        assertThat(operations().get("processors")).allSatisfy(one -> {
            assertThat(one.get("state").asString()).isEqualTo("running");
            assertThat(one.get("failure").asString()).isEmpty();
        });
    }

    private boolean allWork() {
        return states.look().states().stream().allMatch(state -> state.works() && state.behind() == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restarts|{}|422",
                "restarts|{\"processor\":\"tables\"}|422",
                "restarts|[]|400",
                "retries|{\"processor\":\"profile\"}|422",
                "retries|{\"processor\":\"profile\",\"stream\":\"x\"}|422",
                "skips|{\"processor\":\"profile\",\"reason\":\"mistake\"}|422",
                "skips|{\"processor\":\"profile\",\"position\":\"1\",\"reason\":\"mistake\"}|422",
                "skips|{\"processor\":\"profile\",\"position\":-1,\"reason\":\"mistake\"}|404",
            })
    void bad_input_is_refused(String action, String body, int status) {
        HttpResponse<String> answer = program.postJson("/api/v1/operations/" + action, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void every_alert_rests_on_a_metric_that_is_there_and_has_its_entry_in_the_runbook() {
        String alerts = Repository.text(Repository.root().resolve("ops/dashboards/alerts.yml"));
        String runbook = Repository.text(Repository.root().resolve("ops/docs/runbook.md"));
        String documented = Repository.text(Repository.root().resolve("ops/docs/operations.md"));
        Set<String> exported = exported();

        Set<String> names = all(ALERT, alerts, 1);
        assertThat(names).hasSizeGreaterThan(15);
        assertThat(all(Pattern.compile("(?m)^## (\\w+)$"), runbook, 1)).isEqualTo(names);
        assertThat(names)
                .allSatisfy(name -> assertThat(alerts)
                        .contains("runbook: ops/docs/runbook.md#" + name.toLowerCase(java.util.Locale.ROOT) + "\n"));
        String expressions =
                alerts.lines().filter(line -> line.contains("expr:")).collect(Collectors.joining("\n"));
        assertThat(exported).containsAll(all(METRIC, expressions, 0));
        assertThat(all(METRIC, documented, 0))
                .allSatisfy(metric -> assertThat(exported).as(metric).anyMatch(name -> name.startsWith(metric)));
        assertThat(exported.stream().filter(name -> name.startsWith("ledger_")))
                .allSatisfy(name -> assertThat(documented).contains(name.replaceAll("_(count|sum|max|bucket)$", "")));
    }

    @Test
    void dashboards_show_metrics_that_are_there_and_every_one_of_the_ledger() {
        String runbook = Repository.text(Repository.root().resolve("ops/docs/runbook.md"));
        Set<String> shown = new TreeSet<>();
        for (String name : List.of("ledger", "nodes")) {
            JsonNode dashboard =
                    JSON.readTree(Repository.text(Repository.root().resolve("ops/dashboards/" + name + ".json")));
            dashboard.findValuesAsString("expr").forEach(expression -> shown.addAll(all(METRIC, expression, 0)));
            dashboard
                    .findValuesAsString("description")
                    .forEach(text -> all(ENTRY, text, 0)
                            .forEach(entry -> assertThat(runbook).contains("## " + entry + "\n")));
        }
        Set<String> exported = exported();
        assertThat(exported).containsAll(shown);
        assertThat(exported.stream().filter(name -> name.startsWith("ledger_")))
                .allSatisfy(name -> assertThat(shown)
                        .anyMatch(one -> one.startsWith(name.replaceAll("_(count|sum|max|bucket)$", ""))));
    }

    private Set<String> exported() {
        return program.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Set<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonNode operations() {
        HttpResponse<String> answer = program.get("/api/v1/operations");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
