package fr.grandlivre.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.bench.chaos.ChaosOptions.Plant;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planted in the code of nodes fits the application as it is today. */
class PatchTest {
    static List<Patch> patches() {
        return Arrays.stream(Plant.values())
                .map(Plants::inCode)
                .flatMap(Optional::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("patches")
    void a_planted_class_is_another_one_and_the_machine_would_take_it(Patch patch) throws Exception {
        byte[] rewritten = patch.rewritten();
        try (var packaged = getClass().getResourceAsStream("/" + patch.owner().replace('.', '/') + ".class")) {
            assertThat(rewritten).isNotEqualTo(packaged.readAllBytes());
        }
        assertThat(ClassFile.of().verify(rewritten)).isEmpty();
    }

    @Test
    void six_faults_are_in_code() {
        assertThat(patches()).hasSize(6);
    }

    @Test
    void what_the_application_no_longer_has_cannot_be_planted() {
        assertThatThrownBy(() -> Patch.instead("fr.grandlivre.api.Gone", "act", "()V", CodeBuilder::return_)
                        .rewritten())
                .hasMessageContaining("fr.grandlivre.api.Gone");
        assertThatThrownBy(() -> Patch.instead("fr.grandlivre.command.ServerClock", "now", "()V", CodeBuilder::return_)
                        .rewritten())
                .hasMessageContaining("now()V");
    }
}
