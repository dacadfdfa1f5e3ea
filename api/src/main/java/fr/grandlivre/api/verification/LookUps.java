package fr.grandlivre.api.verification;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.SummedAccesses;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.certificate.CertificateOrigins;
import fr.grandlivre.query.verification.RememberedCertificates;
import fr.grandlivre.query.verification.VerifiableCertificate;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.verification.VerificationCodeText;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks a typed code up for anybody, in a fixed order: read it, count it against the limits, ask once, compare the second
 * fact, record the reading, answer. Neither code, key, name nor address is logged. Thread-safe.
 */
@Component
class LookUps {
    private static final String EVERYBODY = "everybody";

    private final RememberedCertificates certificates;
    private final SecondFacts secondFacts;
    private final WrongFacts wrongFacts;
    private final CertificateOrigins origins;
    private final Accesses accesses;
    private final SummedAccesses summed;
    private final Clock clock;
    private final RateLimit limit;
    private final RateLimit misses;
    private final MeterRegistry meters;
    private static final List<String> MISSES = List.of("impossible", "not-found", "refused-to-everybody");

    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

    LookUps(
            RememberedCertificates certificates,
            SecondFacts secondFacts,
            WrongFacts wrongFacts,
            CertificateOrigins origins,
            Accesses accesses,
            SummedAccesses summed,
            Clock clock,
            VerificationSettings settings,
            MeterRegistry meters) {
        this.certificates = certificates;
        this.secondFacts = secondFacts;
        this.wrongFacts = wrongFacts;
        this.origins = origins;
        this.accesses = accesses;
        this.summed = summed;
        this.clock = clock;
        this.limit = new RateLimit("verify", settings.lookUpsPerMinute());
        this.misses = new RateLimit("misses", settings.missesPerMinute());
        this.meters = meters;
        // From the start, so that an alert can tell none from unknown.
        MISSES.forEach(outcome -> outcomes.put(outcome, counter(outcome)));
    }

    /** What came of a look-up. */
    sealed interface LookUp {
        /** No code can look like this; nothing was asked. */
        record Impossible() implements LookUp {}

        /**
         * Nothing can be verified by this code, for whatever reason.
         *
         * @param hint whether O, I or L was typed, which are easily mistaken for 0 and 1; depends on the input alone
         */
        record NotFound(boolean hint) implements LookUp {}

        /**
         * @param hint       the same
         * @param found      what the code alone answers
         * @param secondFact what became of the claim
         * @param identity   what a right second fact adds; empty without one
         * @param at         when
         */
        record Answered(
                boolean hint, Verification found, SecondFactOutcome secondFact, Optional<Identity> identity, Instant at)
                implements LookUp {}
    }

    /** What became of a second fact. A certificate that shows no identity refuses right and wrong ones alike. */
    enum SecondFactOutcome {
        ABSENT,
        MATCHED,
        REFUSED
    }

    /**
     * What the second tier adds.
     *
     * @param firstName  as printed
     * @param lastName   as printed
     * @param birthYear  and no more of the birth
     * @param reason     of a revocation or suspension; absent otherwise
     * @param since      its day; absent with it
     * @param replacedBy code of the certificate that took its place; absent unless replaced
     * @param event      id of the event by which the certificate began, of which the log gives a proof
     */
    record Identity(
            String firstName,
            String lastName,
            int birthYear,
            @Nullable ReasonCode reason,
            @Nullable LocalDate since,
            @Nullable VerificationCode replacedBy,
            UUID event) {
        /** Never shows who. */
        @Override
        public String toString() {
            return "Identity[…]";
        }
    }

    /**
     * @param typed   code as typed
     * @param claim   the second fact
     * @param purpose as declared; null when none was
     * @throws ProblemException 429 {@code rate-limited}; 503 when an identity would be shown and cannot be recorded
     */
    LookUp lookUp(
            String typed,
            ClaimedFact claim,
            @Nullable String purpose,
            HttpServletRequest request,
            HttpServletResponse response) {
        String client = RateLimit.client(request.getRemoteAddr());
        return switch (VerificationCodeText.parse(typed)) {
            case VerificationCodeText.Refused _ -> {
                limit.describe(client, response);
                count("impossible");
                yield new LookUp.Impossible();
            }
            case VerificationCodeText.Parsed(var code, var hint) -> {
                limit.take(client, response);
                admit(claim, code);
                Instant now = clock.instant();
                LocalDate today = ParisDays.of(now);
                Optional<VerifiableCertificate> found = certificates.answering(code);
                boolean right = secondFacts.open(claim, code, found, today);
                if (right) {
                    wrongFacts.giveBack(code);
                }
                if (found.isEmpty()) {
                    misses.count(EVERYBODY);
                    count("not-found");
                    yield new LookUp.NotFound(hint);
                }
                yield answered(found.get(), claim, right, purpose, hint, now, today);
            }
        };
    }

    // A certificate in hand opens the second tier whatever strangers do: the common limit is for codes alone.
    private void admit(ClaimedFact claim, VerificationCode code) {
        if (claim instanceof ClaimedFact.None) {
            misses.spent(EVERYBODY).ifPresent(wait -> {
                count("refused-to-everybody");
                throw new ProblemException(Problem.of(Slug.RATE_LIMITED).retryAfter(wait));
            });
        } else {
            wrongFacts.take(code);
        }
    }

    private LookUp.Answered answered(
            VerifiableCertificate found,
            ClaimedFact claim,
            boolean right,
            @Nullable String purpose,
            boolean hint,
            Instant now,
            LocalDate today) {
        Verification verification = found.on(today);
        Optional<Identity> identity = right ? identity(found) : Optional.empty();
        if (identity.isPresent()) {
            accesses.recordLookUp(Surface.VERIFICATION, found.certificate(), found.holder(), purpose);
        } else {
            summed.count(found.certificate(), found.holder());
        }
        count(verification.status().name().toLowerCase(Locale.ROOT));
        return new LookUp.Answered(hint, verification, outcome(claim, identity.isPresent()), identity, now);
    }

    private static SecondFactOutcome outcome(ClaimedFact claim, boolean opened) {
        if (claim instanceof ClaimedFact.None) {
            return SecondFactOutcome.ABSENT;
        }
        return opened ? SecondFactOutcome.MATCHED : SecondFactOutcome.REFUSED;
    }

    private Optional<Identity> identity(VerifiableCertificate found) {
        return found.firstName() == null || found.lastName() == null || found.birthDate() == null
                ? Optional.empty()
                : Optional.of(new Identity(
                        found.firstName(),
                        found.lastName(),
                        found.birthDate().getYear(),
                        found.reason(),
                        found.since(),
                        found.replacedBy(),
                        origins.of(found.certificate()).orElseThrow().eventId()));
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(outcome, this::counter).increment();
    }

    private Counter counter(String outcome) {
        return meters.counter("ledger.verification.lookups", "outcome", outcome);
    }
}
