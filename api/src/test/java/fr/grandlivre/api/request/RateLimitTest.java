package fr.grandlivre.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.grandlivre.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final RateLimit limit = new RateLimit("try", 3, nanoTime::get);

    private MockHttpServletResponse take(String who) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        limit.take(who, response);
        return response;
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void the_headers_say_what_is_left_and_for_how_long() {
        MockHttpServletResponse first = take("a");
        assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"try\";q=3;w=60");
        assertThat(first.getHeader("RateLimit")).isEqualTo("\"try\";r=2;t=60");
        pass(Duration.ofMillis(20_500));
        assertThat(take("a").getHeader("RateLimit")).isEqualTo("\"try\";r=1;t=40");
    }

    @Test
    void one_more_is_refused_until_the_minute_is_over_and_others_are_not() {
        for (int i = 0; i < 3; i++) {
            take("a");
        }
        pass(Duration.ofSeconds(59));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> take("a"));
        assertThat(refused.problem().status()).isEqualTo(429);
        assertThat(refused.problem().retryAfter()).hasValue(Duration.ofSeconds(1));
        assertThat(take("b").getHeader("RateLimit")).contains("r=2");
        pass(Duration.ofSeconds(1));
        assertThat(take("a").getHeader("RateLimit")).contains("r=2");
    }

    @Test
    void a_peek_refuses_when_nothing_is_left_and_takes_nothing() {
        for (int i = 0; i < 3; i++) {
            limit.peek("a", new MockHttpServletResponse());
            take("a");
        }
        assertThat(catchThrowableOfType(ProblemException.class, () -> limit.peek("a", new MockHttpServletResponse())))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::1, 20010db800010002",
        "nowhere, nowhere"
    })
    void a_household_of_ipv6_is_one_client(String address, String client) {
        assertThat(RateLimit.client(address)).isEqualTo(client);
    }
}
