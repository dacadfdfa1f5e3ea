package fr.grandlivre.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Started by the build in the JDK of its toolchain: writes down that JDK and the class path, so that the bench runs without a build around it. */
final class CommandLine {
    private CommandLine() {}

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(
                Path.of(arguments[0]),
                "java=%s%nclasspath=%s%n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path")));
    }
}
