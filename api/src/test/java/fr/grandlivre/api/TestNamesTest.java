package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Surefire silently runs no class under another name. */
class TestNamesTest {
    private static final Pattern HOLDS_TESTS =
            Pattern.compile("^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b", Pattern.MULTILINE);
    private static final Pattern ABSTRACT = Pattern.compile("^(public )?abstract class ", Pattern.MULTILINE);

    @Test
    void classes_with_tests_end_in_Test() {
        List<Path> unseen = Repository.javaFiles().stream()
                .filter(file -> file.toString().contains("/src/test/")
                        || file.toString().contains("/src/browser/"))
                .filter(file -> isNeverRun(file.getFileName().toString(), Repository.text(file)))
                .toList();
        assertThat(unseen).isEmpty();
    }

    @Test
    void a_wrong_name_would_be_seen() {
        assertThat(isNeverRun("Checks.java", "class Checks {\n    @Test\n    void a() {}\n}\n"))
                .isTrue();
        assertThat(isNeverRun("Checks.java", "abstract class Checks {\n    @Test\n    void a() {}\n}\n"))
                .isFalse();
        assertThat(isNeverRun("ChecksTest.java", "class ChecksTest {\n    @Test\n    void a() {}\n}\n"))
                .isFalse();
    }

    private static boolean isNeverRun(String name, String text) {
        return HOLDS_TESTS.matcher(text).find()
                && !name.endsWith("Test.java")
                && !ABSTRACT.matcher(text).find();
    }
}
