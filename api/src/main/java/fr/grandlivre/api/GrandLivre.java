package fr.grandlivre.api;

import fr.grandlivre.api.wiring.FsckCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The one runnable of Grand Livre. */
// The first two are excluded here and in application.properties, so that tests and tools inherit the exclusion: the one
// calls home a second after start, the other replaces the meter registry.
@SpringBootApplication(
        excludeName = {
            "org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration",
            "org.axonframework.springboot.autoconfig.MicrometerMetricsAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@ConfigurationPropertiesScan
public class GrandLivre {
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(FsckCommand.NAME)) {
            // Standard output belongs to the findings.
            System.setProperty("logging.threshold.console", "OFF");
            System.exit(FsckCommand.run(System.out, System.err, Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(GrandLivre.class, args);
    }
}
