package fr.grandlivre.api.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Refusals about the profile itself. */
@Configuration(proxyBeanMethods = false)
class ProfileWiring {
    /** The demonstration prints passwords and lets anybody in: it stays on its own machine and away from real data. */
    @Bean
    @Profile("demo")
    InitializingBean demoStaysAlone(Environment environment) {
        return () -> {
            if (environment.matchesProfiles("prod")) {
                throw new StartRefused(
                        "The profiles demo and prod exclude each other.", "Start with one of the two profiles.");
            }
            String address = environment.getProperty("server.address", "0.0.0.0");
            if (!isLoopback(address)) {
                throw new StartRefused(
                        "The demonstration would listen on " + address + ", beyond this machine.",
                        "Remove server.address, or start without the profile demo.");
            }
        };
    }

    private static boolean isLoopback(String address) throws UnknownHostException {
        return InetAddress.getByName(address).isLoopbackAddress();
    }
}
