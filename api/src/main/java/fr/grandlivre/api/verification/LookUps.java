package fr.grandlivre.api.verification;

import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.verification.VerificationCodeText;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Looks a typed code up for anybody, in a fixed order: read it, count it against the client's limit, ask once. Neither code
 * nor name is logged. Thread-safe.
 */
@Component
class LookUps {
    private final VerificationQueries certificates;
    private final Clock clock;
    private final RateLimit limit;
    private final MeterRegistry meters;

    LookUps(VerificationQueries certificates, Clock clock, VerificationSettings settings, MeterRegistry meters) {
        this.certificates = certificates;
        this.clock = clock;
        this.limit = new RateLimit("verify", settings.lookUpsPerMinute());
        this.meters = meters;
    }

    /** What came of a look-up. */
    sealed interface LookUp {
        /** No code can look like this; nothing was asked. */
        record Impossible() implements LookUp {}

        /**
         * @param hint  whether O, I or L was typed, which are easily mistaken for 0 and 1; depends on the input alone
         * @param found empty when nothing can be verified by this code, for whatever reason
         * @param at    when
         */
        record Answered(boolean hint, Optional<Verification> found, Instant at) implements LookUp {}
    }

    /**
     * @param typed as typed
     * @throws fr.grandlivre.api.problem.ProblemException 429 {@code rate-limited}
     */
    LookUp lookUp(String typed, HttpServletRequest request, HttpServletResponse response) {
        String client = RateLimit.client(request.getRemoteAddr());
        return switch (VerificationCodeText.parse(typed)) {
            case VerificationCodeText.Refused _ -> {
                limit.describe(client, response);
                count("impossible");
                yield new LookUp.Impossible();
            }
            case VerificationCodeText.Parsed(var code, var hint) -> {
                limit.take(client, response);
                Instant now = clock.instant();
                // Without initials the holder was erased: the answer is that of a code that nobody holds.
                Optional<Verification> found = certificates
                        .byCode(code, ParisDays.of(now))
                        .filter(verification -> verification.initials() != null);
                count(found.map(verification -> verification.status().name().toLowerCase(java.util.Locale.ROOT))
                        .orElse("not-found"));
                yield new LookUp.Answered(hint, found, now);
            }
        };
    }

    private void count(String outcome) {
        meters.counter("ledger.verification.lookups", "outcome", outcome).increment();
    }
}
