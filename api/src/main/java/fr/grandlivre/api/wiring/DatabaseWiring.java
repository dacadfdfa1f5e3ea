package fr.grandlivre.api.wiring;

import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The database: an outside server when {@code spring.datasource.url} names one, else our own. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {
    // The pool is built from these details, so it closes before the server does.
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
    JdbcConnectionDetails embeddedPostgres(Settings settings) {
        return EmbeddedPostgresServer.start(settings.data().resolve("pg"));
    }

    /** Evidence that the ledger is there and that the server keeps what it acknowledges. */
    record LedgerReady() {}

    /** @throws StartRefused when a commit may be lost, or the application could rewrite events */
    @Bean
    LedgerReady ledgerReady(DataSource dataSource, JdbcConnectionDetails login, Environment environment) {
        String ownerUrl = environment.getProperty("spring.flyway.url");
        if (ownerUrl != null) {
            LedgerDatabase.prepare(
                    new DriverManagerDataSource(
                            ownerUrl,
                            environment.getRequiredProperty("spring.flyway.user"),
                            environment.getProperty("spring.flyway.password", "")),
                    Objects.requireNonNull(login.getUsername(), "spring.datasource.username"));
        }
        LedgerDatabase.check(dataSource);
        return new LedgerReady();
    }

    @Bean
    JdbcTransactionManager transactionManager(DataSource dataSource, LedgerReady checkedFirst) {
        return new JdbcTransactionManager(dataSource);
    }
}
