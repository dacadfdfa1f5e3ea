package fr.grandlivre.api.wiring;

import fr.grandlivre.query.live.DatabaseState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an operator sets and looks at. */
@Configuration(proxyBeanMethods = false)
class OperationsWiring {
    /**
     * The configured address; the demonstration and tests have this machine instead.
     *
     * @throws StartRefused in production without one: documents would carry it out for ever
     */
    @Bean
    PublicAddress publicAddress(Settings settings, Environment environment) {
        if (settings.publicUrl() != null) {
            return new PublicAddress(settings.publicUrl());
        }
        if (environment.matchesProfiles("prod")) {
            throw new StartRefused(
                    "The public address is not set: certificates would name another one.",
                    "Set grandlivre.public-url, for example to https://ledger.example.fr.");
        }
        return new PublicAddress(URI.create("http://localhost:" + environment.getProperty("server.port", "8080")));
    }

    @Bean
    DatabaseState databaseState(JdbcTemplate jdbc, MeterRegistry meters) {
        DatabaseState database = new DatabaseState(jdbc);
        Gauge.builder(
                        "ledger.database.oldest.transaction.seconds",
                        database,
                        state -> state.now().oldestTransactionSeconds())
                .description("age of the oldest transaction that the application may see")
                .register(meters);
        Gauge.builder("ledger.database.bytes", database, state -> state.now().bytes())
                .description("size of the database")
                .register(meters);
        return database;
    }
}
