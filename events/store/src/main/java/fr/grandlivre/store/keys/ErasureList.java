package fr.grandlivre.store.keys;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.DataClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Every erasure, one line of JSON each, in a file outside the database: a backup that is put back does not take this memory
 * with it. Nothing in it is personal. Lines are added, never changed. One writer at a time; thread-safe.
 */
public final class ErasureList {
    private final Path file;

    /**
     * One erasure.
     *
     * @param person   whose keys
     * @param classes  what was erased
     * @param kids     ids of the keys that went
     * @param basis    why, as events name it
     * @param erasedAt when
     */
    public record Line(UUID person, List<DataClass> classes, List<UUID> kids, String basis, Instant erasedAt) {
        public Line {
            classes = List.copyOf(classes);
            kids = List.copyOf(kids);
        }

        private static Line of(JsonNode line) {
            return new Line(
                    UUID.fromString(line.path("person").asString()),
                    line.path("classes")
                            .valueStream()
                            .map(name -> new DataClass(name.asString()))
                            .toList(),
                    line.path("kids")
                            .valueStream()
                            .map(id -> UUID.fromString(id.asString()))
                            .toList(),
                    line.path("basis").asString(),
                    Instant.parse(line.path("erasedAt").asString()));
        }
    }

    /** @param file its directory exists, or can be made */
    public ErasureList(Path file) {
        this.file = file;
    }

    /**
     * @return all lines in the order in which they were added; a last line that a crash cut short is left out
     * @throws IllegalStateException when a line is not what this class wrote
     */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        String text = text();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (!line.isBlank()) {
                lines.add(read(line, lines.size() + 1));
            }
        }
        return lines;
    }

    private Line read(String line, int number) {
        try {
            return Line.of(CanonicalJson.tree(line.getBytes(StandardCharsets.UTF_8)));
        } catch (RuntimeException damaged) {
            throw new IllegalStateException("line " + number + " of " + file + " is no erasure", damaged);
        }
    }

    /** Adds a line, durably, unless it stands there already. */
    public synchronized void add(Line line) {
        if (lines().contains(line)) {
            return;
        }
        // What a crash cut short was never acknowledged, and goes.
        String text = text();
        boolean cut = !text.isEmpty() && !text.endsWith("\n");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.truncate(cut ? bytes(text.substring(0, text.lastIndexOf('\n') + 1)).length : channel.size());
                channel.position(channel.size());
                ByteBuffer written =
                        ByteBuffer.wrap(bytes(new String(CanonicalJson.bytes(line), StandardCharsets.UTF_8) + "\n"));
                while (written.hasRemaining()) {
                    int _ = channel.write(written);
                }
                channel.force(true);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
