package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.Checker.Violation;
import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.learners.InstallationKeys;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.store.LedgerMigrations;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Backs up an installation of its own under load, spoils it, loses the machine, restores the moment before with the
 * scripts that operators use, and compares with what clients were told.
 */
final class RestoreDrill {
    static final String USAGE = """
        Usage: ops/bin/restore-drill [--answers N] [--note DIRECTORY] [--help]

        Starts a PostgreSQL with a WAL archive, one for keys, and the application; lets learners give N answers (default
        2000); takes a base backup meanwhile and a copy of the keys; deletes rows as a mistaken owner would; kills
        everything with SIGKILL. Then restores the moment before the mistake with ops/bin/restore, reads the ledger again
        (fsck), puts the keys back, starts the application, and compares: every acknowledged answer once, views equal to a
        replay. Prints how long each step took. --note writes the moment to DIRECTORY/last-restore-proof.
        """;

    private static final int CLIENTS = 16;
    private static final int KEYS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Path directory;
    private final int answers;
    private final HttpClient client = HttpClient.newHttpClient();

    private RestoreDrill(int answers) throws IOException {
        this.answers = answers;
        this.directory = Files.createTempDirectory(Files.createDirectories(Path.of("ops/bench/target")), "drill-")
                .toAbsolutePath();
    }

