package fr.grandlivre.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
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

    /** Notes the last position folded; commits with the rows. */
    public void reached(long position) {
        jdbc.update(sql("""
            INSERT INTO ${schema}.progress AS p (only_row, position) VALUES (true, ?)
            ON CONFLICT (only_row) DO UPDATE SET position = EXCLUDED.position WHERE p.position < EXCLUDED.position\
            """), position);
    }

    /** Creates schema and tables of a projection where they are missing. */
    public void create(Projection projection) {
        jdbc.execute("CREATE SCHEMA IF NOT EXISTS " + name);
        jdbc.execute(sql("""
            CREATE TABLE IF NOT EXISTS ${schema}.progress (
                only_row boolean PRIMARY KEY CHECK (only_row), position bigint NOT NULL)\
            """));
        jdbc.execute(sql(ddl(projection.name())));
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

    /**
     * @param type   PostgreSQL's name of the element type
     * @param values one a row; an element may be null
     */
    @SuppressWarnings("ArrayRecordComponent") // Short-lived, never compared.
    public record Column(String type, @Nullable Object[] values) {}
}
