package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.campaign.CampaignCommand.ShareResults;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** It leaves campaigns and participations of classes 3eA and 5eA behind. */
@SeededTest
class CampaignPagesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_QUESTIONS = 25;
    private static final int ROUNDS = 15;
    private static final Duration SLOW_MACHINE = Duration.ofMillis(500);

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
    void pages_of_teachers_keep_the_page_rules(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(account("professeur-tilleuls"))) {
            check(visit, "/classes/3eA", 200, "class");
            Page page = visit.page();
            String pupil = page.locator(".heat tbody th a").nth(1).getAttribute("href");
            String handOut =
                    page.locator(".cards a[href^='/tutoriels/']").first().getAttribute("href");
            check(visit, pupil, 200, "pupil");
            visit.open("/campagnes");
            String campaign = page.locator("table th a").last().getAttribute("href");
            check(visit, campaign, 200, "campaign");
            check(visit, "/campagnes/nouvelle?modele=2", 200, "campaign-new");
            // Variants of what was looked at, each where it is used most.
            if (screen == Screen.DESK_EN) {
                check(visit, "/classes/3eA?depuis=2021-10-31&domaine=1&tri=1.1&sens=desc", 200, "class-compared");
                check(visit, "/classes/3eA?vue=anonyme&domaine=5", 200, "class-anonymous");
                check(visit, campaign + "/affiche", 200, "poster");
                check(visit, handOut, 200, "hand-out");
            } else {
                check(visit, "/classes", 200, "classes");
                check(visit, "/classes/5eA?au=2021-10-01&domaine=1", 200, "class-empty");
                check(visit, "/campagnes", 200, "campaigns");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void pages_of_learners_keep_the_page_rules(Screen screen) {
        CampaignQueries campaigns = application.getBean(CampaignQueries.class);
        List<CampaignTerms> known = campaigns.ofSchool(application
                .getBean(SchoolReportQueries.class)
                .school(DemoAccount.TILLEULS)
                .orElseThrow());
        try (Visit visit = Visit.at(port, screen).signIn(account("eleve-tilleuls-3e"))) {
            check(visit, "/parcours", 200, "door");
            // What was sent, what is open, and what is for others.
            for (String title : List.of("Parcours de rentrée 3e", "Derniers réglages 3e", "Bilan de fin d’année 5e")) {
                CampaignTerms terms = known.stream()
                        .filter(campaign -> campaign.title().equals(title))
                        .findFirst()
                        .orElseThrow();
                check(visit, "/parcours/" + terms.code(), 200, "participation-" + terms.title());
            }
        }
    }

    @Test
    void four_pupils_move_the_counts_of_their_teacher_s_board_and_a_need_becomes_a_campaign() {
        try (Visit teacher = Visit.at(port, Screen.DESK_EN).signIn(account("professeur-tilleuls"));
                Visit third = Visit.at(port, Screen.PHONE_FR).signIn(account("eleve-tilleuls-3e"));
                Visit fifth = Visit.withoutJavaScript(port, Screen.PHONE_FR).signIn(account("eleve-tilleuls-5e"))) {
            Page board = teacher.page();
            teacher.open("/campagnes/nouvelle");
            board.locator("#title").fill("Live");
            for (String year : List.of("5e", "3e")) {
                board.locator("input[name=annee][value='" + year + "']").check();
            }
            board.locator("input[name=competence][value='1.1']").check();
            board.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open the campaign"))
                    .click();
            assertThat(board).hasURL(Pattern.compile("/campagnes/[0-9a-f-]{36}\\?"));
            String code = board.locator(".joincode").first().textContent();
            assertThat(board.locator("#commences")).hasText("0");

            join(third.page(), third, code.toLowerCase(Locale.ROOT));
            join(fifth.page(), fifth, code.replace(" ", "-"));
            assertThat(board.locator("#commences")).hasText("2");
            CampaignTerms terms = application
                    .getBean(CampaignQueries.class)
                    .byCode(new CampaignCode(code.replace(" ", "")))
                    .orElseThrow();
            List<LearnerId> others = others(terms);
            assertThat(board.locator("#commences")).hasText("4");

            answer(third.page());
            third.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer mes résultats"))
                    .click();
            assertThat(board.locator("#envoyes")).hasText("1");
            assertThat(third.page().locator("main")).containsText("Envoyés le");
            for (LearnerId learner : others) {
                share(terms, learner);
            }
            assertThat(board.locator("#envoyes")).not().hasText("0");
            assertThat(teacher.faults()).isEmpty();

            heatMapEqualsTheInterface(teacher);
            board.locator(".cards a.button").first().click();
            assertThat(board.locator("input[name=sujet]:checked")).hasCount(1);
            board.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open the campaign"))
                    .click();
            assertThat(board).hasURL(Pattern.compile("/campagnes/[0-9a-f-]{36}\\?"));
            assertThat(board.locator("#commences")).hasText("0");
        }
    }

    /** From the request to the last byte, over the loopback; the goal is 100 ms on a machine that does nothing else. */
    @Test
    void the_page_of_a_class_is_quick() {
        Visitor teacher = Visitor.signedIn(port, account("professeur-tilleuls"));
        Duration best = Duration.ofDays(1);
        for (int round = 0; round < ROUNDS; round++) {
            long started = System.nanoTime();
            assertThat(teacher.get("/classes/3eA").statusCode()).isEqualTo(200);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            best = took.compareTo(best) < 0 ? took : best;
        }
        System.out.println("page of a class of 30: " + best.toMillis() + " ms");
        assertThat(best).isLessThan(SLOW_MACHINE);
    }

    private static void join(Page page, Visit pupil, String code) {
        pupil.open("/parcours");
        page.locator("#code").fill(code);
        page.locator("form.narrow button").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Commencer"))
                .click();
        assertThat(page).hasURL(Pattern.compile("/epreuve\\?parcours=|/parcours/[A-Z0-9]{9}$"));
    }

    /** Skips whatever is asked: what is not known is found out soonest. */
    private static void answer(Page page) {
        for (int questions = 0; questions < MOST_QUESTIONS; questions++) {
            Locator skip = page.locator("button[name=passer]");
            if (skip.count() == 0) {
                return;
            }
            skip.click();
            assertThat(page).hasURL(Pattern.compile("/reponses/"));
            page.locator(".actions a.button").first().click();
            assertThat(page).not().hasURL(Pattern.compile("/reponses/"));
        }
    }

    /** Two pupils without an account enter as their programs would. */
    private List<LearnerId> others(CampaignTerms terms) {
        SchoolReportQueries rosters = application.getBean(SchoolReportQueries.class);
        CertificationScene scene = new CertificationScene(application);
        List<LearnerId> learners =
                rosters.pupils(DemoAccount.TILLEULS, new SchoolYear("2021-2022"), new Division("3eA")).stream()
                        .map(pupil -> pupil.learner())
                        .filter(learner -> !learner.value()
                                .equals(DemoAccount.accountOf("eleve-tilleuls-3e")
                                        .value()))
                        .limit(2)
                        .toList();
        for (LearnerId learner : learners) {
            assertThat(scene.send(new StartParticipation(terms.code(), learner)))
                    .isInstanceOf(Outcome.Recorded.class);
        }
        return learners;
    }

    private void share(CampaignTerms terms, LearnerId learner) {
        CertificationScene scene = new CertificationScene(application);
        Passage passage = application
                .getBean(CampaignQueries.class)
                .latest(terms.campaign(), learner)
                .orElseThrow();
        Outcome _ = scene.send(new ShareResults(passage.participation(), learner));
    }

    private void heatMapEqualsTheInterface(Visit teacher) {
        new CertificationScene(application).awaitViews();
        JsonNode results = JSON.readTree(Visitor.program(port, account("professeur-tilleuls"))
                .get("/api/v1/schools/" + DemoAccount.TILLEULS + "/divisions/3eA/results")
                .body());
        teacher.open("/classes/3eA");
        Page page = teacher.page();
        List<String> shown = new ArrayList<>();
        Object cells = page.evaluate(
                "() => [...document.querySelectorAll('.heat tbody tr')].map(row => row.querySelector('th').textContent"
                        + " + '|' + [...row.querySelectorAll('td:not(.certifiable)')].map(cell =>"
                        + " cell.textContent.trim().split(' ')[0]).join(' '))");
        ((List<?>) cells).forEach(row -> shown.add(row.toString()));
        List<String> expected = new ArrayList<>();
        List<String> codes = page.locator(".heat thead th a span:first-child").allTextContents();
        results.get("pupils")
                .forEach(pupil -> expected.add(pupil.get("lastName").asString() + " "
                        + pupil.get("firstName").asString() + "|"
                        + String.join(
                                " ",
                                codes.stream()
                                        .map(code -> pupil.get("levels").has(code)
                                                ? pupil.get("levels").get(code).asString()
                                                : "–")
                                        .toList())));
        assertThat(codes).hasSize(16);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
    }
}
