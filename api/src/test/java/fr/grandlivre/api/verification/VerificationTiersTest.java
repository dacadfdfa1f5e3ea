package fr.grandlivre.api.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.StoppedLedger;
import fr.grandlivre.api.TestPlace;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.SummedAccesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.verification.LookUps.LookUp;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.certificate.CertificateOrigins;
import fr.grandlivre.query.verification.RememberedCertificates;
import fr.grandlivre.rules.verification.CertificateKey;
import fr.grandlivre.rules.verification.VerificationCodeText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GrandLivreTest
class VerificationTiersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/api/v1/verifications";
    private static final String KEY = "H4KQ7X";
    private static final LocalDate GROWN_UP = LocalDate.of(1988, 10, 5);

    /** Fourteen on the day of the demonstration. */
    private static final LocalDate CHILD = LocalDate.of(2007, 10, 5);

    /** Others wait for changes as long as this. */
    private static final Duration STALE_AT_MOST = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(50);

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    SummedAccesses summed;

    private CertificationScene scene;
    private Visitor reader;
    private CertificateId certificate = new CertificateId(new UUID(0, 0));
    private String code = "P-BBBBBBBB";

    @BeforeEach
    void aVisitor() {
        scene = new CertificationScene(application);
        reader = Visitor.anonymousFrom("127.0.1." + (1 + new Random().nextInt(250)), port);
    }

    private static LearnerId holder() {
        return new LearnerId(DemoAccount.accountOf("eleve-tilleuls-3e").value());
    }

    private void imported(LocalDate birthDate, @Nullable String key) {
        certificate = new CertificateId(UUID.randomUUID());
        VerificationCode drawn = VerificationCodeText.draw(new SecureRandom(), 8);
        code = drawn.value();
        scene.send(new ImportCertificate(
                certificate,
                holder(),
                code,
                LocalDate.of(2020, 6, 13),
                LocalDate.of(2020, 7, 13),
                LocalDate.of(2023, 7, 13),
                new Centre(null, "Essai"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(3))),
                null,
                null,
                null,
                "essai",
                new CertificateHolder("Anne-Lise", "d’Été Martin", birthDate, "Quimper", key)));
        scene.awaitViews();
    }

    private HttpResponse<String> verify(String second) {
        String body = second.isEmpty()
                ? "{\"code\":\"%s\"}".formatted(code)
                : "{\"code\":\"%s\",\"second\":%s,\"purpose\":\"recrutement\"}".formatted(code, second);
        return reader.postJson(PATH, body);
    }

    private static String named(String familyName, LocalDate birthDate) {
        return JSON.writeValueAsString(Map.of("familyName", familyName, "birthDate", birthDate.toString()));
    }

    private static String keyed(String key) {
        return "{\"key\":\"%s\"}".formatted(key);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void key_or_family_name_and_birth_date_open_the_identity_and_nothing_more() {
        imported(GROWN_UP, KEY);
        for (String second : new String[] {keyed("h4k-q7x"), named("D'ETE-MARTIN", GROWN_UP)}) {
            HttpResponse<String> answer = verify(second);
            JsonNode body = read(answer);
            assertThat(body.get("tier").asInt()).isEqualTo(2);
            assertThat(body.get("secondFact").asString()).isEqualTo("MATCHED");
            assertThat(body.get("holder").toString())
                    .isEqualTo("{\"initials\":\"A. D.\",\"firstName\":\"Anne-Lise\","
                            + "\"lastName\":\"d’Été Martin\",\"birthYear\":1988}");
            assertThat(answer.body()).doesNotContain("Quimper", "1988-10-05", KEY, "reason", "replacedBy");
            String proof = body.get("proof").asString();
            assertThat(proof).startsWith("http://localhost:" + port + "/api/v1/ledger/proofs/");
            scene.awaitSealed();
            assertThat(reader.get(proof.replaceFirst("^https?://[^/]+", "")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_wrong_fact_leaves_the_first_tier_and_says_so() {
        imported(GROWN_UP, KEY);
        for (String second : new String[] {keyed("H4KQ7Y"), named("Martin", GROWN_UP), named("d’Été Martin", CHILD)}) {
            HttpResponse<String> answer = verify(second);
            assertThat(read(answer).get("tier").asInt()).isEqualTo(1);
            assertThat(read(answer).get("secondFact").asString()).isEqualTo("REFUSED");
            assertThat(answer.body()).doesNotContain("Anne-Lise", "Martin");
        }
    }

    @Test
    void below_fifteen_only_the_key_opens_the_identity() {
        imported(CHILD, KEY);
        assertThat(read(verify(named("d’Été Martin", CHILD))).get("secondFact").asString())
                .isEqualTo("REFUSED");
        assertThat(read(verify(keyed(KEY))).get("tier").asInt()).isEqualTo(2);
    }

    @Test
    void a_certificate_without_key_is_opened_by_name_alone() {
        imported(GROWN_UP, null);
        assertThat(read(verify(keyed(KEY))).get("secondFact").asString()).isEqualTo("REFUSED");
        assertThat(read(verify(named("d’Été Martin", GROWN_UP))).get("tier").asInt())
                .isEqualTo(2);
    }

    @Test
    void a_revocation_is_seen_at_once_and_its_reason_at_the_second_tier() {
        imported(GROWN_UP, KEY);
        assertThat(read(verify("")).get("status").asString()).isEqualTo("VALID");
        scene.revoke(certificate, ReasonCode.FRAUD);
        await(() -> read(verify("")).get("status").asString().equals("REVOKED"));
        assertThat(verify("").body()).doesNotContain("reason");
        assertThat(read(verify(keyed(KEY))).get("reason").toString())
                .isEqualTo("{\"code\":\"fraud\",\"since\":\"2022-05-16\"}");
    }

    @Test
    void a_code_reveals_what_its_holder_chose() {
        imported(GROWN_UP, KEY);
        choose(Visibility.STATUS);
        await(() -> read(verify(keyed(KEY))).get("secondFact").asString().equals("REFUSED"));
        assertThat(read(verify("")).get("tier").asInt()).isEqualTo(1);
        choose(Visibility.NOBODY);
        await(() -> verify("").statusCode() == 404);
        String refused = withoutTrace(verify(""));
        assertThat(withoutTrace(verify(keyed(KEY)))).isEqualTo(refused);
        code = "P-BBBBBBBB";
        assertThat(withoutTrace(verify(""))).isEqualTo(refused);
        assertThat(withoutTrace(verify(keyed(KEY)))).isEqualTo(refused);
    }

    private void choose(Visibility visibility) {
        scene.send(new ChooseVisibility(certificate, holder(), visibility));
        scene.awaitViews();
    }

    private static String withoutTrace(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        return answer.body().replaceFirst("\"traceId\":\"\\w+\"", "");
    }

    @Test
    void the_holder_chooses_by_page_and_by_program() {
        imported(GROWN_UP, KEY);
        DemoAccount account = DemoLogins.of(application).stream()
                .filter(demo -> demo.login().equals("eleve-tilleuls-3e"))
                .findFirst()
                .orElseThrow();
        Visitor program = Visitor.program(port, account);
        HttpResponse<String> chosen = program.postJson(
                "/api/v1/certificates/" + certificate + "/visibility",
                "{\"visibility\":\"status\"}",
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(200);
        HttpResponse<String> unknown = program.postJson(
                "/api/v1/certificates/" + certificate + "/visibility",
                "{\"visibility\":\"everything\"}",
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(unknown.statusCode()).isEqualTo(422);
        Visitor person = Visitor.signedIn(port, account);
        String page = "/moi/certificats/" + certificate;
        assertThat(person.get(page).body())
                .containsPattern("value=\"status\"[^>]*checked")
                .contains("Qui peut vérifier");
        HttpResponse<String> sent = person.postForm(
                page + "/visibilite", Map.of("commandId", UUID.randomUUID().toString(), "visibilite", "nobody"));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(person.get(page).body()).containsPattern("value=\"nobody\"[^>]*checked");
        scene.awaitViews();
        await(() -> verify("").statusCode() == 404);
    }

    @Test
    void the_sixth_wrong_fact_for_a_code_is_refused_whether_anybody_holds_it_or_not() {
        imported(GROWN_UP, KEY);
        String held = code;
        for (String asked : new String[] {
            held, VerificationCodeText.draw(new SecureRandom(), 8).value()
        }) {
            code = asked;
            for (int i = 0; i < 5; i++) {
                assertThat(verify(keyed("BBBBBB")).statusCode()).isEqualTo(asked.equals(held) ? 200 : 404);
            }
            HttpResponse<String> sixth = verify(keyed(KEY));
            assertThat(sixth.statusCode()).as(asked).isEqualTo(429);
            assertThat(Integer.parseInt(
                            sixth.headers().firstValue("Retry-After").orElse("0")))
                    .isBetween(1, 3_600);
        }
        code = held;
        assertThat(verify("").statusCode()).isEqualTo(200);
    }

    @Test
    void right_facts_use_nothing_up() {
        imported(GROWN_UP, KEY);
        for (int i = 0; i < 8; i++) {
            assertThat(read(verify(keyed(KEY))).get("tier").asInt()).isEqualTo(2);
        }
    }

    @Test
    void a_second_fact_that_cannot_be_read_is_refused_at_its_field_before_anything_is_asked() {
        code = "P-BBBBBBBB";
        Map<String, String> refused = Map.of(
                "{\"key\":\"H4KQ7X\",\"familyName\":\"Martin\",\"birthDate\":\"1988-10-05\"}", "/second",
                "{\"key\":\"H4KQ7\"}", "/second/key",
                "{\"familyName\":\"Martin\"}", "/second/birthDate",
                "{\"birthDate\":\"1988-10-05\"}", "/second/familyName",
                "{\"familyName\":\"Martin\",\"birthDate\":\"1988-02-30\"}", "/second/birthDate",
                "{\"familyName\":\"Martin\",\"birthDate\":\"2030-01-01\"}", "/second/birthDate",
                "{\"familyName\":\"--\",\"birthDate\":\"1988-10-05\"}", "/second/familyName");
        refused.forEach((second, pointer) -> {
            HttpResponse<String> answer = verify(second);
            assertThat(answer.statusCode()).as(second).isEqualTo(422);
            assertThat(answer.body()).contains("\"pointer\":\"" + pointer + "\"");
        });
    }

    @Test
    void the_holder_reads_who_asked_for_what_and_never_from_where() {
        imported(GROWN_UP, KEY);
        verify("");
        verify("");
        verify(keyed("BBBBBB"));
        verify(keyed(KEY));
        summed.recordAll();
        scene.awaitViews();
        DemoAccount account = DemoLogins.of(application).stream()
                .filter(demo -> demo.login().equals("eleve-tilleuls-3e"))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> answer = Visitor.program(port, account).get("/api/v1/me/accesses?limit=100");
        Map<Boolean, JsonNode> byTier = StreamSupport.stream(
                        JSON.readTree(answer.body()).get("items").spliterator(), false)
                .filter(item -> item.path("certificate").asString("").equals(certificate.toString()))
                .collect(Collectors.toMap(item -> item.has("purpose"), item -> item));
        assertThat(byTier.get(true).get("purpose").asString()).isEqualTo("recrutement");
        assertThat(byTier.get(true).get("role").asString()).isEqualTo("public");
        assertThat(byTier.get(true).get("surface").asString()).isEqualTo("verification");
        assertThat(byTier.get(true).get("hour").asString()).matches("2022-05-16T\\d\\d:00:00Z");
        assertThat(byTier.get(false).get("count").asInt()).isEqualTo(3);
        assertThat(answer.body()).doesNotContain("127.0.");
        assertThat(Visitor.signedIn(port, account).get("/moi/confidentialite").body())
                .contains("recrutement", "personne sans compte", "vérification d’un certificat");
    }

    @Test
    void an_identity_that_cannot_be_recorded_as_read_is_not_shown() throws SQLException {
        imported(GROWN_UP, KEY);
        try (StoppedLedger _ = StoppedLedger.of(application)) {
            HttpResponse<String> refused = verify(keyed(KEY));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).doesNotContain("Anne-Lise", "Martin", "1988");
            assertThat(verify("").statusCode())
                    .as("the first tier shows nobody")
                    .isEqualTo(200);
        }
        await(() -> verify(keyed(KEY)).statusCode() == 200);
    }

    @Test
    void two_thousand_guesses_find_no_name_and_no_more_answers_than_the_limit_allows() {
        imported(GROWN_UP, KEY);
        int addresses = 8;
        int each = TestPlace.LOOK_UPS_PER_MINUTE + 50;
        long seed = new SecureRandom().nextLong();
        Random random = new Random(seed);
        Set<String> bodies = new HashSet<>();
        for (int address = 1; address <= addresses; address++) {
            Visitor guesser = Visitor.anonymousFrom("127.7.7." + address, port);
            int answered = 0;
            long begun = System.nanoTime();
            for (int guess = 0; guess < each; guess++) {
                String body = "{\"code\":\"%s\"}"
                        .formatted(VerificationCodeText.draw(random, 6).value());
                HttpResponse<String> answer = guesser.postJson(PATH, body);
                assertThat(answer.body()).as("seed " + seed).doesNotContain("firstName", "lastName");
                if (answer.statusCode() == 404) {
                    answered++;
                    bodies.add(withoutTrace(answer));
                } else if (answer.statusCode() == 200) {
                    answered++;
                }
            }
            long minutes = Duration.ofNanos(System.nanoTime() - begun).toMinutes() + 1;
            assertThat(answered)
                    .as("seed " + seed)
                    .isLessThanOrEqualTo(Math.toIntExact(TestPlace.LOOK_UPS_PER_MINUTE * minutes));
        }
        assertThat(bodies).as("one body for all misses").hasSize(1);
    }

    @Test
    void too_many_misses_close_codes_alone_for_everybody_and_never_whoever_holds_the_certificate() {
        imported(GROWN_UP, KEY);
        LookUps strict = new LookUps(
                application.getBean(RememberedCertificates.class),
                application.getBean(SecondFacts.class),
                application.getBean(WrongFacts.class),
                application.getBean(CertificateOrigins.class),
                application.getBean(Accesses.class),
                summed,
                application.getBean(Clock.class),
                new VerificationSettings(10, 5, 3),
                new SimpleMeterRegistry());
        for (int miss = 0; miss < 3; miss++) {
            assertThat(ask(strict, "198.51.100." + miss, "P-BBBBBBBB", new ClaimedFact.None()))
                    .isInstanceOf(LookUp.NotFound.class);
        }
        assertThatThrownBy(() -> ask(strict, "198.51.100.7", code, new ClaimedFact.None()))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(429);
                    assertThat(refused.problem().retryAfter()).isPresent();
                });
        assertThat(ask(strict, "198.51.100.8", code, new ClaimedFact.Key(new CertificateKey(KEY))))
                .isInstanceOfSatisfying(
                        LookUp.Answered.class,
                        answer -> assertThat(answer.identity()).isPresent());
    }

    private static LookUp ask(LookUps lookUps, String client, String code, ClaimedFact claim) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(client);
        return lookUps.lookUp(code, claim, null, request, new MockHttpServletResponse());
    }

    @Test
    void whoever_sends_through_a_proxy_is_counted_by_the_last_hop_and_nobody_else_chooses_an_address() {
        Visitor proxy = Visitor.anonymousFrom(TestPlace.PROXY, port);
        String body = "{\"code\":\"P-BBBBBBBB\"}";
        HttpResponse<String> first =
                proxy.postJson(PATH, body, "Forwarded", "for=198.51.100.1, for=\"[2001:db8:1:2::3]:4711\"");
        HttpResponse<String> sameNetwork = proxy.postJson(PATH, body, "Forwarded", "for=\"[2001:db8:1:2:5::6]\"");
        HttpResponse<String> other = proxy.postJson(PATH, body, "Forwarded", "proto=https;For=203.0.113.9");
        assertThat(left(first) - left(sameNetwork)).isEqualTo(1);
        assertThat(left(other)).isEqualTo(left(first));
        Visitor stranger = Visitor.anonymousFrom("127.0.9.9", port);
        int before = left(stranger.postJson(PATH, body, "Forwarded", "for=203.0.113.50"));
        assertThat(left(stranger.postJson(PATH, body, "Forwarded", "for=203.0.113.51")))
                .isEqualTo(before - 1);
    }

    private static int left(HttpResponse<String> answer) {
        return Integer.parseInt(
                answer.headers().firstValue("RateLimit").orElseThrow().replaceFirst("\"verify\";r=(\\d+);.*", "$1"));
    }

    @Test
    void the_printed_code_leads_to_a_page_that_works_without_script_and_keeps_code_and_key_out_of_addresses() {
        imported(GROWN_UP, KEY);
        String page = reader.get("/v").body();
        assertThat(page).contains("name=\"code\"", "name=\"cle\"", "action=\"/verifier\"", "method=\"post\"");
        HttpResponse<String> opened = reader.postForm("/verifier", Map.of("code", code, "cle", KEY));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains("Anne-Lise d’Été Martin", "1988").doesNotContain("Quimper", KEY);
        HttpResponse<String> closed = reader.postForm("/verifier", Map.of("code", code, "cle", "BBBBBB"));
        assertThat(closed.body()).contains("Identité non confirmée", "A. D.").doesNotContain("Anne-Lise");
        HttpResponse<String> both = reader.postForm(
                "/verifier", Map.of("code", code, "cle", KEY, "nom", "Martin", "naissance", "1988-10-05"));
        assertThat(both.statusCode()).isEqualTo(422);
        assertThat(both.body()).contains("pas les deux");
    }

    private static void await(BooleanSupplier seen) {
        long deadline = System.nanoTime() + STALE_AT_MOST.multipliedBy(10).toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not seen in time");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
