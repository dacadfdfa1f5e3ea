package fr.grandlivre.store;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor looks for. All given conditions hold at once; {@link #ANY} has none.
 *
 * @param type        wire name
 * @param stream      id of a stream
 * @param from        recorded at or after this
 * @param to          recorded at or before this
 * @param actor       pseudonym of who acted
 * @param correlation first command of the chain
 */
public record EventFilter(
        @Nullable String type,
        @Nullable UUID stream,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID actor,
        @Nullable UUID correlation) {
    /** No condition. */
    public static final EventFilter ANY = new EventFilter(null, null, null, null, null, null);

    long afterPosition(LedgerReader reader) {
        return from == null ? 0 : reader.positionAt(from.minusNanos(1_000)).orElse(0);
    }

    long upToPosition(LedgerReader reader) {
        return to == null ? Long.MAX_VALUE : reader.positionAt(to).orElse(0);
    }

    String conditions() {
        StringBuilder sql = new StringBuilder();
        if (type != null) {
            sql.append(" and type = any (array(select t.id from ledger.event_type t where t.name = ?))");
        }
        if (stream != null) {
            sql.append(" and stream = ?");
        }
        // Metadata is canonical JSON: a member is found by its bytes.
        if (actor != null) {
            sql.append(" and position(?::bytea in metadata) > 0");
        }
        if (correlation != null) {
            sql.append(" and position(?::bytea in metadata) > 0");
        }
        return sql.toString();
    }

    int bind(PreparedStatement select, int first) throws SQLException {
        int next = first;
        if (type != null) {
            select.setString(next++, type);
        }
        if (stream != null) {
            select.setObject(next++, stream);
        }
        if (actor != null) {
            select.setBytes(next++, member("actor", actor));
        }
        if (correlation != null) {
            select.setBytes(next++, member("correlationId", correlation));
        }
        return next;
    }

    private static byte[] member(String name, UUID value) {
        return "\"%s\":\"%s\"".formatted(name, value).getBytes(StandardCharsets.US_ASCII);
    }
}
