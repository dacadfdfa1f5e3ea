package fr.grandlivre.api.seal;

import fr.grandlivre.api.wiring.LedgerKeys;
import fr.grandlivre.api.wiring.LedgerKeys.Entry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one seal of the application. */
@Configuration(proxyBeanMethods = false)
class SealWiring {
    @Bean
    Seal seal(LedgerKeys keys) {
        return new Seal(keys.seal(), keys.retired(Entry.SEAL), Clock.systemUTC());
    }
}
