package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.evaluation.Answering;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/** A learner works through competences that nobody has begun; leaves answers in 1.2, 1.3, 2.2, 4.2, 5.1 and 5.2, improves 2.1 and resets 3.1. */
@SeededTest
class LearnerFlowTest {
    private static final String WHOLE = "1.2";
    private static final List<String> UNTOUCHED = List.of("1.3", "2.2", "4.2", "5.1", "5.2");
    private static final Pattern LEVEL_REACHED = Pattern.compile("niveau (\\d) atteint");
    private static final int MOST_STOPS = 80;
    private static final int MOST_QUESTIONS = 25;

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    Clock clock;

    private DemoAccount learner() {
        return DemoLogins.of(application).stream()
                .filter(account -> account.login().equals("eleve-tilleuls-5e"))
                .findFirst()
                .orElseThrow();
    }

    private Visit phone() {
        return Visit.at(port, Screen.PHONE_FR).signIn(learner());
    }

    /** @return a competence in which such a challenge is due now */
    private String due(Predicate<Challenge> wanted) {
        Answering answering = new Answering(
                Visitor.program(port, learner()),
                new LearnerId(learner().account().value()));
        return UNTOUCHED.stream()
                .filter(code -> answering.due(code).filter(wanted).isPresent())
                .findFirst()
                .or(() -> UNTOUCHED.stream()
                        .filter(code -> answering.reach(wanted, code, clock.instant()))
                        .findFirst())
                .orElseThrow();
    }

    private static String question(String competence) {
        return "/moi/competences/" + competence + "/epreuve";
    }

    private static Challenge shown(Page page) {
        String id = page.locator("input[name=challenge]").first().inputValue();
        return Frameworks.shipped()
                .versions()
                .getLast()
                .challenge(new ChallengeId(id))
                .orElseThrow();
    }

