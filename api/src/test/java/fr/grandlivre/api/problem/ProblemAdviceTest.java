package fr.grandlivre.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.store.LedgerOverloadedException;
import fr.grandlivre.store.LedgerUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ProblemAdviceTest {
    @Test
    void a_ledger_that_does_not_answer_is_no_error_of_the_program() {
        Duration wait = Duration.ofSeconds(3);
        for (RuntimeException busy : new RuntimeException[] {
            new LedgerUnavailableException(wait, false, null), new LedgerOverloadedException(wait)
        }) {
            Problem problem = ProblemAdvice.problem(busy, new MockHttpServletRequest());
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.retryAfter()).contains(wait);
        }
    }
}
