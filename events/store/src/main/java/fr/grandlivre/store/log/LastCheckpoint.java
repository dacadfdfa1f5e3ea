package fr.grandlivre.store.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The last signed checkpoint in a file outside the database: a database that was put back to an earlier state does not
 * take this memory with it. One writer at a time.
 */
public final class LastCheckpoint {
    private final Path file;

    /** @param file its directory exists, or can be made */
    public LastCheckpoint(Path file) {
        this.file = file;
    }

    /** @return the note; empty when none was kept yet */
    public Optional<String> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @return events under the checkpoint kept; empty when there is none, or none that a key of this log signed */
    public OptionalLong size(TransparencyLog log) {
        return read().flatMap(log::open).stream().mapToLong(Checkpoint::size).findFirst();
    }

    /** Replaces the note as a whole, durably. */
    void write(String note) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
