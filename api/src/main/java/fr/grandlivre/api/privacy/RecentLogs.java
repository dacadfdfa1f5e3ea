package fr.grandlivre.api.privacy;

import fr.grandlivre.query.privacy.ErasedValues;
import fr.grandlivre.query.privacy.ResidualScan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The application's own log file and its rolled parts of the last day, when it writes one. Thread-safe. */
@Component
class RecentLogs {
    private static final Duration DAY = Duration.ofHours(24);

    private final Optional<Path> file;

    RecentLogs(@Value("${logging.file.name:}") String file) {
        this.file =
                file.isBlank() ? Optional.empty() : Optional.of(Path.of(file).toAbsolutePath());
    }

    /** @return how many lines hold one of the values */
    long holding(ErasedValues values) {
        return file.map(log -> parts(log).stream()
                        .mapToLong(part -> lines(part, values))
                        .sum())
                .orElse(0L);
    }

    private static List<Path> parts(Path log) {
        Instant since = Clock.systemUTC().instant().minus(DAY);
        try (Stream<Path> beside = Files.list(log.getParent())) {
            return beside.filter(path -> path.getFileName()
                            .toString()
                            .startsWith(log.getFileName().toString()))
                    .filter(path -> isYounger(path, since))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isYounger(Path path, Instant since) {
        try {
            return Files.getLastModifiedTime(path).toInstant().isAfter(since);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long lines(Path part, ErasedValues values) {
        boolean packed = part.toString().endsWith(".gz");
        try (var bytes = Files.newInputStream(part);
                var lines = new BufferedReader(
                        new InputStreamReader(packed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8))) {
            return ResidualScan.inLines(lines.lines(), values);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
