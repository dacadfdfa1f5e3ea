package fr.grandlivre.api.wiring;

import fr.grandlivre.command.ServerClock;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerUnavailableException;
import fr.grandlivre.store.StoredEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How the processors of views and policies fare, on whatever node they run: the one source of the page, the health
 * contributor {@code processors} and the meters {@code ledger.processor.*} and {@code ledger.dead.letters}. Thread-safe.
 */
@Component("processors")
public class ProcessorStates implements HealthIndicator {
    /** A scrape reads many gauges: they share one look. */
    private static final Duration LOOK_KEPT = Duration.ofSeconds(1);

    /** A node that works on a segment says so every 5 s. */
    private static final Duration CLAIM_KEPT = Duration.ofSeconds(15);

    private static final Pattern POSITION = Pattern.compile("\"globalIndex\":(\\d+)");

    private final LiveProcessors processors;
    private final DeadLetters letters;
    private final LedgerReader ledger;
    private final JdbcTemplate jdbc;
    private final ServerClock clock;
    private volatile @Nullable Look latest;

    ProcessorStates(
            LiveProcessors processors,
            DeadLetters letters,
            LedgerReader ledger,
            JdbcTemplate jdbc,
            ServerClock clock,
            MeterRegistry meters) {
        this.processors = processors;
        this.letters = letters;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.clock = clock;
        for (String name : processors.all().keySet()) {
            gauge(meters, "ledger.processor.lag.events", "events that it has still to see", name, State::behind);
            gauge(
                    meters,
                    "ledger.processor.lag.seconds",
                    "how long the oldest of them has been waiting",
                    name,
                    state -> state.lag().toMillis() / 1e3);
            gauge(
                    meters,
                    "ledger.processor.working",
                    "1 when a node works on it without an error",
                    name,
                    state -> state.works() ? 1 : 0);
        }
        Gauge.builder("ledger.dead.letters", this, states -> states.kept().letters())
                .description("events put aside by views and policies that wait for an operator")
                .register(meters);
    }

    private void gauge(
            MeterRegistry meters, String metric, String description, String name, ToDoubleFunction<State> value) {
        Gauge.builder(
                        metric,
                        this,
                        states -> states.kept().states().stream()
                                .filter(state -> state.name().equals(name))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN))
                .description(description)
                .tags(Tags.of("processor", name))
                .register(meters);
    }

    /** Where a processor stands. */
    public enum Condition {
        /** This node works on it. */
        RUNNING,
        /** Another node works on it. */
        ELSEWHERE,
        /** It met an error, and tries again. */
        FAILING,
        /** Nobody works on it. */
        STOPPED
    }

    /**
     * One processor.
     *
     * @param name      of the view or policy
     * @param position  last ledger position it has dealt with; 0 before the first
     * @param behind    events it has still to see
     * @param lag       how long the oldest of them has been waiting; zero when there is none
     * @param condition where it stands
     * @param node      who works on it; empty when nobody does
     * @param failure   class of the error that stops it for now; empty when it fares well
     * @param letters   events that it has put aside and that wait
     */
    public record State(
            String name,
            long position,
            long behind,
            Duration lag,
            Condition condition,
            String node,
            Optional<String> failure,
            long letters) {
        /** @return whether some node works on it without an error */
        public boolean works() {
            return condition == Condition.RUNNING || condition == Condition.ELSEWHERE;
        }
    }

    /**
     * All of them at one moment.
     *
     * @param head    last position of the ledger
     * @param states  by name
     * @param letters events put aside, in all
     */
    public record Look(long head, List<State> states, long letters, long takenNanos) {}

    /** @return how they fare now */
    public Look look() {
        // Claims before the head: nobody is ahead of the ledger.
        Map<String, Claim> claims = claims();
        long head = ledger.head();
        Map<String, Long> waiting = letters.waiting();
        Look look = new Look(
                head,
                processors.all().entrySet().stream()
                        .map(entry -> state(
                                entry.getKey(),
                                entry.getValue(),
                                claims.get(entry.getKey()),
                                head,
                                waiting.getOrDefault(entry.getKey(), 0L)))
                        .sorted(Comparator.comparing(State::name))
                        .toList(),
                waiting.values().stream().mapToLong(Long::longValue).sum(),
                System.nanoTime());
        latest = look;
        return look;
    }

    private Look kept() {
        Look known = latest;
        return known != null && System.nanoTime() - known.takenNanos() < LOOK_KEPT.toNanos() ? known : look();
    }

    /** Up, also when a view is behind or something is put aside: the others answer. The details say so. */
    @Override
    public Health health() {
        try {
            Look look = look();
            boolean well = look.letters() == 0 && look.states().stream().allMatch(State::works);
            Health.Builder health =
                    Health.up().withDetail("views", well ? "UP" : "DEGRADED").withDetail("deadLetters", look.letters());
            look.states().stream()
                    .filter(state -> !state.works())
                    .forEach(state ->
                            health.withDetail(state.name(), state.condition().name()));
            return health.build();
        } catch (DataAccessException | LedgerUnavailableException unreachable) {
            return Health.unknown()
                    .withDetail("views", "the database does not answer")
                    .build();
        }
    }

    private record Claim(long position, String owner, Instant at) {}

    private Map<String, Claim> claims() {
        Map<String, Claim> claims = new HashMap<>();
        jdbc.query("SELECT processorname, token, owner, timestamp FROM processing.token WHERE segment = 0", row -> {
            byte[] token = row.getBytes(2);
            Matcher index = POSITION.matcher(token == null ? "" : new String(token, StandardCharsets.UTF_8));
            claims.put(
                    row.getString(1),
                    new Claim(
                            index.find() ? Long.parseLong(index.group(1)) : 0,
                            Optional.ofNullable(row.getString(3)).orElse(""),
                            Instant.parse(row.getString(4))));
        });
        return claims;
    }

    private State state(
            String name, PooledStreamingEventProcessor processor, @Nullable Claim claim, long head, long letters) {
        long position = claim == null ? 0 : claim.position();
        long behind = Math.max(0, head - position);
        Optional<String> failure = processors
                .failure(name)
                .filter(failed -> position < failed.position())
                .map(LiveProcessors.Failed::failure);
        Condition condition;
        if (failure.isPresent()) {
            condition = Condition.FAILING;
        } else if (processor.isRunning() && !processor.processingStatus().isEmpty()) {
            condition = Condition.RUNNING;
        } else if (claim != null
                && !claim.owner().isEmpty()
                && claim.at().isAfter(Clock.systemUTC().instant().minus(CLAIM_KEPT))) {
            condition = Condition.ELSEWHERE;
        } else {
            condition = Condition.STOPPED;
        }
        return new State(
                name,
                position,
                behind,
                behind == 0 ? Duration.ZERO : lag(position + 1),
                condition,
                claim == null ? "" : claim.owner(),
                failure,
                letters);
    }

    private Duration lag(long oldest) {
        Duration lag = ledger.at(oldest)
                .map(StoredEvent::recordedAt)
                .map(recorded -> Duration.between(recorded, clock.now()))
                .orElse(Duration.ZERO);
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
