package fr.grandlivre.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.wiring.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** A full house sends the next one away at once, and lets somebody in as soon as one has left. */
class AdmissionTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Admission door = new Admission(1, problems(), meters);

    private static Problems problems() {
        StaticMessageSource messages = new StaticMessageSource();
        messages.setUseCodeAsDefaultMessage(true);
        return new Problems(
                messages,
                new FixedLocaleResolver(java.util.Locale.FRENCH),
                new JsonMapper(),
                new Settings(null, URI.create("https://ledger.test"), null, null));
    }

    private static MockHttpServletRequest asking(String path) {
        return new MockHttpServletRequest("GET", path);
    }

    @Test
    void who_comes_to_a_full_house_is_told_when_to_come_again() throws Exception {
        MockHttpServletResponse inside = new MockHttpServletResponse();
        MockHttpServletResponse program = new MockHttpServletResponse();
        MockHttpServletResponse page = new MockHttpServletResponse();
        MockHttpServletResponse health = new MockHttpServletResponse();
        door.doFilter(asking("/api/v1/me"), inside, (_, _) -> {
            door.doFilter(asking("/api/v1/me"), program, (_, _) -> program.setStatus(299));
            door.doFilter(asking("/verifier"), page, (_, _) -> page.setStatus(299));
            door.doFilter(asking("/actuator/health"), health, (_, _) -> health.setStatus(299));
        });

        assertThat(inside.getStatus()).isEqualTo(200);
        assertThat(program.getStatus()).as("not 503: the connection stays").isEqualTo(429);
        assertThat(program.getHeader("Retry-After")).matches("[1-9]\\d*");
        assertThat(program.getContentType()).isEqualTo("application/problem+json");
        assertThat(page.getStatus()).isEqualTo(503);
        assertThat(page.getHeader("Retry-After")).isEqualTo("1");
        assertThat(page.getContentAsString()).contains("<h1>Service saturé</h1>", "<p lang=\"en\">Too many people");
        assertThat(health.getStatus()).isEqualTo(299);
        assertThat(meters.counter("ledger.requests.refused").count()).isEqualTo(2);

        MockHttpServletResponse after = new MockHttpServletResponse();
        door.doFilter(asking("/api/v1/me"), after, (_, _) -> after.setStatus(299));
        assertThat(after.getStatus()).isEqualTo(299);
    }

    @Test
    void a_request_that_fails_leaves_its_place() {
        for (int i = 0; i < 3; i++) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> door.doFilter(asking("/api/v1/me"), new MockHttpServletResponse(), (_, _) -> {
                                throw new IllegalStateException("broken");
                            }))
                    .hasMessage("broken");
        }
        assertThat(meters.counter("ledger.requests.refused").count()).isZero();
    }
}
