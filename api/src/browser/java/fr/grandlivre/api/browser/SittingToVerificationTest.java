package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/**
 * Why there is a ledger: a head plans a session, an invigilator opens the room, three candidates sit at the same time, each
 * to another end, the jury publishes, and an employer verifies. Nobody loads a page again to see what another one did.
 */
@SeededTest
class SittingToVerificationTest {
    private static final Pattern ROOM = Pattern.compile("/surveillance/[0-9a-f-]{36}");
    private static final Pattern WAITING = Pattern.compile("/examen/attente$");
    private static final Pattern EXAM = Pattern.compile("/examen/[0-9a-f-]{36}$");

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;

    /** What the head reads out and hands over. */
    private record Codes(String session, String number, String access, String invigilator) {}

    /** A candidate with a phone. */
    private record Candidate(RosterPupil pupil, Visit phone) {}

    @Test
    void three_candidates_sit_and_an_employer_verifies_what_one_of_them_was_given() {
        scene = new CertificationScene(application);
        try (Visit head = Visit.at(port, Screen.DESK_EN).signIn(scene.account("principale-tilleuls"));
                Visit staff = Visit.at(port, Screen.DESK_EN).signIn(scene.account("surveillant-tilleuls"));
                Visit first = Visit.at(port, Screen.PHONE_FR).signIn(scene.account("eleve-port-3e"));
                Visit second = Visit.at(port, Screen.PHONE_FR).signIn(scene.account("eleve-tilleuls-5e"));
                Visit third = Visit.at(port, Screen.PHONE_FR).signIn(scene.account("eleve-tilleuls-3e"));
                Visit jury = Visit.at(port, Screen.DESK_EN).signIn(scene.account("jury-1"));
                Visit employer = Visit.at(port, Screen.PHONE_FR)) {
            // Came from the other school in the course of the year.
            Candidate ada = candidate("eleve-port-3e", "3eT", first);
            Candidate skips = candidate("eleve-tilleuls-5e", "5eA", second);
            Candidate moves = candidate("eleve-tilleuls-3e", "3eA", third);
            Codes codes = plan(head);
            for (Candidate candidate : List.of(ada, skips, moves)) {
                enrol(head, codes, candidate.pupil());
            }
            openRoom(staff, codes);
            for (Candidate candidate : List.of(ada, skips, moves)) {
                candidate.phone().open("/examen");
                if (candidate == ada) {
                    PageCheck.atAGlance(first);
                }
                join(candidate.phone(), candidate.pupil(), codes);
                assertThat(candidate.phone().page()).hasURL(WAITING);
            }
            first.photograph("examen-attente");
            PageCheck.atAGlance(first);
            for (Candidate candidate : List.of(ada, skips, moves)) {
                admit(staff, candidate.pupil());
                // The waiting page finds out by itself.
                candidate.phone().page().locator("#attente form button").click();
                assertThat(candidate.phone().page()).hasURL(EXAM);
            }
            reportsAProblem(ada, staff);
            passesOnEverything(skips);
            changesDeviceAndIsEnded(moves, staff, codes);
            ExamId exam = answersEverything(ada);
            for (Candidate candidate : List.of(ada, skips, moves)) {
                assertThat(seat(staff, candidate.pupil()).locator("details")).hasCount(0);
            }
            PageCheck.of(staff);
            finalise(head, codes);
            publish(jury, codes, ada.pupil());
            verify(employer, takesTheAttestation(ada.phone(), exam), ada.pupil());
        }
    }

    private Candidate candidate(String login, String division, Visit phone) {
        DemoAccount account = scene.account(login);
        LearnerId learner = new LearnerId(account.account().value());
        scene.certifiable(learner);
        return new Candidate(scene.pupil(DemoAccount.TILLEULS, learner, division, "Lou", "Essai"), phone);
    }

    private static Codes plan(Visit head) {
        head.open("/sessions/nouvelle");
        head.page().locator("#room").fill("B14");
        submit(head);
        Locator shown = head.page().locator("code.big");
        assertThat(shown).hasCount(2);
        head.photograph("session-codes");
        PageCheck.atAGlance(head);
        return new Codes(
                head.page().url().replaceAll("^https?://[^/]+|\\?.*", ""),
                head.page().locator("h1").innerText().replaceAll("\\D", ""),
                shown.nth(0).innerText(),
                shown.nth(1).innerText());
    }

