package fr.grandlivre.bench;

import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.LedgerExport.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Turns an export in JSONL into one Parquet file for tools of analysis: one row an event, in position order. {@code meta}
 * and {@code payload} stay the text that was hashed, so that the digests beside them can be checked there too. DuckDB does
 * the work in its own bounded memory; the rows never come to Java.
 */
public final class ParquetExport {
    /** Enough for a million events at once; more is written to disk meanwhile. */
    private static final String MEMORY = "384MB";

    private static final String COPY = """
        COPY (
            SELECT position, entry.eventId AS event_id, entry.stream AS stream, entry.seq AS seq, entry.type AS type,
                   entry.version AS version, entry.recordedAt AS recorded_at, meta, payload,
                   entry.meta AS meta_sha256, entry.payload AS payload_sha256
            FROM read_json('%s', format = 'newline_delimited', columns = {position: 'BIGINT', meta: 'JSON', payload: 'JSON',
                   entry: 'STRUCT(eventId UUID, stream UUID, seq INTEGER, type VARCHAR, version INTEGER,
                                  recordedAt TIMESTAMPTZ, meta VARCHAR, payload VARCHAR)'})
        ) TO '%s' (FORMAT parquet, COMPRESSION zstd)\
        """;

    private ParquetExport() {}

    /** @param arguments the directory of an export */
    public static void main(String[] arguments) throws SQLException {
        Path folder = Path.of(arguments[0]);
        try {
            Path written = write(folder);
            System.out.printf("%d events in %s%n", count(written), written);
        } catch (IllegalArgumentException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param folder of an export in JSONL
     * @return the file, beside the others
     * @throws IllegalArgumentException when no such export is there
     * @throws SQLException             when it cannot be read or written, or DuckDB does not run on this machine
     */
    static Path write(Path folder) throws SQLException {
        Manifest manifest = LedgerExport.manifest(folder)
                .filter(known -> known.format().equals(LedgerExport.Format.JSONL.word()))
                .orElseThrow(() -> new IllegalArgumentException("no export in JSONL in " + folder));
        Path lines = folder.resolve(manifest.files().getFirst().name());
        if (!Files.isRegularFile(lines)) {
            throw new IllegalArgumentException("no file " + lines);
        }
        Path parquet = folder.resolve("ledger-%d-%d.parquet".formatted(manifest.from(), manifest.to()));
        try (Connection duck = open();
                Statement statement = duck.createStatement()) {
            statement.execute(COPY.formatted(quoted(lines), quoted(parquet)));
        }
        if (count(parquet) != manifest.count()) {
            throw new SQLException(
                    "%d events were written, the manifest says %d".formatted(count(parquet), manifest.count()));
        }
        return parquet;
    }

    /** @return a DuckDB in memory that loads nothing from elsewhere */
    static Connection open() throws SQLException {
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duck.createStatement()) {
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET memory_limit = '" + MEMORY + "'");
            statement.execute("SET TimeZone = 'UTC'");
        }
        return duck;
    }

    private static long count(Path parquet) throws SQLException {
        try (Connection duck = open();
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM '" + quoted(parquet) + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }
}
