package fr.grandlivre.query.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What every node can say of the long work of any, also of a process that is no more: not what came of it, but how it
 * ended. Who works says so now and then; work of which nothing was heard for a while was interrupted. Thread-safe.
 */
public final class JobNotes {
    /** Several times as long as between two beats, so that a pause of the process is not its end. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    /** What an auditor looks back at. */
    private static final int KEPT = 500;

    private static final String OPEN = "state IN ('QUEUED', 'RUNNING')";

    private final JdbcTemplate jdbc;

    /** @param jdbc of a user who may create schemas */
    public JobNotes(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One job.
     *
     * @param id        random
     * @param kind      what is done
     * @param subject   what it is done to
     * @param state     where it stands; {@code QUEUED} and {@code RUNNING} are under way, all others are ends
     * @param done      last position dealt with
     * @param total     position at which the work ends; 0 before it began
     * @param elapsed   time spent so far
     * @param startedAt when it was asked for, by the domain's clock
     * @param heard     whether it is over, or somebody has lately said that it goes on
     */
    public record Note(
            UUID id,
            String kind,
            String subject,
            String state,
            long done,
            long total,
            Duration elapsed,
            Instant startedAt,
            boolean heard) {}

    /** Makes room for them, and forgets the oldest. */
    public void create() {
        jdbc.execute("CREATE SCHEMA IF NOT EXISTS processing");
        jdbc.execute("""
            CREATE TABLE IF NOT EXISTS processing.job (
                id uuid PRIMARY KEY, kind text NOT NULL, subject text NOT NULL, state text NOT NULL,
                done bigint NOT NULL, total bigint NOT NULL, elapsed_ms bigint NOT NULL,
                started_at timestamptz NOT NULL, heard_at timestamptz NOT NULL)\
            """);
        jdbc.update(
                "DELETE FROM processing.job WHERE id NOT IN"
                        + " (SELECT id FROM processing.job ORDER BY heard_at DESC LIMIT ?)",
                KEPT);
    }

    /** Notes a job that begins. */
    public void begin(UUID id, String kind, String subject, String state, Instant startedAt) {
        jdbc.update(
                "INSERT INTO processing.job VALUES (?, ?, ?, ?, 0, 0, 0, ?, clock_timestamp())",
                id,
                kind,
                subject,
                state,
                startedAt.atOffset(ZoneOffset.UTC));
    }

    /**
     * Notes how far it has come, or how it ended.
     *
     * @return whether it was under way until now; false when somebody else has ended it
     */
    public boolean change(UUID id, String state, long done, long total, Duration elapsed) {
        return jdbc.update(
                        "UPDATE processing.job SET state = ?, done = ?, total = ?, elapsed_ms = ?,"
                                + " heard_at = clock_timestamp() WHERE id = ? AND " + OPEN,
                        state,
                        done,
                        total,
                        elapsed.toMillis(),
                        id)
                == 1;
    }

    /**
     * Ends a job of whatever node; who works on it learns so when it next tells how far it has come.
     *
     * @return whether it was under way
     */
    public boolean end(UUID id, String state) {
        return jdbc.update("UPDATE processing.job SET state = ? WHERE id = ? AND " + OPEN, state, id) == 1;
    }

    /** Says that these go on. */
    public void beat(Collection<UUID> ids) {
        jdbc.update("UPDATE processing.job SET heard_at = clock_timestamp() WHERE id = ANY (?) AND " + OPEN, (Object)
                ids.toArray(UUID[]::new));
    }

    /** @return the job; empty when nobody began it, or it was forgotten */
    public Optional<Note> find(UUID id) {
        return select("WHERE id = ?", id).stream().findFirst();
    }

    /** @return the newest, at most {@code limit} */
    public List<Note> newest(int limit) {
        return select("ORDER BY heard_at DESC LIMIT ?", limit);
    }

    private List<Note> select(String which, Object parameter) {
        return jdbc.query(
                "SELECT id, kind, subject, state, done, total, elapsed_ms, started_at, NOT (" + OPEN
                        + ") OR heard_at > clock_timestamp() - interval '" + SILENCE.toSeconds()
                        + " seconds' AS heard FROM processing.job " + which,
                JobNotes::note,
                parameter);
    }

    private static Note note(ResultSet row, int number) throws SQLException {
        return new Note(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("state"),
                row.getLong("done"),
                row.getLong("total"),
                Duration.ofMillis(row.getLong("elapsed_ms")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("heard"));
    }
}
