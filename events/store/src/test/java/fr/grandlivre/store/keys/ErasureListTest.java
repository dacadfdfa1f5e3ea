package fr.grandlivre.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.store.keys.ErasureList.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureListTest {
    @TempDir
    Path directory;

    private Path file;
    private ErasureList list;

    @BeforeEach
    void aList() {
        file = directory.resolve("data").resolve("erasures.jsonl");
        list = new ErasureList(file);
    }

    private static Line line(int number) {
        return new Line(
                new UUID(1, number),
                List.of(DataClass.IDENTITY, DataClass.access(2022)),
                List.of(new UUID(2, number)),
                "person-request",
                Instant.parse("2022-05-16T06:00:00.000Z"));
    }

    @Test
    void lines_are_read_as_they_were_added_and_stand_once() {
        assertThat(list.lines()).isEmpty();
        list.add(line(1));
        list.add(line(2));
        list.add(line(1));
        assertThat(new ErasureList(file).lines()).containsExactly(line(1), line(2));
    }

    @Test
    void a_line_that_a_crash_cut_short_is_left_out_and_the_next_one_stands_whole() throws IOException {
        list.add(line(1));
        Files.writeString(file, "{\"basis\":\"ord", StandardOpenOption.APPEND);
        assertThat(list.lines()).containsExactly(line(1));
        list.add(line(2));
        assertThat(list.lines()).containsExactly(line(1), line(2));
    }

    @Test
    void a_list_that_somebody_edited_is_not_believed() throws IOException {
        list.add(line(1));
        Files.writeString(file, "nothing\n", StandardOpenOption.APPEND);
        assertThatThrownBy(list::lines)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 2");
    }
}
