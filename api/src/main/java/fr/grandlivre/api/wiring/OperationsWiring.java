package fr.grandlivre.api.wiring;

import fr.grandlivre.query.live.ParkedRefusals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an operator looks at. */
@Configuration(proxyBeanMethods = false)
class OperationsWiring {
    @Bean
    ParkedRefusals parkedRefusals(JdbcTemplate jdbc) {
        return new ParkedRefusals(jdbc);
    }
}
