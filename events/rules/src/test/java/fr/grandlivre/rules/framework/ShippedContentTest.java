package fr.grandlivre.rules.framework;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.rules.ShippedFiles;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bank that is part of the program. */
class ShippedContentTest {
    @Test
    void every_shipped_file_passes_the_linter() {
        Map<String, String> files = new TreeMap<>();
        for (Competence competence : Frameworks.shipped().earliest().competences()) {
            String path = FrameworkFiles.bankPath(competence.code());
            ShippedFiles.find(path).ifPresent(yaml -> files.put(path, yaml));
        }
        FrameworkLinter.Report report = FrameworkLinter.lint(files);
        System.out.println("shipped bank: " + report.counts());
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void every_competence_of_every_version_has_content() {
        for (Framework framework : Frameworks.shipped().versions()) {
            Set<String> empty = framework.competences().stream()
                    .filter(competence -> competence.tubes().isEmpty())
                    .map(competence -> competence.code().value())
                    .collect(Collectors.toSet());
            System.out.println(framework + ": " + framework.counts());
            assertThat(empty).isEmpty();
        }
    }

    @Test
    void the_greatest_level_is_in_reach_wherever_there_is_content() {
        for (Framework framework : Frameworks.shipped().versions()) {
            for (Competence competence : framework.competences()) {
                if (!competence.tubes().isEmpty()) {
                    var sum = competence.skills().stream()
                            .map(skill -> framework.pixValue(skill.id()))
                            .reduce(Fraction.ZERO, Fraction::plus);
                    assertThat(framework.scale().level(sum).value())
                            .as(competence.code().value())
                            .isEqualTo(framework.maxReachableLevel());
                }
            }
        }
    }
}
