package fr.grandlivre.api.wiring;

import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The domain clock. Sessions, tokens, limits and log files use the system's clock instead. */
@Configuration(proxyBeanMethods = false)
class ClockWiring {
    @Bean
    @Profile("demo")
    DemoClock demoClock(ObjectProvider<LastRecorded> ledger) {
        LastRecorded last = ledger.getIfAvailable(() -> Optional::empty);
        return new DemoClock(last.instant());
    }

    @Bean
    @Profile("!demo")
    Clock clock() {
        return Clock.tickMillis(DemoClock.PARIS);
    }
}
