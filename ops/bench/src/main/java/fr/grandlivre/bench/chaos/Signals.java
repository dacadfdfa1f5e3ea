package fr.grandlivre.bench.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Signals to processes of the harness, and waiting for what they bring about. */
final class Signals {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 20;

    private Signals() {}

    /** SIGKILL; returns when the process is gone. */
    static void kill(ProcessHandle process) throws InterruptedException {
        process.destroyForcibly();
        await(() -> !process.isAlive(), PATIENCE, "process " + process.pid() + " does not die");
    }

    /** SIGSTOP and, after a while, SIGCONT. */
    static void stall(Collection<ProcessHandle> processes, Duration length) throws IOException, InterruptedException {
        stop(processes);
        try {
            Thread.sleep(length);
        } finally {
            resume(processes);
        }
    }

    /** SIGSTOP. */
    static void stop(Collection<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            send("STOP", process);
        }
    }

    /** SIGCONT. */
    private static void resume(Collection<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            send("CONT", process);
        }
    }

    private static void send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /**
     * @return what the command wrote
     * @throws IOException when it is not there or fails; says what it wrote
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    /** @throws IllegalStateException when the condition does not come true in time */
    static void await(BooleanSupplier condition, Duration patience, String otherwise) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise);
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
