package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script says how it is used, without building or changing anything. */
class ScriptsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("ops/bin"))) {
            return files.filter(Files::isExecutable)
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    private record Ended(int status, String output) {}

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void help_says_how_a_script_is_used(Path script) throws Exception {
        Ended help = run(List.of(script.toString(), "--help"));
        assertThat(help.status()).as(help.output()).isZero();
        assertThat(help.output())
                .startsWith("Usage: ")
                .contains(script.getFileName().toString());
        assertThat(help.output().lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 144);
    }

    @Test
    void there_are_scripts() throws IOException {
        assertThat(scripts()).hasSizeGreaterThan(10);
    }

    @Test
    void an_installation_without_its_public_address_does_not_start() throws Exception {
        Ended refused = run(List.of("env", "-u", "GRANDLIVRE_PUBLIC_URL", "ops/package/start"));
        assertThat(refused.status()).isEqualTo(78);
        assertThat(refused.output()).contains("GRANDLIVRE_PUBLIC_URL is not set");
        assertThat(run(List.of("env", "GRANDLIVRE_PUBLIC_URL=http://ledger.test", "ops/package/start"))
                        .status())
                .isEqualTo(78);
    }
}
