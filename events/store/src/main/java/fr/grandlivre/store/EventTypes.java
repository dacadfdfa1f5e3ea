package fr.grandlivre.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Wire name and version ↔ the two bytes that stand for them in a row. Ids never change. Thread-safe. */
final class EventTypes {
    private final Map<Named, Short> ids = new ConcurrentHashMap<>();
    private final Map<Short, Named> names = new ConcurrentHashMap<>();

    /**
     * @param name    wire name
     * @param version version as stored
     */
    record Named(String name, int version) {}

    /** @return the id, given by the database at first use */
    short id(Connection connection, String name, int version) throws SQLException {
        Named named = new Named(name, version);
        Short known = ids.get(named);
        if (known != null) {
            return known;
        }
        try (PreparedStatement select = connection.prepareStatement("select ledger.event_type_id(?, ?)")) {
            select.setString(1, name);
            select.setInt(2, version);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                short id = row.getShort(1);
                ids.put(named, id);
                return id;
            }
        }
    }

    /** @return name and version of an id that stands in a row */
    Named named(Connection connection, short id) throws SQLException {
        Named known = names.get(id);
        if (known != null) {
            return known;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select name, version from ledger.event_type where id = ?")) {
            select.setShort(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("event type " + id + " is not in ledger.event_type");
                }
                Named named = new Named(row.getString(1), row.getInt(2));
                names.put(id, named);
                return named;
            }
        }
    }
}
