package fr.grandlivre.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates and upgrades the schemas of the store. Needs a connection that may create schemas and roles. */
public final class LedgerMigrations {
    private LedgerMigrations() {}

    /** @param owner connections of the owner; ledger and keys in one database */
    public static void migrate(DataSource owner) {
        migrateLedger(owner);
        migrateKeys(owner);
    }

    /** @param owner connections of the owner of the schema {@code ledger} */
    public static void migrateLedger(DataSource owner) {
        migrate(owner, "ledger");
    }

    /** @param owner connections of the owner of the schema {@code keys}; may be another database than the ledger's */
    public static void migrateKeys(DataSource owner) {
        migrate(owner, "keys");
    }

    private static void migrate(DataSource owner, String schema) {
        Flyway.configure(LedgerMigrations.class.getClassLoader())
                .dataSource(owner)
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:db/" + schema)
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
