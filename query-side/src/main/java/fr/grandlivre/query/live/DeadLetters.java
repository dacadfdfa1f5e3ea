package fr.grandlivre.query.live;

import fr.grandlivre.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Events that a view could not fold, or that a policy could not act upon: pointers to the ledger, never copies, so that
 * nothing is there to erase and a second try reads through today's upcasts. Joins the caller's transaction. Thread-safe.
 *
 * <p>Rows of a view that are not served, of a rebuild or of the view's previous life, have letters of their own under the
 * name of their schema, {@code <view>_…}; they count for nobody until those rows are served. The name of a processor holds
 * no underscore.
 */
public final class DeadLetters {
    /** Cause of an event that only waits because an earlier one of its stream does. */
    static final String BEHIND = "behind";

    private static final String WAITING = "NOT skipped";
    private static final String SERVED = "strpos(processor, '_') = 0";

    private final JdbcTemplate jdbc;
    private final Clock clock;

    /** @param clock the domain's, so that times stand beside those of the ledger */
    public DeadLetters(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The first letter of a stream at one processor.
     *
     * @param processor name of the view or policy
     * @param stream    whose events wait
     * @param position  of the first of them
     * @param cause     class of the error, or code of the refusal; never its message, which may quote the event
     * @param since     when it was put aside
     * @param waiting   letters of the stream, this one included
     */
    public record Parked(String processor, UUID stream, long position, String cause, Instant since, long waiting) {}

    /** Why an operator lets an event go: a choice, so that no text about people is kept here. */
    public enum Reason {
        /** The view or the act does not need it any more. */
        NOT_NEEDED,
        /** Its effect was brought about otherwise. */
        DONE_OTHERWISE,
        /** It comes from a test or a mistake. */
        MISTAKE;

        /** @return the name on the wire, for example {@code not-needed} */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @return the reason of that name; empty when there is none */
        public static Optional<Reason> of(String code) {
            return Arrays.stream(values())
                    .filter(reason -> reason.code().equals(code))
                    .findFirst();
        }
    }

    /** Makes room for them, and takes over what an earlier version had put aside. */
    public void create() {
        jdbc.execute("CREATE SCHEMA IF NOT EXISTS processing");
        jdbc.execute("""
            CREATE TABLE IF NOT EXISTS processing.dead_letter (
                processor text, position bigint, stream uuid NOT NULL, cause text NOT NULL, since timestamptz NOT NULL,
                skipped boolean NOT NULL DEFAULT false, reason text, PRIMARY KEY (processor, position))\
            """);
        // For the look at parked streams before every batch.
        jdbc.execute("CREATE INDEX IF NOT EXISTS dead_letter_stream ON processing.dead_letter (processor, stream)"
                + " WHERE NOT skipped");
        Boolean earlier = jdbc.queryForObject("SELECT to_regclass('processing.parked') IS NOT NULL", Boolean.class);
        if (Boolean.TRUE.equals(earlier)) {
            jdbc.execute("""
                INSERT INTO processing.dead_letter (processor, position, stream, cause, since)
                SELECT policy, position, e.stream, rule, e.recorded_at
                FROM processing.parked JOIN ledger.event e USING (position) ON CONFLICT DO NOTHING\
                """);
            jdbc.execute("DROP TABLE processing.parked");
        }
    }

    /** Puts an event aside, or notes the newest cause of one that is. */
    public void park(String processor, UUID stream, long position, String cause) {
        put(processor, processor, stream, position, cause);
    }

    /**
     * Puts an event aside for rows of a view. What an operator has let go for the rows that are served stays let go.
     *
     * @param view   the view, under whose name the letters of the served rows stand
     * @param schema the rows that lack the event
     * @return whether it waits; false when it was let go, so that the rest of its stream need not wait
     */
    boolean parkAs(String view, String schema, StoredEvent culprit, String cause) {
        return put(view, schema, culprit.stream(), culprit.position(), cause);
    }

    private boolean put(String known, String processor, UUID stream, long position, String cause) {
        return jdbc.queryForList(
                        """
                        INSERT INTO processing.dead_letter AS d
                            (processor, position, stream, cause, since, skipped, reason)
                        SELECT ?, p.position, ?, ?, coalesce(k.since, ?), coalesce(k.skipped, false), k.reason
                        FROM (VALUES (?)) p (position)
                        LEFT JOIN processing.dead_letter k ON k.processor = ? AND k.position = p.position
                        ON CONFLICT (processor, position) DO UPDATE SET cause = EXCLUDED.cause WHERE NOT d.skipped
                        RETURNING NOT skipped\
                        """,
                        Boolean.class,
                        processor,
                        stream,
                        cause,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        position,
                        known)
                .contains(true);
    }

    /** @return the streams of which this processor has put something aside */
    Set<UUID> streams(String processor) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT DISTINCT stream FROM processing.dead_letter WHERE processor = ? AND " + WAITING,
                UUID.class,
                processor));
    }

    /** @return positions of the stream's letters at this processor, ascending */
    List<Long> positions(String processor, UUID stream) {
        return jdbc.queryForList(
                "SELECT position FROM processing.dead_letter WHERE processor = ? AND stream = ? AND " + WAITING
                        + " ORDER BY position",
                Long.class,
                processor,
                stream);
    }

    /** The event was dealt with after all. */
    void settle(String processor, long position) {
        jdbc.update(
                "DELETE FROM processing.dead_letter WHERE processor = ? AND position = ? AND " + WAITING,
                processor,
                position);
    }

    /** The rows of a schema take another's name and place: their letters go with them, and replace that one's. */
    public void move(String schema, String to) {
        forget(to);
        jdbc.update("UPDATE processing.dead_letter SET processor = ? WHERE processor = ?", to, schema);
    }

    /** The rows of a schema are no more. */
    public void forget(String schema) {
        jdbc.update("DELETE FROM processing.dead_letter WHERE processor = ?", schema);
    }

    /** @return letters of a processor, or of a schema that is not served, that wait */
    public long waiting(String processor) {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM processing.dead_letter WHERE processor = ? AND " + WAITING,
                Long.class,
                processor);
        return count == null ? 0 : count;
    }

    /**
     * Lets an event go without its effect; what waits behind it may be tried again.
     *
     * @return whether it was waiting
     */
    public boolean skip(String processor, long position, Reason reason) {
        return jdbc.update(
                        "UPDATE processing.dead_letter SET skipped = true, reason = ? WHERE processor = ? AND position"
                                + " = ? AND " + WAITING,
                        reason.code(),
                        processor,
                        position)
                == 1;
    }

    /** @return one line a stream and processor, the oldest ones first, at most {@code limit} */
    public List<Parked> oldest(int limit) {
        return jdbc.query("""
            SELECT DISTINCT ON (since_first, processor, stream) processor, stream, position, cause, since, waiting
            FROM (SELECT d.*, min(since) OVER w AS since_first, count(*) OVER w AS waiting
                  FROM processing.dead_letter d WHERE NOT skipped AND %s
                  WINDOW w AS (PARTITION BY processor, stream)) letters
            ORDER BY since_first, processor, stream, position LIMIT ?\
            """.formatted(SERVED), DeadLetters::parked, limit);
    }

    private static Parked parked(ResultSet row, int number) throws SQLException {
        return new Parked(
                row.getString("processor"),
                row.getObject("stream", UUID.class),
                row.getLong("position"),
                row.getString("cause"),
                row.getObject("since", OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                row.getLong("waiting"));
    }

    /** @return letters that wait at each processor that has some */
    public Map<String, Long> waiting() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.query(
                "SELECT processor, count(*) FROM processing.dead_letter WHERE " + WAITING + " AND " + SERVED
                        + " GROUP BY processor",
                row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }
}
