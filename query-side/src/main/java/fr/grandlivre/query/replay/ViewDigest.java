package fr.grandlivre.query.replay;

import fr.grandlivre.query.ViewSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** SHA-256 over all rows of a view, table after table, each in primary-key order, in PostgreSQL's own text form. */
final class ViewDigest {
    private final JdbcTemplate jdbc;

    ViewDigest(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return 64 hexadecimal digits; the same for two schemas with the same rows */
    String of(ViewSchema view) {
        MessageDigest sha256 = sha256();
        for (String table : tables(view)) {
            sha256.update((table + "\n").getBytes(StandardCharsets.UTF_8));
            copy(
                    "COPY (SELECT * FROM %s.%s ORDER BY %s) TO STDOUT"
                            .formatted(view.name(), table, primaryKey(view, table)),
                    sha256);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void copy(String statement, MessageDigest sha256) {
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try (OutputStream rows = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement, rows);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    /** @return names of its tables, sorted */
    List<String> tables(ViewSchema view) {
        return jdbc.queryForList(
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = ? ORDER BY 1",
                String.class,
                view.name());
    }

    private String primaryKey(ViewSchema view, String table) {
        return String.join(", ", key(view, table));
    }

    /** @return columns of the primary key, in its order */
    List<String> key(ViewSchema view, String table) {
        return jdbc.queryForList("""
            SELECT a.attname::text FROM pg_index i
            JOIN unnest(i.indkey) WITH ORDINALITY AS k(attnum, place) ON true
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = (? || '.' || ?)::regclass AND i.indisprimary ORDER BY k.place\
            """, String.class, view.name(), table);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
