package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LedgerMigrationsTest {
    @Test
    void migrating_twice_changes_nothing() throws SQLException {
        String database = TestServer.createEmptyDatabase();
        try {
            DataSource owner = TestServer.owner(database);
            LedgerMigrations.migrate(owner);
            long objects = number(owner, "select count(*) from pg_class");
            LedgerMigrations.migrate(owner);

            assertThat(number(owner, "select count(*) from pg_class")).isEqualTo(objects);
            assertThat(number(owner, "select count(*) from ledger.flyway_schema_history"))
                    .isGreaterThan(1);
            assertThat(number(owner, "select count(*) from keys.flyway_schema_history"))
                    .isGreaterThan(0);
        } finally {
            TestServer.dropDatabase(database);
        }
    }

    @Test
    void bytes_are_kept_in_rows_not_as_large_objects() throws SQLException {
        try (TestLedger ledger = TestLedger.create()) {
            assertThat(ledger.number("select count(*) from pg_largeobject")).isZero();
            assertThat(ledger.number("""
                select count(*) from information_schema.columns
                where table_schema in ('ledger', 'keys') and data_type = 'oid'\
                """)).isZero();
        }
    }

    private static long number(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
