package fr.grandlivre.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.bench.chaos.Chaos.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A few kills of a running application and its PostgreSQL; {@code ops/bin/chaos} is the long version. */
@Tag("chaos")
class ChaosTest {
    /** PostgreSQL, then both, then PostgreSQL. */
    private static final String SEED = "20260101";

    @Test
    void what_was_acknowledged_outlives_kills_of_the_application_and_of_the_database() throws Exception {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chaos-test-");
        ChaosOptions options = ChaosOptions.parse(
                        "--faults",
                        "3",
                        "--kinds",
                        "kill-postgres,kill-both",
                        "--clients",
                        "8",
                        "--between",
                        "40",
                        "--seed",
                        System.getProperty("seed", SEED))
                .orElseThrow();
        try (Chaos chaos = new Chaos(options, directory)) {
            Found found = chaos.run().orElseThrow();
            String run = "seed " + options.seed() + ", everything in " + directory;
            assertThat(found.violations()).as(run).isEmpty();
            assertThat(found.oneEach()).as(run).isTrue();
            assertThat(found.run().ledger()).as(run).hasSizeGreaterThan(options.faults() * options.between());
        }
    }
}
