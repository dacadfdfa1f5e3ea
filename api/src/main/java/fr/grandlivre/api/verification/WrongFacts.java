package fr.grandlivre.api.verification;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How often a wrong second fact was tried for a code, whether anybody holds it or not. The table is shared by all nodes; it
 * is unlogged, so that a try costs no durable write, and a crash of the database forgets the tries of the last hour.
 * Thread-safe.
 */
@Component
class WrongFacts {
    private static final Duration WINDOW = Duration.ofHours(1);

    /** About 20 MB. To push one code out, somebody must try this many others. */
    private static final int MOST_CODES = 200_000;

    private static final String TABLE = """
        CREATE SCHEMA IF NOT EXISTS limits;
        CREATE UNLOGGED TABLE IF NOT EXISTS limits.second_fact (
          code text PRIMARY KEY, begun timestamptz NOT NULL, taken integer NOT NULL);
        CREATE INDEX IF NOT EXISTS second_fact_begun ON limits.second_fact (begun)\
        """;

    private static final String TAKE = """
        INSERT INTO limits.second_fact AS f (code, begun, taken) VALUES (?, ?, 1)
        ON CONFLICT (code) DO UPDATE SET
          taken = CASE WHEN f.begun <= ? THEN 1 ELSE least(f.taken, ?) + 1 END,
          begun = CASE WHEN f.begun <= ? THEN EXCLUDED.begun ELSE f.begun END
        RETURNING taken, begun\
        """;

    private final JdbcTemplate jdbc;
    private final int quota;

    WrongFacts(JdbcTemplate jdbc, VerificationSettings settings) {
        this.jdbc = jdbc;
        this.quota = settings.wrongFactsPerHour();
        jdbc.execute(TABLE);
    }

    private record Hour(int taken, Instant begun) {}

    /**
     * Counts a try before it is known to be wrong, so that many at once gain nothing.
     *
     * @throws ProblemException 429 {@code rate-limited} when nothing was left
     */
    void take(VerificationCode code) {
        Instant now = Instant.now();
        OffsetDateTime over = now.minus(WINDOW).atOffset(ZoneOffset.UTC);
        Hour hour = jdbc.queryForObject(
                TAKE,
                (row, _) -> new Hour(
                        row.getInt(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                code.value(),
                now.atOffset(ZoneOffset.UTC),
                over,
                quota,
                over);
        if (hour != null && hour.taken() > quota) {
            Duration left = Duration.between(now, hour.begun().plus(WINDOW));
            throw new ProblemException(Problem.of(Slug.RATE_LIMITED).retryAfter(left));
        }
    }

    /** The fact was right. */
    void giveBack(VerificationCode code) {
        jdbc.update("UPDATE limits.second_fact SET taken = greatest(taken - 1, 0) WHERE code = ?", code.value());
    }

    /** Forgets what is over, and the oldest when there are too many. Every node may do it at any time. */
    @Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT5M")
    void purge() {
        jdbc.update(
                "DELETE FROM limits.second_fact WHERE begun <= ?",
                Instant.now().minus(WINDOW).atOffset(ZoneOffset.UTC));
        jdbc.update("""
            DELETE FROM limits.second_fact WHERE code IN (
              SELECT code FROM limits.second_fact ORDER BY begun DESC OFFSET ?)\
            """, MOST_CODES);
    }
}
