package fr.grandlivre.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
    @TempDir
    private Path directory;

    @Test
    void a_file_is_made_once_and_readable_by_its_owner_only() throws IOException {
        Path file = directory.resolve("master.key");
        byte[] dataKey = new byte[32];
        byte[] wrapped = MasterKeyFile.openOrCreate(file).wrap("kek-1", dataKey, "bound to this");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKeyFile.openOrCreate(file).unwrap("kek-1", wrapped, "bound to this"))
                .isEqualTo(dataKey);
        assertThat(wrapped).hasSize(60);
        assertThatThrownBy(() -> MasterKeyFile.open(file).unwrap("kek-1", wrapped, "bound to that"))
                .isInstanceOf(IllegalStateException.class);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_others_may_read_is_refused() throws IOException {
        Path file = directory.resolve("master.key");
        MasterKeyFile.openOrCreate(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> MasterKeyFile.open(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void the_last_line_wraps_and_older_lines_still_unwrap() throws IOException {
        Path file = directory.resolve("master.key");
        byte[] wrapped = MasterKeyFile.openOrCreate(file).wrap("kek-1", new byte[32], "x");
        Files.writeString(file, "kek-2 " + "A".repeat(43) + "\n", java.nio.file.StandardOpenOption.APPEND);

        MasterKeyFile rotated = MasterKeyFile.open(file);

        assertThat(rotated.currentId()).isEqualTo("kek-2");
        assertThat(rotated.unwrap("kek-1", wrapped, "x")).hasSize(32);
    }

    @Test
    void an_empty_or_broken_file_is_refused() throws IOException {
        Path file = directory.resolve("master.key");
        MasterKeyFile.openOrCreate(file);
        Files.writeString(file, "");
        assertThatThrownBy(() -> MasterKeyFile.open(file)).hasMessageContaining("no master key");
        Files.writeString(file, "kek-1 short");
        assertThatThrownBy(() -> MasterKeyFile.open(file)).hasMessageContaining("32 bytes");
    }
}
