package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dformat.apply} to rewrite the files that differ. */
class FormatTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void every_java_file_is_formatted() throws IOException, FormatterException {
        List<Path> different = new ArrayList<>();
        for (Path file : Repository.javaFiles()) {
            String source = Repository.text(file);
            String formatted = FORMATTER.formatSourceAndFixImports(source);
            if (!formatted.equals(source)) {
                different.add(Repository.root().relativize(file));
                if (Boolean.getBoolean("format.apply") || "".equals(System.getProperty("format.apply"))) {
                    Files.writeString(file, formatted);
                }
            }
        }
        assertThat(different).as("run this test with -Dformat.apply").isEmpty();
    }

    @Test
    void a_file_out_of_format_would_be_seen() throws FormatterException {
        String crooked = "class  A{}\n";
        assertThat(FORMATTER.formatSourceAndFixImports(crooked)).isNotEqualTo(crooked);
    }
}
