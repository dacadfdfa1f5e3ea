package fr.grandlivre.api.wiring;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The database: an outside server when {@code spring.datasource.url} names one, else our own. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {
    private static final Map<String, Set<String>> DURABLE = Map.of(
            "fsync", Set.of("on"),
            "full_page_writes", Set.of("on"),
            "synchronous_commit", Set.of("on", "remote_apply"));

    // The pool is built from these details, so it closes before the server does.
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
    JdbcConnectionDetails embeddedPostgres(Settings settings) {
        return EmbeddedPostgresServer.start(settings.data().resolve("pg"));
    }

    // Explicit, because Axon looks for it by Boot 3 class names and would silently go without transactions.
    @Bean
    JdbcTransactionManager transactionManager(DataSource dataSource, DurableCommits checkedFirst) {
        return new JdbcTransactionManager(dataSource);
    }

    /** Evidence that the server keeps what it acknowledges. */
    record DurableCommits() {}

    /** @throws StartRefused when a commit may be lost */
    @Bean
    DurableCommits durableCommits(JdbcClient jdbc) {
        DURABLE.forEach((setting, accepted) -> {
            String value = jdbc.sql("SELECT current_setting(:setting)")
                    .param("setting", setting)
                    .query(String.class)
                    .single();
            if (!accepted.contains(value)) {
                throw new StartRefused(
                        "PostgreSQL runs with " + setting + "=" + value + ": acknowledged commits could be lost.",
                        "Set " + setting + " = on for the server and for the application's role.");
            }
        });
        return new DurableCommits();
    }
}
