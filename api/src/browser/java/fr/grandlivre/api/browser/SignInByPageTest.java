package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

@GrandLivreTest
class SignInByPageTest {
    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            mode = Mode.EXCLUDE,
            names = {"PUBLIC", "SYSTEM", "PARTNER"})
    void each_role_signs_in_by_one_button_and_finds_a_page_that_keeps_the_rules(Role role) {
        for (Screen screen : Screen.values()) {
            try (Visit visit = Visit.at(port, screen)) {
                visit.signIn(DemoLogins.of(application, role));
                visit.photograph("home_" + role);
                PageCheck.of(visit);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            mode = Mode.EXCLUDE,
            names = {"PUBLIC", "SYSTEM", "PARTNER"})
    void each_role_signs_in_and_out_without_javascript(Role role) {
        try (Visit visit = Visit.withoutJavaScript(port, Screen.PHONE_FR)) {
            visit.signIn(DemoLogins.of(application, role));
            visit.page()
                    .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Se déconnecter"))
                    .click();
            assertThat(visit.page()).hasTitle("Déconnexion terminée · Grand Livre");
            visit.page().goBack();
            visit.open("/");
            assertThat(visit.page().locator("form[action='/deconnexion']")).hasCount(0);
            assertThat(visit.faults()).isEmpty();
        }
    }
}
