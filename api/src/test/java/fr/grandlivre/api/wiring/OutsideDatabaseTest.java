package fr.grandlivre.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivre;
import fr.grandlivre.api.TestPlace;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.store.LedgerReader;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Somebody else's PostgreSQL: used when it keeps what it acknowledges, refused with the reason when it does not. */
class OutsideDatabaseTest {
    private static final String LOGIN = "grandlivre";

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String url(String user, String more) {
        return url("postgres", user, more);
    }

    private static String url(String database, String user, String more) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?user=" + user + more;
    }

    private static PGSimpleDataSource connections(String user, String more) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(user, more));
        return source;
    }

    private static ConfigurableApplicationContext run(String more) {
        return new SpringApplicationBuilder(GrandLivre.class)
                .initializers(new TestPlace())
                .logStartupInfo(false)
                .run(
                        "--spring.profiles.active=demo",
                        "--spring.datasource.url=" + url(LOGIN, more),
                        "--spring.datasource.username=" + LOGIN,
                        "--spring.flyway.url=" + url("postgres", ""),
                        "--spring.flyway.user=postgres",
                        "--grandlivre.keys.datasource.url=" + url("keys", LOGIN, ""),
                        "--grandlivre.keys.datasource.username=" + LOGIN,
                        "--grandlivre.keys.flyway.url=" + url("keys", "postgres", ""),
                        "--grandlivre.keys.flyway.user=postgres");
    }

    private static long keysIn(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database, "postgres", ""));
        Long count = new JdbcTemplate(source).queryForObject("SELECT count(*) FROM keys.data_key", Long.class);
        return count == null ? 0 : count;
    }

    @Test
    void the_product_runs_on_a_durable_server_with_its_keys_apart_and_names_what_makes_it_unfit() {
        new JdbcTemplate(connections("postgres", "")).execute("CREATE DATABASE keys");
        try (ConfigurableApplicationContext application = run("")) {
            CertificationScene scene = new CertificationScene(application);
            scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
            scene.pupil(DemoAccount.TILLEULS, new LearnerId(UUID.randomUUID()), "9A", "Ada", "Essai");
            assertThat(keysIn("keys")).isPositive();
            assertThat(keysIn("postgres")).isZero();
            assertThat(application.getBean(LedgerReader.class).head()).isPositive();
            assertThat(application.getBean(Settings.class).data().resolve("pg")).doesNotExist();
        }
        assertThatThrownBy(() -> run("&options=-c%20synchronous_commit=off"))
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("synchronous_commit is off");
        assertThatCode(() -> LedgerDatabase.check(connections(LOGIN, ""))).doesNotThrowAnyException();
        assertThatThrownBy(() -> LedgerDatabase.check(connections("postgres", "")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("superuser");
    }

    /** The embedded server's own defaults are made for tests: fast and forgetful. */
    @Test
    void a_server_that_may_lose_commits_is_refused_with_every_reason() throws IOException {
        try (EmbeddedPostgres forgetful = EmbeddedPostgres.builder()
                .setServerConfig("full_page_writes", "off")
                .start()) {
            assertThatThrownBy(() -> LedgerDatabase.check(forgetful.getPostgresDatabase()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("fsync is off")
                    .hasMessageContaining("full_page_writes is off")
                    .hasMessageContaining("synchronous_commit is off");
        }
    }

    @Test
    void processors_without_transactions_of_the_database_are_refused() {
        PGSimpleDataSource views = connections("postgres", "");
        assertThatThrownBy(() -> TransactionCheck.real(NoTransactionManager.INSTANCE, views))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("NoTransactionManager");
        assertThatCode(() ->
                        TransactionCheck.real(new SpringTransactionManager(new JdbcTransactionManager(views)), views))
                .doesNotThrowAnyException();
    }
}
