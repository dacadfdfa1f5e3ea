package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/** Rosters and school reports on a phone and on a desk. It leaves pupils of 3eX, 6eY and 6eZ and receipts of 3eA and 3eX behind. */
@SeededTest
class SchoolPagesTest {
    private static final String HEADER = "Nom;Prénom;Date de naissance;INE;Division;Niveau\r\n";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private DemoAccount head() {
        return DemoLogins.of(application).stream()
                .filter(known -> known.login().equals("principale-tilleuls"))
                .findFirst()
                .orElseThrow();
    }

    private static void check(Visit visit, String name) {
        visit.photograph(name);
        PageCheck.of(visit);
    }

    private static void submit(Visit visit) {
        visit.page()
                .locator("main form[method=post] button[type=submit]")
                .first()
                .click();
    }

    private static void choose(Visit visit, String list) {
        visit.page()
                .locator("#fichier")
                .setInputFiles(new FilePayload("liste.csv", "text/csv", list.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_head_compares_a_list_and_applies_it(Screen screen) {
        String division = screen == Screen.PHONE_FR ? "6eY" : "6eZ";
        String ine = screen == Screen.PHONE_FR ? "140000001AY" : "140000001AZ";
        try (Visit visit = Visit.at(port, screen).signIn(head())) {
            visit.open("/etablissement/import");
            check(visit, "import");
            visit.open("/etablissement/import");
            choose(
                    visit,
                    HEADER + "Petit;Ada;28/02/2010;" + ine + ";" + division + ";6e\r\n" + "Grand;Bob;30/02/2010;;"
                            + division + ";6e\r\n");
            submit(visit);
            assertThat(visit.page()).hasURL(Pattern.compile("/etablissement/import/[0-9a-f-]{36}$"));
            check(visit, "import-comparee");
            visit.page().reload();
            visit.page().locator("#sans-refus").check();
            submit(visit);
            assertThat(visit.page().locator("#etat strong")).isVisible();
            check(visit, "import-appliquee");
            visit.open("/etablissement/eleves?division=" + division);
            check(visit, "eleves");
            visit.open("/etablissement/eleves?division=" + division);
            visit.page().locator("tbody a").first().click();
            check(visit, "eleve");
            visit.open("/etablissement");
            check(visit, "etablissement");
            visit.open("/etablissement/couverture?division=3eA");
            assertThat(visit.page().locator("#eleves")).isVisible();
            check(visit, "couverture");
        }
    }

    @Test
    void a_list_that_is_no_table_is_refused_without_javascript() {
        try (Visit visit = Visit.withoutJavaScript(port, Screen.PHONE_FR).signIn(head())) {
            visit.open("/etablissement/import");
            choose(visit, "Nom;Prénom\r\nPetit;Ada\r\n");
            submit(visit);
            assertThat(visit.page().locator("#erreur")).isVisible();
            visit.photograph("import-refusee");
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void a_head_checks_previews_and_exports_a_class(Screen screen) {
        try (Visit visit = Visit.at(port, screen).signIn(head())) {
            visit.open("/etablissement/livret?division=3eA&annee=2021-2022");
            check(visit, "livret-verifier");
            visit.open("/etablissement/livret/apercu?division=3eA&annee=2021-2022");
            check(visit, "livret-apercu");
            visit.open("/etablissement/livret/export?division=3eA&annee=2021-2022");
            check(visit, "livret-export");
            visit.open("/etablissement/livret/export?division=3eA&annee=2021-2022");
            submit(visit);
            assertThat(visit.page()).hasURL(Pattern.compile("/etablissement/livret/recus/[0-9a-f-]{36}"));
            assertThat(visit.page().locator("#empreinte")).isVisible();
            check(visit, "livret-recu");
            visit.open("/etablissement/livret?division=3eA&annee=2021-2022");
            check(visit, "livret-apres");
        }
    }

    @Test
    void a_list_with_errors_is_corrected_and_its_class_leaves_once_and_not_twice() {
        String division = "3eX";
        String wrong = HEADER + "Petit;Ada;28/02/2007;140000002AY;" + division + ";3e\r\n"
                + "Grand;Bob;30/02/2007;140000003AY;" + division + ";3e\r\n";
        try (Visit visit = Visit.at(port, Screen.PHONE_FR).signIn(head())) {
            visit.open("/etablissement/import");
            choose(visit, wrong);
            submit(visit);
            assertThat(visit.page()).hasURL(Pattern.compile("/etablissement/import/[0-9a-f-]{36}$"));
            assertThat(visit.page().locator("#refus")).isVisible();

            visit.open("/etablissement/import");
            choose(visit, wrong.replace("30/02/2007", "27/02/2007"));
            submit(visit);
            assertThat(visit.page()).hasURL(Pattern.compile("/etablissement/import/[0-9a-f-]{36}$"));
            assertThat(visit.page().locator("#sans-refus")).hasCount(0);
            submit(visit);
            assertThat(visit.page().locator("#etat strong")).isVisible();
            CertificationScene scene = new CertificationScene(application);
            scene.awaitViews();
            scene.certified(application
                    .getBean(SchoolReportQueries.class)
                    .pupils(DemoAccount.TILLEULS, new SchoolYear("2021-2022"), new Division(division))
                    .getFirst()
                    .learner());

            String export = "/etablissement/livret/export?division=" + division + "&annee=2021-2022";
            visit.open(export);
            submit(visit);
            assertThat(visit.page().locator("#empreinte")).isVisible();
            String sha256 = visit.page().locator("#empreinte").textContent();
            visit.open(export);
            assertThat(visit.page().locator("main")).containsText("0 changement");
            submit(visit);
            assertThat(visit.page()).hasURL(Pattern.compile("inchange=true"));
            assertThat(visit.page().locator("main")).containsText("0 changement");
            assertThat(visit.page().locator("#empreinte")).hasText(sha256);
            Assertions.assertThat(visit.faults()).isEmpty();
        }
    }
}
