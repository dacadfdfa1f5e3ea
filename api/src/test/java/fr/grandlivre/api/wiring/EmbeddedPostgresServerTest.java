package fr.grandlivre.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
    @TempDir
    Path place;

    @Test
    void rows_survive_a_restart_and_commits_are_durable() throws Exception {
        Path directory = place.resolve("pg");
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory)) {
            run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
        }
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory)) {
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void a_second_application_is_told_to_stay_away() throws Exception {
        Path directory = place.resolve("pg");
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(directory))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another Grand Livre");
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_outlived_its_killed_owner_is_stopped_and_its_rows_are_there() throws Exception {
        Path directory = place.resolve("pg");
        killedOwner(directory);
        long orphan = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                .getFirst()
                .strip());
        assertThat(ProcessHandle.of(orphan)).isPresent();
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory)) {
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    private static void killedOwner(Path directory) throws IOException, InterruptedException {
        Process owner = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = owner.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.equals("ready")) {
                line = lines.readLine();
            }
            assertThat(line).as("the owner reached its database").isEqualTo("ready");
        }
        owner.destroyForcibly();
        assertThat(owner.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** An application that is killed while its server runs. */
    static final class Owner {
        public static void main(String[] args) throws Exception {
            EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(args[0]));
            run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            System.out.println("ready");
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    private static void run(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(asOwner(server));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(asOwner(server));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    // The application's own login may not create tables.
    private static String asOwner(EmbeddedPostgresServer server) {
        return server.getJdbcUrl().replace("user=" + server.getUsername(), "user=postgres");
    }
}
