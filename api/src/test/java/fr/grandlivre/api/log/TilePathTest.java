package fr.grandlivre.api.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @Test
    void indexes_stand_in_groups_of_three_digits() {
        assertThat(TilePath.parse("/000")).isEqualTo(new TilePath(0, 256));
        assertThat(TilePath.parse("/067.p/44")).isEqualTo(new TilePath(67, 44));
        assertThat(TilePath.parse("/x001/x234/067")).isEqualTo(new TilePath(1_234_067, 256));
        assertThat(TilePath.parse("/x001/000.p/255")).isEqualTo(new TilePath(1_000, 255));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/67",
                "/0067",
                "/x000/067",
                "/001/067",
                "/x001/x067",
                "/067.p/0",
                "/067.p/256",
                "/067.p/044",
                "/067.p/",
                "/-01",
                "/000/",
                "/x001/x001/x001/x001/x001/x001/001",
                "/٠٠٠"
            })
    void nothing_else_is_a_tile(String path) {
        assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(ProblemException.class);
    }
}
