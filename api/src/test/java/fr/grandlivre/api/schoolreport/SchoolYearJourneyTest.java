package fr.grandlivre.api.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.Claims;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A head brings in a list, corrects it, applies it, and sends the results of the class to the school report. */
@GrandLivreTest
class SchoolYearJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHOOL = "/api/v1/schools/" + DemoAccount.TILLEULS;
    private static final String HEADER = "Nom;Prénom;Date de naissance;INE;Division;Niveau\r\n";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    private CertificationScene scene;
    private Visitor head;

    @BeforeEach
    void aSchool() {
        scene = new CertificationScene(application);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        head = Visitor.program(port, DemoLogins.of(application, Role.HEAD));
    }

    @Test
    void a_list_with_errors_is_corrected_applied_and_then_changes_nothing() {
        String division = "6J";
        String wrong = HEADER
                + "Petit;Ada;28/02/2010;110000001AB;" + division + ";6e\r\n"
                + "Grand;Bob;30/02/2010;110000002AB;" + division + ";6e\r\n"
                + "Neuf;Cléo;2010-03-01;bad;" + division + ";6e\r\n";
        JsonNode dryRun = compare("\uFEFF" + wrong);
        assertThat(dryRun.get("state").asString()).isEqualTo("ready");
        assertThat(dryRun.get("enrolled").asInt()).isEqualTo(1);
        assertThat(codes(dryRun.get("errors"))).containsExactly("3 birth-date-invalid", "4 ine-malformed");
        long before = ledger.head();
        assertThat(apply(dryRun, "{}").statusCode()).isEqualTo(422);
        assertThat(ledger.head()).as("one refused line applies nothing").isEqualTo(before);

        String right = wrong.replace("30/02/2010", "28/02/2010").replace(";bad;", ";110000003ab;");
        JsonNode ready = compare(right.replace(';', ','));
        assertThat(ready.get("errors")).isEmpty();
        assertThat(ready.get("total").asInt())
                .as("three pupils, the roster, the summary")
                .isEqualTo(5);
        HttpResponse<String> applied = apply(ready, "{}");
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
        assertThat(ledger.head()).isEqualTo(before + 5);
        scene.awaitViews();

        JsonNode again = compare(right);
        assertThat(again.get("total").asInt()).isZero();
        assertThat(again.get("unchanged").asInt()).isEqualTo(3);
        assertThat(apply(again, "{}").statusCode()).isEqualTo(200);
        assertThat(ledger.head()).as("applied twice changes nothing").isEqualTo(before + 5);
        assertThat(Visitor.signedIn(port, DemoLogins.of(application, Role.HEAD))
                        .get("/etablissement/eleves?division=" + division)
                        .body())
                .contains("Petit Ada", "Grand Bob", "Neuf Cléo", "110000003AB");
    }

    @Test
    void refused_lines_are_left_out_only_when_the_head_says_so() {
        JsonNode dryRun = compare(HEADER + "Seul;Dan;28/02/2010;;6K;6e\r\n" + "Refus;Eve;28/02/2010;;6K;CM2\r\n");
        assertThat(codes(dryRun.get("errors"))).containsExactly("3 year-unknown");
        HttpResponse<String> applied = apply(dryRun, "{\"excludeRefused\":true}");
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
        assertThat(JSON.readTree(applied.body()).get("state").asString()).isEqualTo("applied");
    }

    @Test
    void a_comparison_with_an_older_roster_is_not_applied() {
        JsonNode first = compare(HEADER + "Un;Fay;28/02/2010;;6L;6e\r\n");
        JsonNode second = compare(HEADER + "Deux;Guy;28/02/2010;;6L;6e\r\n");
        assertThat(apply(first, "{}").statusCode()).isEqualTo(200);
        long before = ledger.head();
        HttpResponse<String> outdated = apply(second, "{}");
        assertThat(outdated.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(outdated.body()).get("rule").asString()).isEqualTo("dry-run-outdated");
        assertThat(ledger.head()).isEqualTo(before);
    }

    @Test
    void a_comparison_that_is_forgotten_says_so_and_asks_for_the_file_again() {
        Visitor browser = Visitor.signedIn(port, DemoLogins.of(application, Role.HEAD));
        String forgotten = "/etablissement/import/" + UUID.randomUUID();
        for (HttpResponse<String> answer : List.of(
                browser.get(forgotten),
                browser.postForm(
                        forgotten + "/application",
                        Map.of("commandId", CommandKey.draw().toString())))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("Cette comparaison n’existe plus", "name=\"fichier\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', file.empty",
        "';;;\n;;', file.empty",
        "'Nom;Prénom\nPetit;Ada', file.columns-missing",
        "'Nom;Prénom;Date de naissance;INE;Division;Niveau\n', file.empty",
        "'\"Nom;Pré\nx', file.columns-missing",
    })
    void what_is_no_list_of_pupils_is_refused_and_records_nothing(String file, String code) {
        long before = ledger.head();
        HttpResponse<String> answer =
                head.request("POST", SCHOOL + "/roster-imports", file, "Content-Type", "text/csv");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(code);
        assertThat(ledger.head()).isEqualTo(before);
    }

    @Test
    void ten_thousand_and_one_lines_are_too_many() {
        StringBuilder list = new StringBuilder(HEADER);
        for (int i = 0; i <= 10_000; i++) {
            list.append("Nom").append(i).append(";Ada;28/02/2010;;6M;6e\r\n");
        }
        HttpResponse<String> answer =
                head.request("POST", SCHOOL + "/roster-imports", list.toString(), "Content-Type", "text/csv");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("file.too-many-rows");
    }

    @Test
    void results_leave_with_a_receipt_and_a_revocation_is_seen_afterwards() throws Exception {
        String division = "3J";
        assertThat(apply(
                                compare(HEADER + "Dupont;Hana;28/02/2007;120000001AB;" + division + ";3e\r\n"
                                        + "Durand;Ilyès;28/02/2007;;" + division + ";3e\r\n"),
                                "{}")
                        .statusCode())
                .isEqualTo(200);
        scene.awaitViews();
        RosterPupil hana = application
                .getBean(SchoolReportQueries.class)
                .pupils(DemoAccount.TILLEULS, new SchoolYear("2021-2022"), new Division(division))
                .getFirst();
        CertificateId certificate = scene.certified(hana.learner());

        HttpResponse<String> made = export(division);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode receipt = JSON.readTree(made.body());
        assertThat(receipt.get("rows").asInt()).isEqualTo(1);
        assertThat(receipt.get("skipped").get(0).get("reason").asString()).isEqualTo("ine-missing");
        String csv = head.get(SCHOOL + "/divisions/" + division + "/certifications.csv")
                .body();
        assertThat(csv)
                .startsWith("\uFEFFNuméro de certification;")
                .contains(";Hana;Dupont;28/02/2007;Ici;120000001AB;Validée;");
        assertThat(receipt.get("sha256").asString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(csv.getBytes(StandardCharsets.UTF_8))));

        long before = ledger.head();
        HttpResponse<String> again = export(division);
        assertThat(again.statusCode()).as("0 changement").isEqualTo(200);
        assertThat(JSON.readTree(again.body()).get("exportId")).isEqualTo(receipt.get("exportId"));
        assertThat(ledger.head()).isEqualTo(before);

        Visitor browser = Visitor.signedIn(port, DemoLogins.of(application, Role.HEAD));
        String check = "/etablissement/livret?division=" + division + "&annee=2021-2022";
        assertThat(browser.get(check).body())
                .contains("0 changement depuis le reçu")
                .contains("Saisir l’INE de Durand Ilyès");
        String download =
                "/etablissement/livret/recus/" + receipt.get("exportId").asString() + "/certifications.csv";
        assertThat(browser.get(download).body()).isEqualTo(csv);

        for (String to : List.of("3L", division)) {
            scene.send(new MovePupil(
                    application
                            .getBean(SchoolReportQueries.class)
                            .school(DemoAccount.TILLEULS)
                            .orElseThrow(),
                    new SchoolYear("2021-2022"),
                    hana.learner(),
                    new Division(to)));
        }
        scene.awaitViews();
        assertThat(browser.get("/etablissement").body())
                .as("who left and came back changes no line of the file")
                .doesNotContain("Classe 3J : refaire");

        scene.revoke(certificate, ReasonCode.FRAUD);
        assertThat(browser.get(check).body())
                .contains("élèves qui diffèrent : 1")
                .contains("Dupont Hana");
        assertThat(browser.get(download).statusCode())
                .as("these bytes are no longer to be had")
                .isEqualTo(303);
        assertThat(browser.get("/etablissement").body()).contains("Classe 3J : refaire l’export du livret, 1");
        assertThat(export(division).statusCode()).isEqualTo(201);
    }

    @Test
    void a_partners_program_reads_the_results_of_an_establishment() {
        String division = "3K";
        assertThat(apply(compare(HEADER + "Leroy;Jeanne;28/02/2007;130000001AB;" + division + ";3e\r\n"), "{}")
                        .statusCode())
                .isEqualTo(200);
        scene.awaitViews();
        scene.certified(application
                .getBean(SchoolReportQueries.class)
                .pupils(DemoAccount.TILLEULS, new SchoolYear("2021-2022"), new Division(division))
                .getFirst()
                .learner());
        DemoAccount partner = DemoLogins.of(application, Role.PARTNER);
        Visitor anybody = Visitor.anonymous(port);
        String path = "/api/organizations/" + DemoAccount.TILLEULS.value().toLowerCase(Locale.ROOT) + "/certifications";

        assertThat(token(anybody, partner, "wrong", Claims.PARTNER_SCOPE).statusCode())
                .isEqualTo(401);
        assertThat(token(anybody, partner, partner.password(), "everything").body())
                .isEqualTo("{\"errors\":[{\"status\":\"403\",\"title\":\"Forbidden\"}]}");
        HttpResponse<String> granted = token(anybody, partner, partner.password(), Claims.PARTNER_SCOPE);
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(granted.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode token = JSON.readTree(granted.body());
        assertThat(token.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(token.get("expires_in").asLong()).isEqualTo(3600);
        String bearer = "Bearer " + token.get("access_token").asString();

        HttpResponse<String> closed = anybody.get(path);
        assertThat(closed.statusCode()).isEqualTo(401);
        assertThat(closed.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(closed.body()).isEqualTo("{\"errors\":[{\"status\":\"401\",\"title\":\"Unauthorized\"}]}");
        assertThat(anybody.get(path, "Authorization", "Bearer " + head.token()).body())
                .isEqualTo("{\"errors\":[{\"status\":\"403\",\"title\":\"Forbidden\"}]}");

        long before = ledger.head();
        HttpResponse<String> answer = anybody.get(path, "Authorization", bearer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(ledger.head())
                .as("every answer is written down, and whose data it held")
                .isGreaterThanOrEqualTo(before + 2);
        JsonNode feed = JSON.readTree(answer.body());
        JsonNode jeanne = StreamSupport.stream(
                        feed.at("/data/attributes/certifications").spliterator(), false)
                .filter(one -> one.get("firstName").asString().equals("Jeanne"))
                .findFirst()
                .orElseThrow();
        assertThat(jeanne.get("nationalStudentId").asString()).isEqualTo("130000001AB");
        assertThat(jeanne.get("status").asString()).isEqualTo("validated");
        assertThat(jeanne.get("middleName").isNull()).isTrue();
        assertThat(jeanne.get("verificationCode").asString()).startsWith("P-");
        assertThat(jeanne.get("competenceResults").get(0).get("competenceId").asString())
                .isEqualTo("1.1");
        assertThat(jeanne.get("date").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(feed.at("/data/relationships/competences/data")).hasSize(16);
        assertThat(feed.get("included")).hasSize(21);

        for (String nowhere : List.of("0990009Z", "nowhere")) {
            HttpResponse<String> empty =
                    anybody.get("/api/organizations/" + nowhere + "/certifications", "Authorization", bearer);
            assertThat(empty.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(empty.body()).at("/data/attributes/certifications"))
                    .isEmpty();
            assertThat(JSON.readTree(empty.body()).get("included")).hasSize(21);
        }
    }

    @Test
    void an_operator_lets_a_program_in_for_one_establishment_and_keeps_it_out_again() {
        Visitor operator = Visitor.program(port, DemoLogins.of(application, Role.OPERATOR));
        String key = CommandKey.draw().toString();
        String wish = "{\"client\":\"logiciel-essai\",\"uais\":[\"" + DemoAccount.PORT + "\"]}";
        HttpResponse<String> answer = operator.postJson("/api/v1/partners", wish, CommandKey.HEADER, key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String secret = JSON.readTree(answer.body()).get("secret").asString();
        assertThat(JSON.readTree(operator.postJson("/api/v1/partners", wish, CommandKey.HEADER, key)
                                .body())
                        .get("secret")
                        .asString())
                .as("a lost answer can be had again")
                .isEqualTo(secret);
        Visitor program = Visitor.anonymous(port);
        String form = "grant_type=client_credentials&client_id=logiciel-essai&client_secret=" + secret + "&scope="
                + Claims.PARTNER_SCOPE;
        String[] asForm = {"Content-Type", "application/x-www-form-urlencoded"};
        String bearer = "Bearer "
                + JSON.readTree(program.request("POST", "/api/application/token", form, asForm)
                                .body())
                        .get("access_token")
                        .asString();
        String tilleuls = "/api/organizations/" + DemoAccount.TILLEULS + "/certifications";
        assertThat(JSON.readTree(program.get(tilleuls, "Authorization", bearer).body())
                        .at("/data/attributes/certifications"))
                .as("not the program's establishment")
                .isEmpty();
        HttpResponse<String> revoked = operator.postJson(
                "/api/v1/partners/logiciel-essai/revocation",
                "{\"reason\":\"Convention échue.\"}",
                CommandKey.HEADER,
                CommandKey.draw().toString());
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
        assertThat(program.get(tilleuls, "Authorization", bearer).statusCode())
                .as("although the token still runs")
                .isEqualTo(403);
        assertThat(program.request("POST", "/api/application/token", form, asForm)
                        .statusCode())
                .isEqualTo(401);
    }

    private static HttpResponse<String> token(Visitor program, DemoAccount partner, String secret, String scope) {
        return program.request(
                "POST",
                "/api/application/token",
                "grant_type=client_credentials&client_id=" + partner.login() + "&client_secret=" + secret + "&scope="
                        + scope,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private JsonNode compare(String csv) {
        HttpResponse<String> answer =
                head.request("POST", SCHOOL + "/roster-imports", csv, "Content-Type", "text/csv; charset=UTF-8");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> apply(JsonNode compared, String wish) {
        return head.postJson(
                SCHOOL + "/roster-imports/" + compared.get("id").asString() + "/application",
                wish,
                CommandKey.HEADER,
                CommandKey.draw().toString());
    }

    private HttpResponse<String> export(String division) {
        return head.postJson(
                SCHOOL + "/exports",
                "{\"division\":\"" + division + "\",\"schoolYear\":\"2021-2022\"}",
                CommandKey.HEADER,
                CommandKey.draw().toString());
    }

    private static List<String> codes(JsonNode findings) {
        return StreamSupport.stream(findings.spliterator(), false)
                .map(one -> one.get("line").asInt() + " " + one.get("code").asString())
                .toList();
    }
}