    /** Goes on by the Tab key until the control has the focus. */
    private static void reach(Page page, Locator control) {
        for (int stop = 0; stop < MOST_STOPS; stop++) {
            if ((boolean) control.evaluate("e => e === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard never reaches " + control);
    }

    private static void press(Page page, String control) {
        reach(page, page.locator(control).first());
        page.keyboard().press("Enter");
    }

    /** Enters the right answer by the keyboard alone. */
    private static void enter(Page page, Challenge challenge) {
        switch (AnsweringModel.right(challenge)) {
            case Response.Typed(List<String> texts) -> {
                for (int i = 0; i < texts.size(); i++) {
                    reach(page, page.locator("#champ-" + i));
                    page.keyboard().insertText(texts.get(i));
                }
            }
            case Response.Chosen(List<Integer> indexes)
            when challenge instanceof Challenge.Qcu -> {
                reach(page, page.locator("input[type=radio]").first());
                page.keyboard().press("Space");
                for (int down = 0; down < indexes.getFirst(); down++) {
                    page.keyboard().press("ArrowDown");
                }
            }
            case Response.Chosen(List<Integer> indexes) -> {
                for (int index : indexes) {
                    reach(page, page.locator("input[type=checkbox]").nth(index));
                    page.keyboard().press("Space");
                }
            }
            case Response.Skipped() -> throw new AssertionError("nobody is right by skipping");
        }
    }

    private static void once(Visit visit, Set<String> seen, String name) {
        if (seen.add(name)) {
            visit.photograph("flow-" + name);
            PageCheck.of(visit);
            visit.page().reload();
        }
    }

    private static String kind(Challenge challenge) {
        return "question-" + challenge.getClass().getSimpleName();
    }

    @Test
    void a_whole_competence_is_taken_from_zero_to_level_three_by_keyboard_on_a_phone() {
        Set<String> seen = new TreeSet<>();
        int level = 0;
        try (Visit visit = phone()) {
            Page page = visit.page();
            visit.open("/moi/competences/" + WHOLE);
            assertThat(page.locator("main")).containsText("pas encore de niveau");
            once(visit, seen, "start");
            press(page, "a.button[href$='/epreuve']");

            assertThat(page.locator("h1")).hasText("Question 1");
            press(page, "button[name=passer]");
            assertThat(page.locator("h1")).containsText("Question passée");
            once(visit, seen, "feedback-skipped");
            String save = "#tutoriels button[id^=enregistrer]";
            press(page, save);
            assertThat(page.locator(save).first()).hasAttribute("aria-pressed", "true");

            press(page, "a.button[href$='/epreuve']");
            for (int questions = 1; questions < MOST_QUESTIONS; questions++) {
                if (page.locator("form[action$='/chronometre']").count() > 0) {
                    once(visit, seen, "timed");
                    press(page, "form[action$='/chronometre'] button");
                }
                if (page.locator("form.answer").count() == 0) {
                    break;
                }
                Challenge challenge = shown(page);
                once(visit, seen, kind(challenge));
                enter(page, challenge);
                press(page, "form.answer button:not([name])");
                assertThat(page.locator("h1")).containsText("Réussi");
                Matcher reached = LEVEL_REACHED.matcher(page.locator(".verdict").textContent());
                level = reached.find() ? Integer.parseInt(reached.group(1)) : level;
                boolean checkpoint = page.locator("section.note h2").count() > 0;
                once(visit, seen, checkpoint ? "checkpoint" : "feedback-ok");
                press(page, "a.button[href$='/epreuve']");
            }
            assertThat(page.locator("h1")).hasText("Compétence terminée pour le moment");
            once(visit, seen, "end");
            assertThat(level).isGreaterThanOrEqualTo(3);
            assertThat(seen).contains("checkpoint", "feedback-ok", "end");

            press(page, "main a.button");
            press(page, "main details summary");
            assertThat(page.locator("main details").first()).hasAttribute("open", "");
            once(visit, seen, "explanation");
            visit.open("/moi");
            assertThat(page.locator("#profil")).containsText("+" + level + " depuis septembre");
            once(visit, seen, "profile");
            press(page, "a[href^='/moi?depuis']");
            assertThat(page.locator("main")).containsText("Du niveau 0 au niveau " + level);
            once(visit, seen, "changes");
            visit.open("/moi/tutoriels");
            once(visit, seen, "saved");
            press(page, "main a.row");
            assertThat(page).hasURL(Pattern.compile("/moi/tutoriels/"));
            once(visit, seen, "tutorial");
            assertThat(visit.faults()).isEmpty();
        }
    }

    @Test
    void each_kind_of_question_is_answered_without_javascript() {
        try (Visit phone = phone();
                Visit plain = Visit.withoutJavaScript(port, Screen.PHONE_FR).signIn(learner())) {
            for (Class<? extends Challenge> kind :
                    List.of(Challenge.Qcu.class, Challenge.Qcm.class, Challenge.Qroc.class, Challenge.Qrocm.class)) {
                String competence = due(challenge -> kind.isInstance(challenge) && !challenge.isTimed());
                if (kind == Challenge.Qcm.class || kind == Challenge.Qrocm.class) {
                    phone.open(question(competence));
                    PageCheck.of(phone);
                }
                Page page = plain.page();
                plain.open(question(competence));
                plain.photograph("flow-" + kind.getSimpleName());
                enter(page, shown(page));
                page.locator("form.answer button:not([name])").click();
                assertThat(page.locator("h1")).containsText("Réussi");
            }
            assertThat(plain.faults()).isEmpty();
        }
    }

    @Test
    void a_timed_question_says_so_first_and_counts_down() {
        String competence = due(Challenge::isTimed);
        try (Visit visit = phone()) {
            Page page = visit.page();
            visit.open(question(competence));
            assertThat(page.locator("main h2")).containsText("Épreuve chronométrée");
            PageCheck.of(visit);
            press(page, "form[action$='/chronometre'] button");
            Locator left = page.locator("[data-left-words]");
            assertThat(left).hasText(Pattern.compile("Reste \\d+ s"));
            String first = left.textContent();
            assertThat(left).not().hasText(first);
            assertThat(page.locator(".timer")).containsText("À valider avant");
            try (Visit plain = Visit.withoutJavaScript(port, Screen.PHONE_FR).signIn(learner())) {
                plain.open(question(competence));
                assertThat(plain.page().locator(".timer")).containsText("À valider avant");
                assertThat(plain.page().locator("form.answer")).isVisible();
            }
            PageCheck.of(visit);
        }
    }

    @Test
    void an_evaluation_goes_on_on_another_device_and_the_first_answer_counts() {
        String competence = due(challenge -> !challenge.isTimed());
        try (Visit phone = phone();
                Visit desk = Visit.at(port, Screen.DESK_EN).signIn(learner())) {
            phone.open(question(competence));
            desk.open(question(competence));
            Challenge challenge = shown(phone.page());
            assertThat(shown(desk.page())).isEqualTo(challenge);
            enter(desk.page(), challenge);
            desk.page().locator("form.answer button:not([name])").click();
            assertThat(desk.page().locator("h1")).containsText("Right");

            enter(phone.page(), challenge);
            phone.page().locator("form.answer button:not([name])").click();
            assertThat(phone.page().locator("h1")).hasText("Question déjà répondue");
            PageCheck.of(phone);
            phone.page().locator("main a.button").click();
            desk.open(question(competence));
            assertThat(phone.page().locator("h1"))
                    .hasText(desk.page().locator("h1").textContent());
            assertThat(phone.faults()).isEmpty();
        }
    }

    @Test
    void leaving_a_watched_question_is_noted_on_the_answer() {
        String competence = due(challenge -> challenge.focus() && !challenge.isTimed());
        try (Visit visit = phone()) {
            Page page = visit.page();
            visit.open(question(competence));
            assertThat(page.locator("main")).containsText("Rester sur cette page");
            page.evaluate("() => window.dispatchEvent(new Event('blur'))");
            enter(page, shown(page));
            page.locator("form.answer button:not([name])").click();
            assertThat(page.locator("main")).containsText("La page a été quittée pendant la question");
        }
    }

    @Test
    void what_is_months_old_is_improved_and_reset_by_pages_and_then_not_again_at_once() {
        try (Visit visit = phone()) {
            Page page = visit.page();
            visit.open("/moi/competences/2.1");
            press(page, "form[action$='/amelioration'] button");
            assertThat(page).hasURL(Pattern.compile("/epreuve$"));
            skip(page);
            visit.open("/moi/competences/2.1");
            assertThat(page.locator("main")).containsText("Amélioration possible dans 4 jours");
            assertThat(page.locator("form[action$='/amelioration']")).hasCount(0);

            visit.open("/moi/competences/3.1");
            int answers = page.locator("#comptent + ol > li").count();
            assertThat(answers).isPositive();
            press(page, "a[href$='/remise-a-zero']");
            assertThat(page.locator("main")).containsText("L’historique reste");
            press(page, "form[action$='/remise-a-zero'] button");
            assertThat(page.locator("main")).containsText("pas encore de niveau");
            assertThat(page.locator("main")).containsText("Donnée avant la remise à zéro");
            PageCheck.of(visit);
            visit.open("/moi/competences/3.1/epreuve");
            skip(page);
            visit.open("/moi/competences/3.1");
            assertThat(page.locator("main")).containsText("Remise à zéro possible dans 7 jours");
            assertThat(visit.faults()).isEmpty();
        }
    }

    /** Skips the due question, timed or not. */
    private static void skip(Page page) {
        page.locator("button[name=passer]").click();
        assertThat(page.locator("h1")).containsText("Question passée");
    }
}
