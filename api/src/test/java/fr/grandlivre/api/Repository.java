package fr.grandlivre.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source tree that the tests of the house read. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
            if (candidate == null) {
                throw new AssertionError("tests run outside the source tree");
            }
        }
        return candidate;
    }

    /** @return every Java source file, sorted */
    public static List<Path> javaFiles() {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !root().relativize(path).toString().contains("target/"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
