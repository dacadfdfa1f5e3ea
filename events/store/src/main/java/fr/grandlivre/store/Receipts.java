package fr.grandlivre.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** What an earlier request under the same command id was answered. */
final class Receipts {
    private Receipts() {}

    /** A receipt names positions only; stream and sequence stand in the last event. */
    static Appended appended(Connection connection, UUID commandId, long first, long last) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select stream, seq from ledger.event where position = ?")) {
            select.setLong(1, last);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("no event at position " + last + ", which a receipt names");
                }
                return new Appended(commandId, first, last, row.getObject(1, UUID.class), row.getInt(2), true);
            }
        }
    }
}
