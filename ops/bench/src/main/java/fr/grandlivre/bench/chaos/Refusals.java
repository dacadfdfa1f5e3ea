package fr.grandlivre.bench.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Settings on which a node must not start. */
final class Refusals {
    private static final int REFUSED = 78;

    /** @param server a setting of the server from its start, {@code name=value}; empty for none */
    private record Setting(String name, String server, List<String> wrong, List<String> right) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("fsync off", "fsync=off", List.of(), List.of()),
            new Setting("full_page_writes off", "full_page_writes=off", List.of(), List.of()),
            new Setting(
                    "synchronous_commit off",
                    "",
                    List.of("alter role grandlivre set synchronous_commit = off"),
                    List.of("alter role grandlivre reset synchronous_commit")),
            new Setting(
                    "the application is a superuser",
                    "",
                    List.of("alter role grandlivre superuser"),
                    List.of("alter role grandlivre nosuperuser")),
            new Setting(
                    "the application may rewrite events",
                    "",
                    List.of("grant update on ledger.event to grandlivre"),
                    List.of("revoke update on ledger.event from grandlivre")),
            new Setting(
                    "the application bypasses row-level security",
                    "",
                    List.of("alter role grandlivre bypassrls"),
                    List.of("alter role grandlivre nobypassrls")),
            new Setting(
                    "row-level security is not forced",
                    "",
                    List.of("alter table schoolreport.pupil no force row level security"),
                    List.of("alter table schoolreport.pupil force row level security")));

    private Refusals() {}

    /** @return whether the node started on sound settings and on none of the others */
    static boolean all(Installation installation) throws IOException, InterruptedException, SQLException {
        installation.startDatabase();
        Node node = installation.node(1);
        try {
            installation.again(node);
            System.out.println("sound settings: starts");
            node.stop();
            boolean all = true;
            for (Setting setting : SETTINGS) {
                all &= isRefused(installation, node, setting);
            }
            return all;
        } finally {
            node.close();
        }
    }

    private static boolean isRefused(Installation installation, Node node, Setting setting)
            throws IOException, InterruptedException, SQLException {
        Database database = installation.primary();
        server(database, setting, false);
        for (String sql : setting.wrong()) {
            database.execute(sql);
        }
        node.launch();
        int status = node.awaitEnd(installation.client());
        System.out.printf(
                "%s: %s%n", setting.name(), status == REFUSED ? "refused" : "NOT REFUSED, ended with " + status);
        for (String sql : setting.right()) {
            database.execute(sql);
        }
        server(database, setting, true);
        return status == REFUSED;
    }

    private static void server(Database database, Setting setting, boolean right) throws IOException {
        if (setting.server().isEmpty()) {
            return;
        }
        String[] parts = setting.server().split("=", 2);
        database.close();
        database.set(parts[0], right ? "on" : parts[1]);
        database.start();
    }
}
