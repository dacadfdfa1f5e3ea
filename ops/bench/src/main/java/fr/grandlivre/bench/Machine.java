package fr.grandlivre.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What the figures were measured on.
 *
 * @param cores       logical processors
 * @param processor   as the kernel names it
 * @param memoryGiB   of the machine
 * @param jdk         version of the running JVM
 * @param commit      of the measured code, as the script that starts the bench found it
 * @param flushMicros one {@code fdatasync} of an 8 kB block on the disk of the server, microseconds, median
 */
public record Machine(int cores, String processor, long memoryGiB, String jdk, String commit, double flushMicros) {
    private static final int FLUSHES = 1_000;
    private static final Duration FLUSH_AT_MOST = Duration.ofSeconds(2);
    private static final int BLOCK = 8_192;

    /** @param directory on the disk to be measured */
    public static Machine here(Path directory) throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field(Path.of("/proc/cpuinfo"), "model name").orElse("unknown processor"),
                field(Path.of("/proc/meminfo"), "MemTotal")
                        .map(text -> Long.parseLong(text.replaceAll("\\D", "")) >> 20)
                        .orElse(0L),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                System.getProperty("bench.commit", "unknown"),
                flushMicros(directory));
    }

    /** @return cores, processor and memory, for a page */
    public String hardware() {
        return "%d cores, %s, %d GiB".formatted(cores, processor, memoryGiB);
    }

    private static java.util.Optional<String> field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst();
    }

    private static double flushMicros(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, "flush", ".probe");
        double[] micros = new double[FLUSHES];
        int done = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long end = System.nanoTime() + FLUSH_AT_MOST.toNanos();
            while (done < FLUSHES && System.nanoTime() < end) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK), 0);
                channel.force(false);
                micros[done++] = (System.nanoTime() - start) / 1e3;
            }
        } finally {
            Files.delete(file);
        }
        return Measurements.median(java.util.Arrays.copyOf(micros, done));
    }
}
