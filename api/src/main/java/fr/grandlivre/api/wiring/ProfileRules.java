package fr.grandlivre.api.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refusals about the profile itself, before anything starts. The demonstration prints passwords and lets anybody in: it
 * stays on its own machine and away from real data.
 */
final class ProfileRules implements EnvironmentPostProcessor, Ordered {
    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.matchesProfiles("demo")) {
            return;
        }
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
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
