package fr.grandlivre.query.live;

import org.springframework.jdbc.core.JdbcTemplate;

/** What the database says of itself. Thread-safe. */
public final class DatabaseState {
    private final JdbcTemplate jdbc;

    public DatabaseState(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param connections              open ones, of everybody
     * @param oldestTransactionSeconds age of the oldest transaction that this login may see; 0 when there is none
     * @param bytes                    size of the database
     */
    public record Figures(long connections, double oldestTransactionSeconds, long bytes) {}

    public Figures now() {
        Figures figures = jdbc.queryForObject(
                """
                SELECT count(*), coalesce(max(extract(epoch FROM clock_timestamp() - xact_start))
                           FILTER (WHERE pid <> pg_backend_pid()), 0),
                       pg_database_size(current_database())
                FROM pg_stat_activity WHERE backend_type = 'client backend'\
                """, (row, _) -> new Figures(row.getLong(1), Math.max(0, row.getDouble(2)), row.getLong(3)));
        return java.util.Objects.requireNonNull(figures);
    }
}
