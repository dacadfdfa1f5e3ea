package fr.grandlivre.api.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What scripts of an operator leave beside the data: one file each, whose first line is the moment in UTC. Gives
 * {@code ledger.backup.age.seconds} and {@code ledger.restore.proof.age.seconds}. Thread-safe.
 */
@Component
public class OperatorFiles {
    private final Path directory;

    /** What is noted. */
    public enum Note {
        /** {@code ops/bin/backup} has copied everything that a restore needs. */
        BACKUP("last-backup"),
        /** {@code ops/bin/restore-drill} has restored a backup and read it again without a finding. */
        RESTORE_PROOF("last-restore-proof");

        private final String file;

        Note(String file) {
            this.file = file;
        }
    }

    OperatorFiles(Settings settings, MeterRegistry meters) {
        this.directory = settings.data();
        gauge(meters, "ledger.backup.age.seconds", "age of the last backup", Note.BACKUP);
        gauge(
                meters,
                "ledger.restore.proof.age.seconds",
                "age of the last proof that a backup can be restored",
                Note.RESTORE_PROOF);
    }

    private void gauge(MeterRegistry meters, String metric, String description, Note note) {
        Gauge.builder(
                        metric,
                        this,
                        files ->
                                files.age(note).map(age -> age.toMillis() / 1e3).orElse(Double.NaN))
                .description(description + "; not a number when none is known")
                .register(meters);
    }

    /** @return how long ago it was; empty when nothing readable says so */
    public Optional<Duration> age(Note note) {
        try (var lines = Files.lines(directory.resolve(note.file))) {
            return lines.findFirst()
                    .map(String::strip)
                    .map(Instant::parse)
                    .map(then -> Duration.between(then, Clock.systemUTC().instant()));
        } catch (IOException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
