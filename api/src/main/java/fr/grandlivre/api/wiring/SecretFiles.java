package fr.grandlivre.api.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Secrets, one file each: a directory of systemd credentials in production; drawn at the first start and kept beside the
 * data in the demonstration and in tests. Immutable, thread-safe.
 */
@Component
public class SecretFiles {
    private static final int DRAWN_BYTES = 32;
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final Path directory;
    private final boolean mayDraw;

    SecretFiles(Settings settings, Environment environment) {
        this.directory = settings.secretFiles();
        this.mayDraw = !environment.matchesProfiles("prod");
    }

    /**
     * @param name of the file, for example {@code pepper}
     * @return its bytes, at least 32 of them; the caller owns the array
     * @throws StartRefused when the file is missing in production, too short, or readable by others
     */
    public byte[] read(String name) {
        Path file = file(name);
        try {
            if (!Files.exists(file)) {
                draw(file);
            }
            refuseOthers(file);
            byte[] secret = Files.readAllBytes(file);
            if (secret.length < DRAWN_BYTES) {
                throw new StartRefused(
                        "The secret " + file + " is shorter than " + DRAWN_BYTES + " bytes.",
                        "Write at least " + DRAWN_BYTES + " random bytes to it.");
            }
            return secret;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @return where the secret of that name is, or would be */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** @throws StartRefused when others than its owner may do anything with the file */
    static void refuseOthers(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw new StartRefused("The secret " + file + " is accessible to other users.", "Run: chmod 600 " + file);
        }
    }

    private void draw(Path file) throws IOException {
        if (!mayDraw) {
            throw new StartRefused(
                    "The secret " + file + " is missing.",
                    "Provide it, or set grandlivre.secrets to the directory that holds it.");
        }
        Files.createDirectories(directory);
        byte[] secret = new byte[DRAWN_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, secret);
    }
}