    private static void enrol(Visit head, Codes codes, RosterPupil pupil) {
        head.open(codes.session() + "?classe=" + pupil.division().value());
        head.page()
                .locator("input[name=eleve][value='" + pupil.learner() + "']")
                .check();
        head.page().locator("#lieu-" + pupil.learner()).fill("Lyon");
        head.page().locator("form[action$=candidats] button").click();
        assertThat(head.page()
                        .locator("table:not(.pick) tbody tr", new Page.LocatorOptions().setHasText(pupil.lastName())))
                .isVisible();
    }

    private static void openRoom(Visit staff, Codes codes) {
        staff.open("/surveillance");
        staff.page().locator("#session").fill(codes.number());
        staff.page().locator("#code").fill(codes.invigilator().toLowerCase(Locale.ROOT));
        submit(staff);
        assertThat(staff.page()).hasURL(ROOM);
        PageCheck.atAGlance(staff);
    }

    private static void join(Visit visit, RosterPupil pupil, Codes codes) {
        visit.page().locator("#session").fill(codes.number());
        visit.page().locator("#firstName").fill(String.valueOf(pupil.firstName()));
        visit.page().locator("#lastName").fill(String.valueOf(pupil.lastName()));
        visit.page().locator("#birthDate").fill(String.valueOf(pupil.birthDate()));
        visit.page().locator("#accessCode").fill(codes.access().toLowerCase(Locale.ROOT));
        submit(visit);
    }

    private static void admit(Visit staff, RosterPupil pupil) {
        seat(staff, pupil).locator("form[action$=presence] button").click();
        seat(staff, pupil).locator("form[action$=autorisation] button").click();
        assertThat(seat(staff, pupil).locator("form[action$=retrait] button, details"))
                .not()
                .hasCount(0);
    }

    private void reportsAProblem(Candidate ada, Visit staff) {
        Page phone = ada.phone().page();
        startTimed(phone);
        ada.phone().photograph("examen-question");
        PageCheck.of(ada.phone());
        phone.reload();
        phone.locator("details:has(#categorie) summary").click();
        phone.locator("#categorie").selectOption("website-unavailable");
        phone.locator("form[action$=signalement] button").click();
        assertThat(phone.locator(".note[hx-get]")).isVisible();
        ada.phone().photograph("examen-signalement");
        PageCheck.atAGlance(ada.phone());
        assertThat(staff.page()).hasTitle(Pattern.compile("^\\(1\\) "));
        staff.photograph("surveillance-signalement");
        seat(staff, ada.pupil()).locator("button[value=remplacer]").click();
        assertThat(phone.locator("form[action$=chronometre], #reponse")).isVisible();
    }

    private static void passesOnEverything(Candidate candidate) {
        Page phone = candidate.phone().page();
        while (phone.locator("button[value=passer]").count() > 0) {
            phone.locator("button[value=passer]").first().click();
            phone.waitForLoadState();
        }
        finish(candidate.phone());
    }

    /** Begins on a phone and goes on at a desk, which fails: the invigilator ends the exam there. */
    private void changesDeviceAndIsEnded(Candidate candidate, Visit staff, Codes codes) {
        Locator seat = seat(staff, candidate.pupil());
        try (Visit desk = Visit.at(port, Screen.DESK_EN).signIn(scene.account("eleve-tilleuls-3e"))) {
            desk.open("/examen");
            join(desk, candidate.pupil(), codes);
            assertThat(desk.page()).hasURL(WAITING);
            seat.locator("details summary").click();
            staff.photograph("surveillance-actes");
            PageCheck.atAGlance(staff);
            seat.locator("form[action$=autorisation] button").click();
            desk.page().locator("#attente form button").click();
            assertThat(desk.page()).hasURL(EXAM);
            candidate.phone().page().locator("button[value=passer]").first().click();
            assertThat(candidate.phone().page().locator("main a.button[href='/examen']"))
                    .isVisible();
            candidate.phone().photograph("examen-ailleurs");
            PageCheck.atAGlance(candidate.phone());
            seat.locator("details summary").click();
            seat.locator("input[value=TECHNICAL]").check();
            seat.locator("form[action$=fin] button").click();
            assertThat(seat.locator("details")).hasCount(0);
            desk.page().locator("button[value=passer]").first().click();
            PageCheck.atAGlance(desk);
        }
    }

    private ExamId answersEverything(Candidate ada) {
        Page phone = ada.phone().page();
        ExamId exam = ExamId.of(phone.url().replaceAll(".*/", ""));
        int questions = sitting(exam).questions().size();
        for (int number = 1; number <= questions; number++) {
            startTimed(phone);
            answer(phone, due(exam, number));
            phone.waitForLoadState();
        }
        finish(ada.phone());
        ada.phone().photograph("examen-fin");
        PageCheck.atAGlance(ada.phone());
        return exam;
    }

