package fr.grandlivre.api;

import fr.grandlivre.api.wiring.ExportCommand;
import fr.grandlivre.api.wiring.FsckCommand;
import fr.grandlivre.api.wiring.RecountCommand;
import java.util.Arrays;
import java.util.Map;
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
    /** Work on the ledger beside the application. */
    private static final Map<String, Offline> COMMANDS = Map.of(
            FsckCommand.NAME, rest -> FsckCommand.run(System.out, System.err, rest),
            RecountCommand.NAME, rest -> RecountCommand.run(System.out, System.err, rest),
            ExportCommand.NAME, rest -> ExportCommand.run(System.out, System.err, rest));

    @FunctionalInterface
    private interface Offline {
        /** @return exit status */
        int run(String... arguments);
    }

    public static void main(String[] args) {
        String command = args.length > 0 ? args[0] : "";
        if (COMMANDS.containsKey(command)) {
            // Standard output belongs to what is found.
            System.setProperty("logging.threshold.console", "OFF");
            System.exit(COMMANDS.get(command).run(Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(GrandLivre.class, args);
    }
}
