package fr.grandlivre.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.OdsFile;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.identity.SignInQueries;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign from its opening to what the class needs, through the doors of the application. */
@GrandLivreTest
class CampaignJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final CompetenceCode ASKED = new CompetenceCode("4.2");
    private static final int MOST_ANSWERS = 60;

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    @Autowired
    Clock clock;

    private CertificationScene scene;
    private LocalDate today;
    private RosterPupil pupil;
    private Visitor teacher;
    private Visitor colleague;
    private Visitor learner;
    private Visitor program;

    @BeforeEach
    void aClassOfTilleuls() {
        scene = new CertificationScene(application);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        scene.school(DemoAccount.PORT, "Collège du Port");
        today = ParisDays.of(clock.instant());
        pupil = pupil("eleve-tilleuls-5e", DemoAccount.TILLEULS, "7C", "Zoé", "=Formule");
        pupil("eleve-tilleuls-3e", DemoAccount.TILLEULS, "7C", "Bob", "Petit");
        pupil("eleve-port-3e", DemoAccount.PORT, "7P", "Eve", "Grand");
        teacher = Visitor.signedIn(port, account("professeur-tilleuls"));
        colleague = Visitor.program(port, account("professeur-tilleuls"));
        learner = Visitor.signedIn(port, account("eleve-tilleuls-5e"));
        program = Visitor.program(port, account("eleve-tilleuls-5e"));
    }

    private RosterPupil pupil(String login, Uai uai, String division, String firstName, String lastName) {
        LearnerId id = new LearnerId(DemoAccount.accountOf(login).value());
        return scene.pupil(uai, id, division, firstName, lastName);
    }

    private DemoAccount account(String login) {
        return DemoLogins.of(application).stream()
                .filter(account -> account.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> post(Visitor visitor, String path, String body) {
        return visitor.postJson(path, body, CommandKey.HEADER, CommandKey.draw().toString());
    }

    private JsonNode read(Visitor visitor, String path) {
        HttpResponse<String> answer = visitor.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String plan(LocalDate opens, LocalDate closes, String audience) {
        return """
            {"title":"Essai","audience":["%s"],"competences":["%s"],"opensOn":"%s","closesOn":"%s"}\
            """.formatted(audience, ASKED, opens, closes);
    }

    private JsonNode open(LocalDate opens, LocalDate closes, String audience) {
        HttpResponse<String> opened = post(colleague, "/api/v1/campaigns", plan(opens, closes, audience));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        long position = JSON.readTree(opened.body()).get("position").asLong();
        JsonNode list = read(colleague, "/api/v1/campaigns?atLeast=" + position);
        return list.get("items").get(0);
    }

    private Map<String, String> command() {
        return Map.of(CommandKey.FIELD, CommandKey.draw().toString());
    }

    /** Answers as a program does, right ones, until nothing is left. */
    private void answerAll(String code) {
        for (int answers = 0; answers < MOST_ANSWERS; answers++) {
            JsonNode standing = read(program, "/api/v1/participations/" + code);
            if (!standing.has("competence")) {
                return;
            }
            String participation = standing.get("participation").asString();
            String path = "/api/v1/evaluations/" + standing.get("competence").asString();
            JsonNode next = read(program, path + "/next?participation=" + participation);
            Challenge due = Frameworks.shipped().versions().getLast().challenges().stream()
                    .filter(challenge ->
                            challenge.id().value().equals(next.get("challenge").asString()))
                    .findFirst()
                    .orElseThrow();
            HttpResponse<String> answered = post(
                    program,
                    path + "/answers",
                    "{\"challenge\":\"%s\",\"skipped\":true,\"participation\":\"%s\"}"
                            .formatted(due.id(), participation));
            assertThat(answered.statusCode()).as(answered.body()).isEqualTo(201);
        }
        throw new AssertionError("the campaign never ends");
    }

    @Test
    void a_class_is_asked_a_pupil_sends_results_and_the_teacher_sees_them_and_nothing_else() {
        JsonNode campaign = open(today, today.plusWeeks(2), "3e");
        String code = campaign.get("code").asString();
        String typed = code.toLowerCase(Locale.ROOT).replaceAll("(...)(?=.)", "$1 ");

        HttpResponse<String> found = learner.postForm("/parcours", Map.of("code", typed));
        assertThat(found.statusCode()).isEqualTo(303);
        assertThat(learner.get("/parcours/" + code).body())
                .contains("Commencer le parcours", "Ce que verra le professeur", "Collège des Tilleuls");
        assertThat(learner.postForm("/parcours/" + code + "/participations", command())
                        .statusCode())
                .isEqualTo(303);
        assertThat(learner.follow("/parcours/" + code + "/suite").body()).contains("Essai");
        HttpResponse<String> early = learner.postForm("/parcours/" + code + "/envoi", command());
        assertThat(early.statusCode()).isIn(409, 303);
        answerAll(code);

        String before = classResults(0).toString();
        assertThat(learner.get("/parcours/" + code).body()).contains("Envoyer mes résultats");
        long shared = JSON.readTree(post(program, "/api/v1/participations/" + code + "/sharing", "")
                        .body())
                .get("position")
                .asLong();
        assertThat(learner.get("/parcours/" + code).body()).contains("Envoyés le", "Nouvel essai possible");
        JsonNode results = classResults(shared);
        assertThat(results.toString()).isNotEqualTo(before);
        assertThat(level(results)).isNotNull();
        assertThat(post(program, "/api/v1/participations/" + code, "").body())
                .contains("too-early-to-retry", "\"from\"");

        // What is answered afterwards stays with the learner.
        String frozen = pupilRow(results).toString();
        assertThat(post(program, "/api/v1/evaluations/" + ASKED + "/resets", "").statusCode())
                .isEqualTo(409);
        scene.awaitViews();
        assertThat(pupilRow(classResults(ledger.head()))).hasToString(frozen);

        String board = teacher.get("/campagnes/" + campaign.get("campaign").asString() + "?atLeast=" + shared)
                .body();
        assertThat(board).contains("Résultats envoyés", ">1</strong>", "=Formule");
        String campaignPage = "/campagnes/" + campaign.get("campaign").asString();
        long recorded = ledger.head();
        assertThat(teacher.get(campaignPage + "/etat").body()).contains("=Formule");
        assertThat(ledger.head())
                .as("a refresh belongs to the page view that was recorded")
                .isEqualTo(recorded);
        handOuts(campaignPage);
        classPage(results);
    }

    /** The head prints for families and teachers; whose names leave is recorded, a class of others is absent. */
    private void handOuts(String campaignPage) {
        Visitor head = Visitor.signedIn(port, account("principale-tilleuls"));
        assertThat(head.get(campaignPage).body()).contains("/feuilles");
        assertThat(teacher.get(campaignPage).body()).doesNotContain("/feuilles");
        assertThat(head.get(campaignPage + "/feuilles").body()).contains("Feuilles des familles, " + pupil.division());
        String list = campaignPage + "/feuilles/professeurs.pdf";
        long before = ledger.head();
        assertThat(head.get(list + "?division=" + pupil.division()).body()).startsWith("%PDF-");
        assertThat(head.get(list + "?division=ZZ").statusCode()).isEqualTo(404);
        assertThat(head.get(list).statusCode()).isEqualTo(400);
        assertThat(ledger.head()).isEqualTo(before + 1);

        // A pupil who has only the school's sign-in gets a code; the same form prints the same one.
        assertThat(head.get("/classes/" + pupil.division()).body()).contains(campaignPage + "/feuilles");
        SignInQueries signIns = application.getBean(SignInQueries.class);
        AccountId account = new AccountId(pupil.learner().value());
        String sheets = campaignPage + "/feuilles/familles.pdf";
        Map<String, String> form = new HashMap<>(Map.of(
                CommandKey.FIELD,
                CommandKey.draw().toString(),
                "division",
                pupil.division().value()));
        assertThat(head.postForm(sheets, form).body()).startsWith("%PDF-");
        String printed = signIns.code(account).orElseThrow().codeMac();
        assertThat(head.postForm(sheets, form).body()).startsWith("%PDF-");
        assertThat(signIns.code(account).orElseThrow().codeMac()).isEqualTo(printed);
        form.put(CommandKey.FIELD, CommandKey.draw().toString());
        assertThat(head.postForm(sheets, form).body()).startsWith("%PDF-");
        assertThat(signIns.code(account).orElseThrow().codeMac()).isNotEqualTo(printed);
        long afterwards = ledger.head();
        form.put("division", "ZZ");
        assertThat(head.postForm(sheets, form).statusCode()).isEqualTo(404);
        form.remove("division");
        assertThat(head.postForm(sheets, form).statusCode()).isEqualTo(400);
        assertThat(ledger.head()).isEqualTo(afterwards);
    }

    private JsonNode classResults(long atLeast) {
        return read(
                colleague,
                "/api/v1/schools/%s/divisions/%s/results?atLeast=%d"
                        .formatted(DemoAccount.TILLEULS, pupil.division(), atLeast));
    }

    private JsonNode pupilRow(JsonNode results) {
        return StreamSupport.stream(results.get("pupils").spliterator(), false)
                .filter(row ->
                        row.get("learner").asString().equals(pupil.learner().toString()))
                .findFirst()
                .orElseThrow();
    }

    private Integer level(JsonNode results) {
        JsonNode level = pupilRow(results).get("levels").get(ASKED.value());
        return level == null ? null : level.asInt();
    }

    /** Page, file and interface say the same; the board says it without names. */
    private void classPage(JsonNode results) {
        String path = "/classes/" + pupil.division();
        String page = teacher.get(path).body();
        assertThat(page).contains("Carte de la classe", "aria-sort=\"ascending\"", "non mesuré", "Seuls comptent");
        String anonymous = teacher.get(path + "?vue=anonyme").body();
        String name = String.valueOf(pupil.lastName());
        assertThat(page).contains(name);
        assertThat(anonymous).doesNotContain(name, pupil.learner().toString(), String.valueOf(pupil.firstName()));
        assertThat(anonymous).contains("Élève 1");
        assertThat(teacher.get(path + "?tri=4.2&sens=desc&domaine=4&depuis=" + today)
                        .body())
                .contains("aria-sort=\"descending\"", "Comparaison avec")
                .doesNotContain("tri=1.1");

        String file = teacher.get(path + "/resultats.csv").body();
        assertThat(file).startsWith("\uFEFFNom;Prénom;1.1;").contains("\r\n");
        List<List<String>> rows = new ArrayList<>();
        file.substring(1).lines().skip(1).forEach(line -> rows.add(List.of(line.split(";", -1))));
        List<List<String>> sheet = OdsFile.rows(
                        teacher.download(path + "/resultats.ods").body())
                .stream()
                .skip(1)
                .map(row -> row.stream().map(CsvFile::typed).toList())
                .toList();
        assertThat(sheet).isEqualTo(rows);
        JsonNode pupils = results.get("pupils");
        assertThat(rows).hasSize(pupils.size());
        for (int row = 0; row < rows.size(); row++) {
            JsonNode expected = pupils.get(row);
            List<String> cells = rows.get(row);
            assertThat(cells.getFirst())
                    .isEqualTo(CsvFile.typed(expected.get("lastName").asString()));
            for (int column = 0; column < 16; column++) {
                String competence = Frameworks.shipped().versions().getLast().competences().stream()
                        .map(each -> each.code().value())
                        .sorted()
                        .toList()
                        .get(column);
                JsonNode level = expected.get("levels").get(competence);
                assertThat(cells.get(2 + column)).isEqualTo(level == null ? "-" : level.asString());
            }
        }
        String one = teacher.get(path + "/eleves/" + pupil.learner()).body();
        assertThat(one).contains("Dernier niveau envoyé", "Essai", "non partagé");
        Visitor elsewhere = Visitor.signedIn(port, account("professeur-port"));
        assertThat(elsewhere.get(path).statusCode()).isEqualTo(404);
        assertThat(elsewhere.get(path + "/eleves/" + pupil.learner()).statusCode())
                .isEqualTo(404);
        assertThat(elsewhere.get("/classes/7P/eleves/" + pupil.learner()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_campaign_that_is_not_open_closed_unknown_or_for_others_says_so_in_four_sentences() {
        String later =
                open(today.plusDays(3), today.plusDays(5), "3e").get("code").asString();
        assertThat(learner.get("/parcours/" + later).body()).contains("Ce parcours ouvre le");
        assertThat(post(program, "/api/v1/participations/" + later, "").body()).contains("not-open-yet", "opensAt");

        JsonNode open = open(today, today.plusDays(5), "3e");
        assertThat(post(
                                colleague,
                                "/api/v1/campaigns/" + open.get("campaign").asString() + "/closure",
                                "{\"reason\":\"mistake\"}")
                        .statusCode())
                .isEqualTo(200);
        String closed = open.get("code").asString();
        assertThat(learner.get("/parcours/" + closed).body()).contains("Ce parcours est terminé depuis le");
        assertThat(post(program, "/api/v1/participations/" + closed, "").body())
                .contains("campaign-closed", "closesAt");

        String others = open(today, today.plusDays(5), "6e").get("code").asString();
        assertThat(learner.get("/parcours/" + others).body())
                .contains("destiné à d’autres élèves")
                .doesNotContain("Essai");

        HttpResponse<String> unknown = learner.postForm("/parcours", Map.of("code", "hello"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("Aucun parcours n’a ce code");
    }

    @Test
    void what_a_teacher_types_wrongly_is_said_beside_the_field_and_changes_nothing() {
        long head = ledger.head();
        HttpResponse<String> empty = teacher.postForm("/campagnes", command());
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("href=\"#title\"", "href=\"#opensOn\"");
        HttpResponse<String> inverted = teacher.postForm(
                "/campagnes",
                Map.of(
                        CommandKey.FIELD,
                        CommandKey.draw().toString(),
                        "titre",
                        "À l’envers",
                        "annee",
                        "3e",
                        "competence",
                        "1.1",
                        "ouverture",
                        today.toString(),
                        "fermeture",
                        today.minusDays(1).toString()));
        assertThat(inverted.statusCode()).isEqualTo(422);
        assertThat(inverted.body()).contains("la fermeture précède l’ouverture", "À l’envers");
        HttpResponse<String> endless = teacher.postForm(
                "/campagnes",
                Map.of(
                        CommandKey.FIELD,
                        CommandKey.draw().toString(),
                        "titre",
                        "Sans fin",
                        "annee",
                        "3e",
                        "competence",
                        "1.1",
                        "ouverture",
                        today.toString(),
                        "fermeture",
                        "9999-12-31"));
        assertThat(endless.statusCode()).isEqualTo(422);
        assertThat(endless.body()).contains("href=\"#closesOn\"", "une campagne dure un an au plus");
        for (String body : List.of(
                "{}",
                plan(today, LocalDate.of(9999, 12, 31), "3e"),
                plan(LocalDate.of(9999, 1, 1), LocalDate.of(9999, 12, 31), "3e"),
                "{\"title\":\"x\",\"audience\":[\"CM2\"],\"competences\":[\"1.1\"],\"opensOn\":\"2022-02-30\","
                        + "\"closesOn\":\"2022-03-01\"}",
                plan(today, today.plusDays(1), "3e").replace("4.2", "9.9"),
                plan(today, today.plusDays(1), "3e").replace("[\"4.2\"]", "[]"))) {
            HttpResponse<String> refused = post(colleague, "/api/v1/campaigns", body);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        }
        assertThat(ledger.head()).isEqualTo(head);
        assertThat(teacher.get("/campagnes/nouvelle?modele=2").body()).contains("Parcours de rentrée 3e", "checked");
        assertThat(teacher.get("/campagnes/nouvelle?sujet=sourceTrust&annees=3e")
                        .body())
                .contains("value=\"sourceTrust\" checked");
    }
}
