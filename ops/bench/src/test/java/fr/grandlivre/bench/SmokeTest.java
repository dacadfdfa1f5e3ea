package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A moment of everything, on a PostgreSQL of its own. */
class SmokeTest {
    @Test
    void everything_that_is_measured_runs_and_is_reported(@TempDir Path directory) throws Exception {
        Pace moment = new Pace(Duration.ofMillis(200), Duration.ofMillis(100), 1);
        Options options = new Options(moment, 1, true, EnumSet.allOf(Options.Part.class));
        Measurements measurements = new Measurements();
        Map<String, String> settings;
        try (Server server = Server.start(directory.resolve("postgres"), "64MB")) {
            Rounds.measure(server, options, measurements, directory);
            settings = server.settings();
        }

        String page = new Report(options, measurements, Machine.here(directory), settings).markdown();

        assertThat(measurements.of(RawInserts.NAME, 32))
                .singleElement()
                .satisfies(raw -> assertThat(raw.perSecond()).isPositive());
        assertThat(page).contains("fsync on", "synchronous_commit on", "full_page_writes on");
        assertThat(page)
                .contains(
                        RawInserts.NAME,
                        StockEngine.CREATE,
                        CommandPath.CREATE,
                        CommandPath.UPDATE,
                        WriterAlone.NAME,
                        WriterAlone.SEALED,
                        RecordedAnswers.NAME,
                        ReplayRounds.REBUILD,
                        ReplayRounds.STREAMING,
                        Lookups.SELECT,
                        Lookups.HTTP,
                        Lookups.REMEMBERED);
    }
}
