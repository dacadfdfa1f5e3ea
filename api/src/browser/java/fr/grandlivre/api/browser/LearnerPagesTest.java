package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

@SeededTest
class LearnerPagesTest {
    private static final String BEFORE_EVERYTHING = "/moi?au=2019-10-01";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private DemoAccount account(String login) {
        return DemoLogins.of(application).stream()
                .filter(account -> account.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private static void check(Visit visit, String path, int status, String name) {
        assertThat(visit.open(path)).as(path).isEqualTo(status);
        visit.photograph(name);
        PageCheck.of(visit);
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void profile_and_explanation_keep_the_page_rules(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("eleve-tilleuls-3e"))) {
            check(visit, "/moi", 200, "moi");
            check(visit, "/moi?au=2021-03-01", 200, "moi-2021");
            check(visit, BEFORE_EVERYTHING, 200, "moi-before");
            check(visit, "/moi?au=2050-01-01", 422, "moi-future");
            check(visit, "/moi/competences/5.2", 200, "competence");
            check(visit, "/moi/competences/5.2?au=2021-12-01", 200, "competence-2021");
            check(visit, "/moi/competences/5.2/remise-a-zero", 200, "reset");
            check(visit, "/moi/confidentialite", 200, "readings");
            check(visit, "/moi/historique", 200, "history");
            check(visit, "/moi/compte", 200, "account");
            check(visit, "/moi/compte/reunion", 200, "account-merge");
            check(visit, "/moi/tutoriels", 200, "tutorials-empty");
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void the_framework_keeps_the_page_rules(Screen screen) {
        try (Visit visit = Visit.at(port, screen)) {
            check(visit, "/referentiel", 200, "framework");
            check(visit, "/referentiel?version=2019", 200, "framework-2019");
        }
    }

    /** Answers until every kind of question and document that turns up on the way was looked at. */
    @ParameterizedTest
    @EnumSource(Screen.class)
    void questions_and_feedback_keep_the_page_rules(Screen screen) {
        Set<String> seen = new TreeSet<>();
        String learner = screen == Screen.PHONE_FR ? "eleve-port-3e" : "eleve-tilleuls-5e";
        try (Visit visit = Visit.at(port, screen).signIn(account(learner))) {
            Page page = visit.page();
            for (String code : new String[] {"2.3", "3.2", "3.4", "4.1", "4.3"}) {
                for (int answers = 0; answers < 12; answers++) {
                    visit.open("/moi/competences/" + code + "/epreuve");
                    Locator start = page.locator("form[action$='/chronometre'] button");
                    if (start.count() > 0) {
                        once(visit, seen, "timed");
                        start.click();
                    }
                    Locator form = page.locator("form.answer");
                    if (form.count() == 0) {
                        once(visit, seen, "end");
                        break;
                    }
                    once(visit, seen, "question-" + kind(page));
                    answer(page);
                    assertThat(page).hasURL(Pattern.compile("/reponses/"));
                    once(
                            visit,
                            seen,
                            "feedback-"
                                    + page.locator(".verdict")
                                            .getAttribute("class")
                                            .replace("verdict ", ""));
                }
            }
            assertThat(seen).anyMatch(name -> name.startsWith("question-radio"));
            assertThat(seen).anyMatch(name -> name.startsWith("question-checkbox"));
            assertThat(seen).anyMatch(name -> name.startsWith("question-text"));
            assertThat(seen).contains("end", "feedback-ko");
        }
    }

    private static void once(Visit visit, Set<String> seen, String name) {
        if (seen.add(name)) {
            visit.photograph(name);
            PageCheck.of(visit);
            if (name.startsWith("question")) {
                visit.page().reload();
            }
        }
    }

    private static String kind(Page page) {
        Locator first = page.locator("form.answer input:not([type=hidden])").first();
        Locator sheet = page.locator(".sheet .scroll, .sheet pre, .sheet .mail, .sheet .picture, .sheet .tree");
        String document = sheet.count() == 0
                ? "plain"
                : sheet.first().getAttribute("class").replaceAll("\\W+", "-");
        return first.getAttribute("type") + "-" + document;
    }

    private static void answer(Page page) {
        Locator form = page.locator("form.answer");
        Locator fields = form.locator("input[type=text]");
        for (int i = 0; i < fields.count(); i++) {
            fields.nth(i).fill("12");
        }
        Locator choices = form.locator("input[type=radio], input[type=checkbox]");
        if (choices.count() > 0) {
            choices.first().check();
        }
        form.locator("button").first().click();
    }

    @Test
    void a_past_date_is_reached_without_leaving_the_page() {
        try (Visit visit = Visit.at(port, Screen.DESK_EN).signIn(account("eleve-tilleuls-3e"))) {
            Page page = visit.page();
            visit.open("/moi");
            page.evaluate("() => { window.stayed = true; }");
            page.locator("#avant").focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pattern.compile("/moi\\?au=20\\d\\d-\\d\\d-\\d\\d$"));
            assertThat(page.locator("#annonce")).hasText(Pattern.compile("Profile on .*, 16 competences"));
            assertThat(page.locator("#avant")).isFocused();
            assertThat(page.evaluate("() => window.stayed === true")).isEqualTo(true);
            String shown = page.locator("#profil h2").first().textContent();
            page.reload();
            assertThat(page.locator("#profil h2").first()).hasText(shown);
            page.goBack();
            assertThat(page).hasURL(Pattern.compile("/moi$"));
            assertThat(page.locator("#profil h2").first()).hasText("Today’s profile");
            page.locator("#au").fill("2021-03-01");
            page.locator("#voir").click();
            assertThat(page).hasURL(Pattern.compile("/moi\\?au=2021-03-01$"));
            assertThat(visit.faults()).isEmpty();
        }
    }

    @Test
    void tutorials_are_saved_and_thanked_for_by_keyboard() {
        try (Visit visit = Visit.at(port, Screen.PHONE_FR).signIn(account("eleve-tilleuls-3e"))) {
            Page page = visit.page();
            visit.open("/moi/tutoriels/mediaFileQuality");
            for (String mark : new String[] {"#enregistrer-mediaFileQuality", "#utile-mediaFileQuality"}) {
                page.locator(mark).focus();
                page.keyboard().press("Enter");
                assertThat(page.locator(mark)).hasAttribute("aria-pressed", "true");
                assertThat(page.locator(mark)).isFocused();
            }
            page.reload();
            assertThat(page.locator("#utile-mediaFileQuality")).hasAttribute("aria-pressed", "true");
            check(visit, "/moi/tutoriels", 200, "tutorials");
            visit.open("/moi/tutoriels");
            page.locator("#enregistrer-mediaFileQuality").click();
            assertThat(page.locator("#enregistrer-mediaFileQuality")).hasCount(0);
        }
    }
}