    private static void finish(Visit visit) {
        Locator end = visit.page().locator("form[action$=fin] button");
        if (end.count() > 0) {
            end.click();
        }
        assertThat(visit.page().locator("main a[href='/moi/certificats']")).isVisible();
    }

    private ExamSitting sitting(ExamId exam) {
        return application.getBean(ExamQueries.class).byId(exam).orElseThrow();
    }

    private Challenge due(ExamId exam, int number) {
        ExamSitting sitting = sitting(exam);
        return application
                .getBean(Frameworks.class)
                .of(sitting.framework())
                .challenge(sitting.questions().get(number - 1).challenge())
                .orElseThrow();
    }

    private static void answer(Page page, Challenge challenge) {
        switch (CertificationScene.right(challenge)) {
            case Response.Chosen(var indexes) ->
                indexes.forEach(index ->
                        page.locator("input[name=choix][value='" + index + "']").check());
            case Response.Typed(var texts) -> {
                for (int field = 0; field < texts.size(); field++) {
                    page.locator("input[name=texte]").nth(field).fill(texts.get(field));
                }
            }
            case Response.Skipped _ -> throw new AssertionError("a right answer is none");
        }
        page.locator("button[value=valider]").click();
    }

    private static void startTimed(Page page) {
        Locator start = page.locator("form[action$=chronometre] button");
        if (start.count() > 0) {
            start.click();
            assertThat(page.locator("#reponse")).isVisible();
        }
    }

    private static Locator seat(Visit staff, RosterPupil pupil) {
        return staff.page()
                .locator(
                        ".cards > li",
                        new Page.LocatorOptions().setHasText(pupil.lastName() + " " + pupil.firstName()));
    }

    private void finalise(Visit head, Codes codes) {
        scene.awaitViews();
        head.open(codes.session());
        PageCheck.atAGlance(head);
        head.page().locator("details:has(form[action$=finalisation]) summary").click();
        head.page().locator("form[action$=finalisation] button").click();
        assertThat(head.page().locator("form[action$=finalisation]")).hasCount(0);
    }

    private void publish(Visit jury, Codes codes, RosterPupil pupil) {
        Locator row = jury.page().locator("tbody tr", new Page.LocatorOptions().setHasText(pupil.lastName()));
        CertificationScene.await(() -> {
            jury.open("/jury" + codes.session());
            return row.count() > 0
                    && row.first().locator("td.number").innerText().matches("\\d+");
        });
        PageCheck.atAGlance(jury);
        jury.page().locator("form[action$=publication] button").click();
        assertThat(jury.page().locator("form[action$=publication]")).hasCount(0);
    }

    /** What somebody hands to an employer. */
    private record Shown(String code, String key, byte[] attestation) {}

    private Shown takesTheAttestation(Visit phone, ExamId exam) {
        var certificate = StreamIds.certificate(exam, 1);
        CertificateQueries certificates = application.getBean(CertificateQueries.class);
        CertificationScene.await(() -> certificates.byId(certificate).isPresent());
        scene.awaitViews();
        String path = "/moi/certificats/" + certificate;
        // Asked for before it is there, it is made at once; the page shows it by itself.
        phone.open(path + "/attestation.pdf");
        assertThat(phone.page().locator("a[href$='attestation.pdf']")).isVisible();
        phone.photograph("certificat-delivre");
        PageCheck.atAGlance(phone);
        Locator printed = phone.page().locator("code.big");
        byte[] file = phone.page()
                .context()
                .request()
                .get("http://127.0.0.1:" + port + path + "/attestation.pdf")
                .body();
        return new Shown(printed.nth(0).innerText(), printed.nth(1).innerText(), file);
    }

    private static void verify(Visit employer, Shown shown, RosterPupil pupil) {
        employer.open("/v#" + shown.code() + "." + shown.key());
        assertThat(employer.page().locator(".status.valid")).isVisible();
        assertThat(employer.page().locator("main")).containsText(String.valueOf(pupil.lastName()));
        employer.photograph("verifier-identite");
        PageCheck.atAGlance(employer);
        employer.open("/verifier/document");
        employer.page()
                .locator("#document")
                .setInputFiles(new FilePayload("attestation.pdf", "application/pdf", shown.attestation()));
        submit(employer);
        assertThat(employer.page().locator(".findings li"))
                .hasText(new Pattern[] {Pattern.compile("✔"), Pattern.compile("✔"), Pattern.compile("✔")});
        employer.photograph("verifier-document-authentique");
        PageCheck.atAGlance(employer);
    }

    private static void submit(Visit visit) {
        visit.page().locator("main form button[type=submit]").first().click();
    }
}