    public static void main(String[] arguments) throws Exception {
        int answers = 2_000;
        Path note = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> {
                    System.out.print(USAGE);
                    return;
                }
                case "--answers" -> answers = Integer.parseInt(arguments[++i]);
                case "--note" -> note = Path.of(arguments[++i]);
                default -> {
                    System.err.print(USAGE);
                    System.exit(2);
                }
            }
        }
        boolean proved = new RestoreDrill(answers).run();
        if (proved && note != null) {
            Files.writeString(note.resolve("last-restore-proof"), Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n");
        }
        System.exit(proved ? 0 : 1);
    }

    private boolean run() throws Exception {
        Path archive = Files.createDirectories(directory.resolve("archive"));
        Path backups = directory.resolve("backups");
        try (TokenIssuer issuer = new TokenIssuer();
                Database keys = new Database(directory.resolve("keys"))) {
            keys.start();
            Path secrets = directory.resolve("secrets");
            InstallationKeys.make(secrets);
            Lived lived = live(issuer, keys, secrets, archive, backups);
            List<String> steps = new ArrayList<>();
            long began = System.nanoTime();
            Path restored = directory.resolve("restored");
            script(
                    steps,
                    "copy",
                    "restore",
                    "--from",
                    newest(backups, "base-").toString(),
                    "--archive",
                    archive.toString(),
                    "--to",
                    restored.toString(),
                    "--time",
                    lived.before());
            try (Database ledger = new Database(restored)) {
                long at = System.nanoTime();
                ledger.start();
                Signals.await(
                        () -> number(ledger.owner(), "select pg_is_in_recovery()::int") == 0,
                        PATIENCE,
                        "recovery does not end");
                step(steps, "recovery", at);
                boolean noKeys = number(ledger.owner(), "select count(*) from keys.data_key") == 0;
                return rebuilt(issuer, ledger, keys, secrets, lived, steps, began) && noKeys;
            }
        } finally {
            System.err.println("everything stays in " + directory);
        }
    }

    /** @param before a moment after all acknowledgements and before the mistake, as PostgreSQL writes it */
    private record Lived(List<Attempt> attempts, String before, long head, long lost, List<String> keys) {}

    private Lived live(TokenIssuer issuer, Database keys, Path secrets, Path archive, Path backups) throws Exception {
        try (Database ledger = new Database(directory.resolve("ledger"))) {
            ledger.start();
            archive(ledger, archive);
            List<String> settings = new ArrayList<>(Node.settings(secrets, ledger, issuer));
            List<String> ofKeys = List.of(
                    "--grandlivre.keys.datasource.url=" + keys.url(Database.USER),
                    "--grandlivre.keys.datasource.username=" + Database.USER,
                    "--grandlivre.keys.flyway.url=" + keys.url(Database.OWNER),
                    "--grandlivre.keys.flyway.user=" + Database.OWNER);
            settings.addAll(ofKeys);
            try (Node node = new Node(directory.resolve("node-1"), settings)) {
                node.launch();
                node.awaitReady(client);
                execute(
                        keys.owner(),
                        "insert into keys.data_key select gen_random_uuid(), gen_random_uuid(), 'answers',"
                                + " decode(repeat('00', 60), 'hex'), 'kek-1', now() from generate_series(1, " + KEYS
                                + ")");
                Workload workload = new Workload(List.of(node), issuer, 1, directory.resolve("history"));
                workload.start(CLIENTS);
                answered(workload, answers / 2);
                List<String> steps = new ArrayList<>();
                script(
                        steps,
                        "backup",
                        "backup",
                        "--url",
                        ledger.libpq(),
                        "--data",
                        directory.resolve("ledger").toString(),
                        "--to",
                        backups.toString());
                script(
                        steps,
                        "backup of keys",
                        "backup",
                        "--keys",
                        "--url",
                        keys.libpq(),
                        "--to",
                        directory.resolve("backups-of-keys").toString());
                answered(workload, answers);
                List<Attempt> attempts = workload.stop();
                long head = number(ledger.owner(), "select position from ledger.ledger_head");
                String before = text(ledger.owner(), "select clock_timestamp()");
                Thread.sleep(50);
                long lost = number(
                        ledger.owner(),
                        "with gone as (delete from ledger.event where position % 3 = 0 returning 1) select count(*)"
                                + " from gone");
                execute(ledger.owner(), "select pg_switch_wal()");
                Signals.await(
                        () -> number(
                                        ledger.owner(),
                                        "select (last_archived_wal is not null and not exists (select from"
                                                + " pg_ls_archive_statusdir() where name like '%.ready'))::int from"
                                                + " pg_stat_archiver")
                                == 1,
                        PATIENCE,
                        "WAL is not archived");
                System.out.printf("%d events, %d of them deleted by mistake; %s%n", head, lost, steps);
                node.kill();
                ledger.kill();
                return new Lived(attempts, before, head, lost, ofKeys);
            }
        }
    }

    /** Settings of a file, not of the command line: they have spaces. */
    private static void archive(Database ledger, Path archive) throws IOException, SQLException {
        execute(ledger.owner(), "alter system set archive_mode = on");
        execute(ledger.owner(), "alter system set archive_timeout = '60s'");
        execute(
                ledger.owner(),
                "alter system set archive_command = 'test ! -f " + archive + "/%f && cp %p " + archive + "/%f'");
        ledger.close();
        ledger.start();
    }

    private boolean rebuilt(
            TokenIssuer issuer,
            Database ledger,
            Database keys,
            Path secrets,
            Lived lived,
            List<String> steps,
            long began)
            throws Exception {
        execute(keys.owner(), "create database restored");
        PGSimpleDataSource emptied = new PGSimpleDataSource();
        emptied.setUrl(keys.url(Database.OWNER).replace("/postgres?", "/restored?"));
        LedgerMigrations.migrateKeys(emptied);
        script(
                steps,
                "keys",
                "restore",
                "--keys",
                newest(directory.resolve("backups-of-keys"), "keys-").toString(),
                "--url",
                keys.libpq().replaceAll("/postgres$", "/restored"));
        List<String> settings = new ArrayList<>(Node.settings(secrets, ledger, issuer));
        lived.keys().forEach(argument -> settings.add(argument.replace("/postgres?", "/restored?")));
        try (Node node = new Node(directory.resolve("node-1"), settings)) {
            Inspection inspection = new Inspection(List.of(node), issuer, client, ledger, directory.resolve("mails"));
            long at = System.nanoTime();
            Run.Sealing sealing = inspection.fsck(lived.head());
            step(steps, "fsck", at);
            at = System.nanoTime();
            node.launch();
            node.awaitReady(client);
            step(steps, "start of the application", at);
            long took = System.nanoTime() - began;
            inspection.awaitViews();
            Run run = inspection.run(lived.attempts(), People.Seen.NOTHING);
            List<Violation> violations = Checker.check(run);
            long restoredKeys = number(emptied, "select count(*) from keys.data_key");
            System.out.printf(
                    "restored %d of %d events, fsck %d findings up to %d, %d of %d keys; %d violations; in all %d ms:"
                            + " %s%n",
                    run.ledger().size(),
                    lived.head(),
                    sealing.findings(),
                    sealing.size(),
                    restoredKeys,
                    KEYS,
                    violations.size(),
                    took / 1_000_000,
                    steps);
            violations.stream().limit(20).forEach(System.out::println);
            return violations.isEmpty()
                    && sealing.findings() == 0
                    && run.ledger().size() >= lived.head()
                    && restoredKeys >= KEYS
                    && lived.lost() > 0;
        }
    }

    private static void answered(Workload workload, int count) throws InterruptedException {
        Signals.await(() -> workload.acknowledged() >= count, PATIENCE, "nothing is acknowledged any more");
    }

    private void script(List<String> steps, String name, String script, String... arguments)
            throws IOException, InterruptedException {
        long at = System.nanoTime();
        List<String> command = new ArrayList<>(List.of("ops/bin/" + script));
        command.addAll(List.of(arguments));
        Path log = directory.resolve(script + "-" + steps.size() + ".log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(name + " failed: " + Files.readString(log));
        }
        step(steps, name, at);
    }

    private static void step(List<String> steps, String name, long began) {
        steps.add(name + " " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }

    private static Path newest(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static long number(DataSource source, String sql) {
        return Long.parseLong(text(source, sql));
    }
}
