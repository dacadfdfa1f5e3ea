package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Media;
import fr.grandlivre.api.GrandLivreTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;

@GrandLivreTest
class PublicPagesTest {
    @Value("${server.port}")
    int port;

    static Stream<Arguments> pages() {
        return Stream.of(
                        Arguments.of("/", 200),
                        Arguments.of("/connexion", 200),
                        Arguments.of("/connexion?echec", 200),
                        Arguments.of("/deconnecte", 200),
                        Arguments.of("/accessibilite", 200),
                        Arguments.of("/confidentialite", 200),
                        Arguments.of("/etat", 200),
                        Arguments.of("/developpeurs", 200),
                        Arguments.of("/problemes/validation", 200),
                        Arguments.of("/v", 200),
                        Arguments.of("/nulle-part", 404),
                        Arguments.of("http://localhost:PORT/demo/connexion", 200),
                        Arguments.of("http://localhost:PORT/demo/connexion?echec", 200))
                .flatMap(page ->
                        Stream.of(Screen.values()).map(screen -> Arguments.of(page.get()[0], page.get()[1], screen)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void keep_the_page_rules(String path, int status, Screen screen) {
        try (Visit visit = Visit.at(port, screen)) {
            assertThat(visit.open(path.replace("PORT", "" + port))).isEqualTo(status);
            visit.photograph(path.replaceAll("^http://[^/]+", "").replaceAll("\\W+", "_"));
            PageCheck.of(visit);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void read_the_same_without_javascript(String path, int status, Screen screen) {
        try (Visit visit = Visit.withoutJavaScript(port, screen)) {
            assertThat(visit.open(path.replace("PORT", "" + port))).isEqualTo(status);
            assertThat(visit.page().locator("h1")).isVisible();
            assertThat(visit.faults()).isEmpty();
        }
    }

    @Test
    void every_text_of_the_home_page_begins_at_the_same_edge() {
        try (Visit visit = Visit.at(port, Screen.DESK_EN)) {
            visit.open("/");
            for (String text : List.of("main h1", "main .lead p", ".sections a", "footer nav a", "footer p")) {
                Object left = visit.page().locator(text).first().evaluate("""
                    e => { const text = document.createRange(); text.selectNodeContents(e);
                           return text.getBoundingClientRect().left; }
                    """);
                assertThat(((Number) left).doubleValue()).as(text).isEqualTo(18);
            }
        }
    }

    @Test
    void print_without_navigation_and_with_address_and_instant() {
        try (Visit visit = Visit.at(port, Screen.DESK_EN)) {
            visit.open("/accessibilite");
            visit.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(visit.page().locator("header")).isHidden();
            assertThat(visit.page().locator("footer")).isHidden();
            assertThat(visit.page().locator(".printed")).containsText("127.0.0.1:" + port + "/accessibilite");
            assertThat(visit.page().locator(".printed")).containsText("16 May 2022");
        }
    }

    @Test
    void a_printed_code_is_asked_for_at_once_and_leaves_the_address_bar() {
        try (Visit visit = Visit.at(port, Screen.PHONE_FR)) {
            visit.open("/v#P-BBBBBBBB.BBBBBB");
            assertThat(visit.page()).hasURL("http://127.0.0.1:" + port + "/verifier");
            assertThat(visit.page().locator("[role=alert]")).containsText("Aucun certificat");
            visit.page().goBack();
            assertThat(visit.page()).hasURL("http://127.0.0.1:" + port + "/v");
            assertThat(visit.faults()).isEmpty();
        }
    }

    @Test
    void weigh_less_than_60_kilobytes_on_the_wire() {
        try (Visit visit = Visit.at(port, Screen.PHONE_FR)) {
            long[] bytes = {0};
            visit.page().onRequestFinished(request -> {
                var sizes = request.sizes();
                bytes[0] += sizes.responseBodySize + sizes.responseHeadersSize;
            });
            visit.open("/");
            visit.page().waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(bytes[0]).isBetween(10_000L, 60_000L);
        }
    }
}
