package fr.grandlivre.query.audit;

import fr.grandlivre.store.log.Reread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What full re-readings of the ledger found, the last of them. Thread-safe. */
public final class Rereadings {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcTemplate jdbc;

    /** @param jdbc of a user who may create schemas */
    public Rereadings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes room for them. */
    public void create() {
        jdbc.execute("CREATE SCHEMA IF NOT EXISTS processing");
        jdbc.execute("CREATE TABLE IF NOT EXISTS processing.reread"
                + " (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),"
                + " finished_at timestamptz NOT NULL, report text NOT NULL)");
        jdbc.execute("CREATE TABLE IF NOT EXISTS processing.reread_turn"
                + " (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), taken_at timestamptz NOT NULL)");
    }

    /**
     * Of several nodes that ask at the same time, one takes its turn.
     *
     * @param now   by the system's clock
     * @param again how long a turn lasts
     * @return whether it is the caller's
     */
    public boolean takeTurn(Instant now, Duration again) {
        return jdbc.update(
                        "INSERT INTO processing.reread_turn AS turn (taken_at) VALUES (?) ON CONFLICT (only_row) DO"
                                + " UPDATE SET taken_at = excluded.taken_at WHERE turn.taken_at < ?",
                        now.atOffset(ZoneOffset.UTC),
                        now.minus(again).atOffset(ZoneOffset.UTC))
                == 1;
    }

    /**
     * A finished re-reading.
     *
     * @param finishedAt by the system's clock
     * @param report     what it found
     */
    public record Finished(Instant finishedAt, Reread report) {}

    public void keep(Reread report, Instant finishedAt) {
        jdbc.update(
                "INSERT INTO processing.reread (finished_at, report) VALUES (?, ?) ON CONFLICT (only_row) DO UPDATE"
                        + " SET finished_at = excluded.finished_at, report = excluded.report",
                finishedAt.atOffset(ZoneOffset.UTC),
                JSON.writeValueAsString(report));
    }

    /** @return the last one, of whatever node; empty before the first */
    public Optional<Finished> last() {
        return jdbc.query("SELECT finished_at, report FROM processing.reread", Rereadings::finished).stream()
                .findFirst();
    }

    private static Finished finished(ResultSet row, int number) throws SQLException {
        return new Finished(
                row.getObject(1, OffsetDateTime.class).toInstant(), JSON.readValue(row.getString(2), Reread.class));
    }
}
