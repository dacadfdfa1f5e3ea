package fr.grandlivre.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Refuses to run on a database that would forget what was acknowledged, or over a role that could rewrite it. */
public final class DurabilityCheck {
    /** {@code transaction_timeout} exists since PostgreSQL 17. */
    public static final int MINIMUM_SERVER_VERSION = 170_000;

    private DurabilityCheck() {}

    /** The database is not fit for a ledger. The message has one line a reason: cause, then cure. */
    public static final class UnfitDatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitDatabaseException(List<String> reasons) {
            super(String.join("\n", reasons));
        }
    }

    /**
     * @param connections connections as the application uses them
     * @throws UnfitDatabaseException with every reason found
     * @throws SQLException           when the database does not answer
     */
    public static void durable(DataSource connections) throws SQLException {
        refuse(reasons(connections, """
            select 'fsync is off: set fsync = on' where current_setting('fsync') <> 'on'
            union all select 'full_page_writes is off: set full_page_writes = on'
            where current_setting('full_page_writes') <> 'on'
            union all select 'synchronous_commit is ' || current_setting('synchronous_commit')
                || ' on the application''s connections: set it to on or remote_apply'
            where current_setting('synchronous_commit') not in ('on', 'remote_apply')
            union all select 'the server is version ' || current_setting('server_version') || ': install 17 or newer'
            where current_setting('server_version_num')::int < %d
            union all select 'the encoding is ' || current_setting('server_encoding')
                || ': create the database with encoding UTF8'
            where current_setting('server_encoding') <> 'UTF8'\
            """.formatted(MINIMUM_SERVER_VERSION)));
    }

    /**
     * @param connections connections as the application uses them
     * @throws UnfitDatabaseException when their role could change or delete events
     * @throws SQLException           when the database does not answer
     */
    public static void appendOnly(DataSource connections) throws SQLException {
        refuse(reasons(connections, """
            select 'role ' || current_user || ' is a superuser: use a role that is granted grandlivre_app only'
            from pg_roles where rolname = current_user and rolsuper
            union all
            select 'role ' || current_user || ' bypasses row-level security: alter role … nobypassrls'
            from pg_roles where rolname = current_user and rolbypassrls and not rolsuper
            union all
            select 'role ' || current_user || ' owns ' || c.oid::regclass || ': let another role own it'
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'ledger' and c.relkind in ('r', 'p') and pg_has_role(c.relowner, 'usage')
                and not exists (select from pg_roles where rolname = current_user and rolsuper)
            union all
            select 'role ' || current_user || ' may ' || privilege || ' ' || c.oid::regclass || ': revoke it'
            from pg_class c join pg_namespace n on n.oid = c.relnamespace,
                unnest(array['insert', 'update', 'delete', 'truncate']) as privilege
            where n.nspname = 'ledger' and c.relkind in ('r', 'p') and not pg_has_role(c.relowner, 'usage')
                and has_table_privilege(c.oid, privilege)\
            """));
    }

    /**
     * @param connections connections as the application uses them
     * @throws UnfitDatabaseException when a view keeps the rows of establishments apart by a policy that does not apply to
     *     its owner, the application
     * @throws SQLException           when the database does not answer
     */
    public static void walled(DataSource connections) throws SQLException {
        refuse(reasons(connections, """
            select 'row-level security of ' || c.oid::regclass
                || ' is off or not forced: alter table … enable row level security, force row level security'
            from pg_policy p join pg_class c on c.oid = p.polrelid
            where p.polname = 'establishment' and not (c.relrowsecurity and c.relforcerowsecurity)\
            """));
    }

    /**
     * @param connections connections as the application uses them
     * @throws UnfitDatabaseException when the server has no data checksums
     * @throws SQLException           when the database does not answer
     */
    public static void checksummed(DataSource connections) throws SQLException {
        refuse(reasons(connections, """
            select 'data checksums are off: run pg_checksums --enable while the server is stopped'
            where current_setting('data_checksums') <> 'on'\
            """));
    }

    private static void refuse(List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new UnfitDatabaseException(reasons);
        }
    }

    private static List<String> reasons(DataSource connections, String sql) throws SQLException {
        List<String> reasons = new ArrayList<>();
        try (Connection connection = connections.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            while (row.next()) {
                reasons.add(row.getString(1));
            }
        }
        return reasons;
    }
}
