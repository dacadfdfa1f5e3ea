package fr.grandlivre.api.wiring;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator may set about the place where the application runs.
 *
 * @param home      directory that holds {@code .grand-livre}; absent: the root of the source tree above the working
 *                  directory, else the working directory
 * @param publicUrl address under which people reach the application, without a slash at the end; absent: as in the request
 * @param erasures  list of all erasures, outside the database and its backups; absent: {@code .grand-livre/erasures.jsonl}
 *                  in the home
 * @param secrets   directory of secret files; absent: {@code .grand-livre/secrets} in the home
 */
@ConfigurationProperties("grandlivre")
public record Settings(
        @Nullable Path home,
        @Nullable URI publicUrl,
        @Nullable Path erasures,
        @Nullable Path secrets) {
    /** @return directory of everything that is kept between starts; may not exist yet */
    public Path data() {
        Path root = home == null ? sourceRoot(Path.of("").toAbsolutePath()) : home;
        return root.toAbsolutePath().normalize().resolve(".grand-livre");
    }

    /** @return where secret files are; may not exist yet */
    public Path secretFiles() {
        return Optional.ofNullable(secrets).orElseGet(() -> data().resolve("secrets"));
    }

    /** @return file with every erasure; may not exist yet */
    public Path erasureList() {
        return Optional.ofNullable(erasures).orElseGet(() -> data().resolve("erasures.jsonl"));
    }

    /** @return host and port under which people reach the application; {@code localhost} when none is set */
    public String host() {
        return publicUrl == null ? "localhost" : publicUrl.getAuthority();
    }

    /** @return name of the transparency log: where it is published, without the scheme */
    public String logOrigin() {
        return host() + "/log1";
    }

    // `mvn spring-boot:run` starts in `api`, a packaged application in its own directory.
    private static Path sourceRoot(Path workingDirectory) {
        for (Path candidate = workingDirectory; candidate != null; candidate = candidate.getParent()) {
            if (Files.isDirectory(candidate.resolve(".mvn"))) {
                return candidate;
            }
        }
        return workingDirectory;
    }
}
