package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/** Pages of heads of school, auditors and operators, over the demonstration's past. */
@SeededTest
class TrustPagesTest {
    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private static final String PUPIL =
            DemoAccount.accountOf("eleve-tilleuls-3e").toString();

    /**
     * A page as somebody with a role opens it.
     *
     * @param status of the answer
     */
    private record Opened(Role role, String path, int status) {}

    private static final List<Opened> PAGES = List.of(
            new Opened(Role.HEAD, "/etablissement", 200),
            new Opened(Role.HEAD, "/etablissement/livret", 200),
            new Opened(Role.HEAD, "/etablissement/livret?division=3eA&annee=2021-2022", 200),
            new Opened(Role.HEAD, "/etablissement/livret?division=3eZ&annee=2021-2022", 404),
            new Opened(Role.HEAD, "/etablissement/livret?annee=2018-2019", 200),
            new Opened(Role.AUDITOR, "/audit?type=session.published", 200),
            new Opened(Role.AUDITOR, "/audit?type=certificate.issued", 200),
            new Opened(Role.AUDITOR, "/audit?type=certificate.issued&to=1", 200),
            new Opened(Role.AUDITOR, "/audit?from=2099-01-01&stream=x", 422),
            new Opened(Role.AUDITOR, "/audit/evenements/1", 200),
            new Opened(Role.AUDITOR, "/audit/evenements/400", 200),
            new Opened(Role.AUDITOR, "/audit/recompter", 200),
            new Opened(Role.AUDITOR, "/audit/integrite", 200),
            new Opened(Role.AUDITOR, "/audit/histoire?vue=profile&id=" + PUPIL, 200),
            new Opened(Role.AUDITOR, "/audit/au?vue=people&id=" + PUPIL, 200),
            new Opened(Role.AUDITOR, "/audit/comparer?vue=people&id=" + PUPIL + "&de=1000", 200),
            new Opened(Role.AUDITOR, "/audit/comparer?vue=people&id=" + PUPIL + "&de=demain", 422),
            new Opened(Role.AUDITOR, "/audit/resultats", 200),
            new Opened(Role.AUDITOR, "/audit/exports", 200),
            new Opened(Role.OPERATOR, "/exploitation/vues", 200),
            new Opened(Role.OPERATOR, "/exploitation", 200));

    static Stream<Arguments> people() {
        return Stream.of(Role.HEAD, Role.AUDITOR, Role.OPERATOR)
                .flatMap(role -> Stream.of(Screen.values()).map(screen -> Arguments.of(role, screen)));
    }

    @ParameterizedTest
    @MethodSource("people")
    void pages_keep_the_page_rules(Role role, Screen screen) {
        try (Visit visit = Visit.at(port, screen)) {
            visit.signIn(DemoLogins.of(application, role));
            for (Opened page : PAGES) {
                if (page.role() == role) {
                    assertThat(visit.open(page.path())).as(page.path()).isEqualTo(page.status());
                    visit.photograph(page.path().replaceAll("\\W+", "_"));
                    PageCheck.of(visit);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void an_auditor_replays_a_view_and_sees_the_result_arrive(Screen screen) {
        try (Visit visit = Visit.at(port, screen)) {
            visit.signIn(DemoLogins.of(application, Role.AUDITOR));
            visit.open("/audit/recompter");
            String start = screen == Screen.PHONE_FR ? "Rejouer et comparer" : "Replay and compare";
            visit.page()
                    .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(start))
                    .first()
                    .click();
            assertThat(visit.page().locator("#vues .status.valid").first()).isVisible();
            visit.photograph("recompter_done");
            PageCheck.of(visit);
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void an_auditor_recounts_results_and_sees_them_arrive(Screen screen) {
        try (Visit visit = Visit.at(port, screen)) {
            visit.signIn(DemoLogins.of(application, Role.AUDITOR));
            visit.open("/audit/resultats");
            visit.page()
                    .getByRole(
                            AriaRole.BUTTON,
                            new GetByRoleOptions()
                                    .setName(screen == Screen.PHONE_FR ? "Recompter" : "Recount")
                                    .setExact(true))
                    .click();
            assertThat(visit.page().locator("#etat .status.valid").first()).isVisible();
            visit.photograph("resultats_done");
            PageCheck.of(visit);
        }
    }

    @Test
    void an_auditor_replays_a_view_without_javascript() {
        try (Visit visit = Visit.withoutJavaScript(port, Screen.PHONE_FR)) {
            visit.signIn(DemoLogins.of(application, Role.AUDITOR));
            visit.open("/audit/recompter");
            visit.page()
                    .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Rejouer et comparer"))
                    .last()
                    .click();
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (visit.page()
                            .locator("#vues section:last-of-type .status.valid")
                            .count()
                    == 0) {
                assertThat(System.nanoTime()).as("the replay is over").isLessThan(deadline);
                visit.open("/audit/recompter");
            }
            assertThat(visit.faults()).isEmpty();
        }
    }
}
