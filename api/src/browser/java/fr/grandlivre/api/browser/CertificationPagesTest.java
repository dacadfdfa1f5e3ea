package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/** Sessions, exams, certificates and verification on a phone and on a desk, with the data of the demonstration. */
@SeededTest
class CertificationPagesTest {
    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private DemoAccount account(String login) {
        return DemoLogins.of(application).stream()
                .filter(known -> known.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private static void check(Visit visit, String name) {
        visit.photograph(name);
        PageCheck.of(visit);
    }

    private static void submit(Visit visit) {
        visit.page().locator("main form button[type=submit]").first().click();
    }

    @ParameterizedTest
    @CsvSource({
        "P-234567, result, PHONE_FR",
        "P-234567, result, DESK_EN",
        "P-23456O, unknown, PHONE_FR",
        "abc, impossible, DESK_EN"
    })
    void anybody_verifies_a_code(String code, String name, Screen screen) {
        try (Visit visit = Visit.at(port, screen)) {
            visit.open("/verifier");
            check(visit, "verifier");
            visit.open("/verifier");
            visit.page().locator("#code").fill(code);
            submit(visit);
            check(visit, "verifier-" + name);
        }
    }

    @Test
    void a_code_is_verified_without_javascript() {
        try (Visit visit = Visit.withoutJavaScript(port, Screen.PHONE_FR)) {
            visit.open("/verifier");
            visit.page().locator("#code").fill("p 234 567");
            visit.page().keyboard().press("Enter");
            assertThat(visit.page().locator(".status.valid")).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_head_plans_a_session(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("principale-tilleuls"))) {
            visit.open("/sessions");
            check(visit, "sessions");
            visit.open("/sessions/nouvelle");
            check(visit, "sessions-nouvelle");
            visit.open("/sessions/nouvelle");
            visit.page().locator("#room").fill("B12");
            submit(visit);
            assertThat(visit.page().locator("code.big")).hasCount(2);
            check(visit, "session-codes");
            visit.open("/sessions");
            visit.page().locator("tbody a").first().click();
            visit.open(visit.page().url() + "?classe=3eA");
            check(visit, "session-classe");
            visit.page().reload();
            visit.page().locator("summary").last().click();
            visit.page().locator("button[type=submit]").last().click();
            check(visit, "session-refusee");
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void an_invigilator_opens_the_room(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("surveillant-tilleuls"))) {
            visit.open("/surveillance");
            check(visit, "surveillance");
            openRoom(visit);
            check(visit, "surveillance-salle");
        }
    }

    private static void openRoom(Visit visit) {
        visit.open("/surveillance");
        visit.page().locator("#session").fill("220516");
        visit.page().locator("#code").fill("h7m4k");
        submit(visit);
        assertThat(visit.page()).hasURL(Pattern.compile("/surveillance/[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_head_changes_a_session_before_it_takes_place(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("principale-tilleuls"))) {
            visit.open("/sessions");
            visit.page().locator("tbody a").first().click();
            String session = visit.page().url().replaceAll("\\?.*", "");
            for (String page : new String[] {"date", "candidats/fichier", "emargement", "signalements"}) {
                visit.open(session + "/" + page);
                check(visit, "session-" + page.replace('/', '-'));
            }
            visit.open(session + "/candidats/fichier");
            visit.page()
                    .locator("#fichier")
                    .setInputFiles(new FilePayload(
                            "candidats.csv",
                            "text/csv",
                            "INE;Nom;Prénom;Date de naissance;Lieu de naissance\n;Inconnu;Ada;01/02/2007;Lyon\n"
                                    .getBytes(StandardCharsets.UTF_8)));
            submit(visit);
            assertThat(visit.page().locator("tbody tr")).hasCount(1);
            check(visit, "session-fichier-refuse");
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_holder_reads_certificates(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("eleve-port-3e"))) {
            visit.open("/moi/certificats");
            check(visit, "certificats");
            visit.open("/moi/certificats");
            visit.page().locator(".cards a").first().click();
            check(visit, "certificat");
        }
        try (Visit visit = Visit.at(port, screen).signIn(account("eleve-tilleuls-5e"))) {
            visit.open("/moi/certificats");
            check(visit, "certificats-aucun");
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_jury_examines_an_exam_and_previews_an_act(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("jury-1"))) {
            visit.open("/jury");
            check(visit, "jury");
            openExam(visit, "220510");
            check(visit, "jury-certification");
            visit.page().reload();
            visit.page().locator("#decisions ~ details summary").first().click();
            visit.page().locator("#question-reason").fill("Le site à visiter était indisponible.");
            visit.page().locator("#decisions ~ details form button").first().click();
            check(visit, "jury-apercu");
        }
    }

    private static void openExam(Visit visit, String session) {
        openSession(visit, session);
        check(visit, "jury-session-" + session);
        visit.page().reload();
        visit.page().locator("tbody td a").first().click();
    }

    private static void openSession(Visit visit, String session) {
        visit.open("/jury");
        visit.page()
                .locator("tbody th a", new Page.LocatorOptions().setHasText(session))
                .click();
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_second_person_finds_what_waits(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("jury-1"))) {
            visit.open("/jury");
            visit.page().locator("main > ul a").first().click();
            assertThat(visit.page().locator("button[value=confirm]")).hasCount(1);
            check(visit, "jury-certificat");
            openExam(visit, "220315");
            check(visit, "jury-certification-publiee");
        }
    }

    @Test
    void a_jury_neutralises_a_question_without_javascript() {
        try (Visit visit = Visit.withoutJavaScript(port, Screen.PHONE_FR).signIn(account("jury-2"))) {
            openSession(visit, "220510");
            visit.page().locator("tbody td a").first().click();
            visit.page().locator("#decisions ~ details summary").first().click();
            visit.page().locator("#question-reason").fill("Le site à visiter était indisponible.");
            visit.page().locator("#decisions ~ details form button").first().click();
            submit(visit);
            assertThat(visit.page().locator("ol li", new Page.LocatorOptions().setHasText("Question neutralisée")))
                    .hasCount(1);
        }
    }
}
