package fr.grandlivre.api.log;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.grandlivre.api.Repository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ops/checks/tlog}: Go's own packages, as a stranger on another machine would use them. */
public final class StrangersCheck {
    private static final int NOT_RUN = 77;
    private static final int PATIENCE_MINUTES = 5;

    private StrangersCheck() {}

    /**
     * @param accepted whether the check was content
     * @param said     its output
     */
    public record Verdict(boolean accepted, String said) {}

    /** @return what it says; the test that asks is skipped where Go is not installed */
    public static Verdict run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ops/checks/tlog"));
        command.addAll(List.of(arguments));
        Process check = new ProcessBuilder(command)
                .directory(Repository.root().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!check.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("still running: " + said);
        }
        assumeTrue(check.exitValue() != NOT_RUN, () -> "NOT RUN: Go is not installed");
        return new Verdict(check.exitValue() == 0, said);
    }
}
