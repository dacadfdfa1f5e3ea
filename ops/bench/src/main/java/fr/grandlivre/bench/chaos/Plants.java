package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.ChaosOptions.Plant;
import java.io.IOException;
import java.sql.SQLException;

/** Makes something wrong on purpose in a running installation, from outside: as the owner of its database. */
final class Plants {
    private Plants() {}

    /** After the nodes have looked at their database and found it sound. */
    static void atStart(Plant plant, Database database) throws IOException, SQLException {
        switch (plant) {
            case SYNCHRONOUS_COMMIT_OFF -> {
                // The link says so in the writer's name; the log shall not be flushed by chance.
                database.execute("alter system set wal_writer_delay = '10s'");
                database.execute("select pg_reload_conf()");
            }
            case FSYNC_OFF -> {
                database.set("fsync", "off");
                database.close();
                database.start();
            }
            case ROWS_APART -> {
                database.execute("""
                    create function public.forgetful() returns trigger language plpgsql as
                    $$ begin return case when random() < 0.1 then null else new end; end $$\
                    """);
                database.execute("create trigger forgetful before insert or update on profile.competence"
                        + " for each row execute function public.forgetful()");
            }
            case NO_RECEIPTS -> {
                database.execute("""
                    create function ledger.forget() returns trigger language plpgsql as
                    $$ begin delete from ledger.command_receipt; return null; end $$\
                    """);
                database.execute("create trigger forget after insert on ledger.command_receipt"
                        + " for each statement execute function ledger.forget()");
            }
            case NO_ARBITER -> database.execute("alter table ledger.stream_head drop constraint stream_head_pkey");
            case HOLE -> database.execute("""
                do $$ begin
                  execute replace(pg_get_functiondef('ledger.append'::regproc),
                    'set position = h.position + cardinality(e_id)',
                    'set position = h.position + cardinality(e_id) + (random() < 0.05)::int');
                end $$\
                """);
            case SKIPPED_LEAF, ASYNCHRONOUS_STANDBY -> {
                // The first is done at the end, the other by the way in which the standby follows.
            }
        }
    }

    /** After the load and before anybody looks. */
    static void atEnd(Plant plant, Database database) throws IOException, SQLException {
        switch (plant) {
            // Those who look refuse a server that may lose commits; what is lost is lost.
            case FSYNC_OFF -> {
                database.set("fsync", "on");
                database.close();
                database.start();
            }
            // The tree goes on as if the third event had never been there.
            case SKIPPED_LEAF ->
                database.execute("update ledger.log_tile set hashes = overlay(hashes placing ''::bytea from 65 for 32)"
                        + " where level = 0 and index = 0");
            default -> {
                // It does its work without help.
            }
        }
    }
}
