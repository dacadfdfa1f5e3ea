package fr.grandlivre.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The schema a projection writes to: the live one or a shadow. Statements name it {@code ${schema}}.
 *
 * @param name lower-case identifier
 * @param jdbc joins the transaction of the calling thread
 */
public record ViewSchema(String name, JdbcTemplate jdbc) {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z_]{0,40}");

    public ViewSchema {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("not a schema name");
        }
    }

    /** @return the statement with {@code ${schema}} filled in */
    public String sql(String statement) {
        return statement.replace("${schema}", name);
    }

    /** Runs one statement once per row, in one round trip per driver batch. */
    public void batch(String statement, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(sql(statement), rows);
        }
    }

    /**
     * Runs one statement over rows given column by column.
     *
     * @param statement reads {@code unnest(?::type[], …)}, one parameter a column
     * @param columns   all of the same length; nothing happens when they are empty
     */
    public void unnest(String statement, Column... columns) {
        if (columns[0].values().length == 0) {
            return;
        }
        jdbc.update(sql(statement), parameters -> {
            for (int i = 0; i < columns.length; i++) {
                parameters.setArray(
                        i + 1, parameters.getConnection().createArrayOf(columns[i].type(), columns[i].values()));
            }
        });
    }

    /** @return the last position folded into this schema; 0 when nothing was */
    public long position() {
        return jdbc.query(sql("SELECT position FROM ${schema}.progress"), (row, _) -> row.getLong(1)).stream()
                .findFirst()
                .orElse(0L);
    }

    /**
     * What is here.
     *
     * @param version  {@link #version} of the projection that made it; blank when that did not say
     * @param position the last one folded; 0 when nothing was
     */
    public record State(String version, long position) {}

    /** @return both in one look; fails when there is no such schema */
    public State state() {
        return jdbc.query(sql("""
            SELECT coalesce(obj_description(oid, 'pg_namespace'), ''),
              coalesce((SELECT position FROM ${schema}.progress), 0)
            FROM pg_namespace WHERE nspname = ?\
            """), (row, _) -> new State(row.getString(1), row.getLong(2)), name)
                .getFirst();
    }

    /** Notes the last position folded; commits with the rows. */
    public void reached(long position) {
        jdbc.update(sql("""
            INSERT INTO ${schema}.progress AS p (only_row, position) VALUES (true, ?)
            ON CONFLICT (only_row) DO UPDATE SET position = EXCLUDED.position WHERE p.position < EXCLUDED.position\
            """), position);
    }

    /**
     * What the rows of a projection look like: follows from its tables, from the events it folds and from the number that
     * stands for its program, so that nobody has to remember to raise it when a column comes.
     *
     * @return 64 hexadecimal digits
     */
    public static String version(Projection projection) {
        String reads = projection.reads().stream().map(Class::getName).sorted().collect(Collectors.joining("\n"));
        return HexFormat.of()
                .formatHex(sha256().digest((ddl(projection.name()) + "\n" + reads + "\n" + projection.version())
                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** @return {@link #version} of the projection that made it; blank when that did not say; empty when nothing is here */
    public Optional<String> version() {
        return jdbc
                .query(
                        "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = ?",
                        (row, _) -> row.getString(1),
                        name)
                .stream()
                .findFirst();
    }

    /** Creates schema and tables of a projection where they are missing. */
    public void create(Projection projection) {
        jdbc.execute("CREATE SCHEMA IF NOT EXISTS " + name);
        jdbc.execute("COMMENT ON SCHEMA " + name + " IS '" + version(projection) + "'");
        jdbc.execute(sql("""
            CREATE TABLE IF NOT EXISTS ${schema}.progress (
                only_row boolean PRIMARY KEY CHECK (only_row), position bigint NOT NULL)\
            """));
        jdbc.execute(sql(ddl(projection.name())));
    }

    /** Gives it another name, rows and all. */
    public void rename(String other) {
        jdbc.execute("ALTER SCHEMA " + name + " RENAME TO " + new ViewSchema(other, jdbc).name());
    }

    /** Removes the schema and all its rows. */
    public void drop() {
        jdbc.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
    }

    private static String ddl(String view) {
        try (InputStream file = ViewSchema.class.getResourceAsStream("/view/" + view + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("no view/" + view + ".sql");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /**
     * @param type   PostgreSQL's name of the element type
     * @param values one a row; an element may be null
     */
    @SuppressWarnings("ArrayRecordComponent") // Short-lived, never compared.
    public record Column(String type, @Nullable Object[] values) {}
}
