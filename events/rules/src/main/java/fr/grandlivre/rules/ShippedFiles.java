package fr.grandlivre.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the data files that are part of the program. The one class of the rules that touches the outside. */
public final class ShippedFiles {
    private ShippedFiles() {}

    /**
     * @param path below the root of the class path, {@code framework/2021.yaml}
     * @return the text of the file; empty when there is no such file
     */
    public static Optional<String> find(String path) {
        try (InputStream file = ShippedFiles.class.getResourceAsStream("/" + path)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the shipped file " + path, broken);
        }
    }

    /**
     * @param path below the root of the class path
     * @return the text of the file
     * @throws IllegalStateException when the program was packed without it
     */
    public static String text(String path) {
        return find(path).orElseThrow(() -> new IllegalStateException("the shipped file " + path + " is missing"));
    }
}
