package fr.grandlivre.api.browser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.GrandLivreTest;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;

/** Each check fails on a page that was spoilt for it. */
@GrandLivreTest
class PageCheckTest {
    @Value("${server.port}")
    int port;

    static Stream<Arguments> spoilt() {
        return Stream.of(
                Arguments.of("a picture without a text", "document.querySelector('main').append(new Image())"),
                Arguments.of(
                        "a block wider than the screen",
                        "document.querySelector('main').append(Object.assign(document.createElement('div'),"
                                + " {className: 'spoilt', textContent: 'x'}));"
                                + " document.querySelector('.spoilt').style.width = '2000px'"),
                Arguments.of("a second heading", "document.querySelector('main').append(document.createElement('h1'))"),
                Arguments.of("a control out of reach", "document.querySelector('main a').tabIndex = -1"),
                Arguments.of("a hidden focus", "document.querySelectorAll('a').forEach(a => a.style.outline = 'none')"),
                Arguments.of("a small target", "document.querySelector('.tool').style.minHeight = '20px'"),
                Arguments.of("another title", "document.title = 'x'"),
                Arguments.of("an error", "console.error('x')"),
                Arguments.of("a foreign host", "fetch('https://example.org/').catch(() => {})"));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void a_spoilt_page_is_seen(String fault, String script) {
        try (Visit visit = Visit.at(port, Screen.PHONE_FR)) {
            visit.open("/");
            visit.page().evaluate("() => { " + script + " }");
            Consumer<Visit> check = PageCheck::of;
            assertThatThrownBy(() -> check.accept(visit)).as(fault).isInstanceOf(AssertionError.class);
        }
    }
}
