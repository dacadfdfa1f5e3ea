package fr.grandlivre.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What PostgreSQL does with no ledger around it: one row, one transaction, one connection a caller, one index. The
 * denominator of all other figures. It stores the same bytes, but has no streams, no order of commits, no idempotency.
 */
final class RawInserts implements AppendSubject {
    static final String NAME = "raw single-row insert";

    private static final String TABLE = """
        create table raw_event (
            position bigint primary key generated always as identity,
            metadata bytea not null,
            payload  bytea not null
        )\
        """;

    private final DataSource connections;
    private final Answers answers;

    RawInserts(DataSource connections, Answers answers) throws SQLException {
        this.connections = connections;
        this.answers = answers;
        Server.execute(connections, TABLE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Caller caller() throws SQLException {
        Connection connection = connections.getConnection();
        PreparedStatement insert =
                connection.prepareStatement("insert into raw_event (metadata, payload) values (?, ?)");
        return new Caller() {
            @Override
            public void call() throws SQLException {
                Answers.Answer answer = answers.next();
                insert.setBytes(1, answer.metadataBytes());
                insert.setBytes(2, answer.payload());
                insert.executeUpdate();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    @Override
    public long head() throws SQLException {
        return number(connections, "select coalesce(max(position), 0) from raw_event");
    }

    @Override
    public Stored storedAfter(long position) throws SQLException {
        return Stored.oneByOne(number(connections, "select count(*) from raw_event where position > " + position));
    }

    static long number(DataSource connections, String sql) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
