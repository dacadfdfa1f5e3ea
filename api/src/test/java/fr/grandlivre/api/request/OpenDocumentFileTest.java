package fr.grandlivre.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.OdsFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenDocumentFileTest {
    private static final List<List<Object>> TABLE = List.of(
            List.of("Nom", "1.1"),
            List.of("d’Été-Martin", 3),
            List.of("  =SUM(A1)  &  <b>", "-"),
            List.of("+33 \uD835\uDD0A", ""),
            List.of("gap\uFFFE", 0));

    @Test
    void a_table_is_read_back_as_it_was_and_no_text_becomes_a_formula() throws Exception {
        byte[] file = OpenDocumentFile.of("3eA", TABLE).bytes();

        assertThat(OdsFile.rows(file))
                .containsExactly(
                        List.of("Nom", "1.1"),
                        List.of("d’Été-Martin", "3"),
                        List.of("  =SUM(A1)  &  <b>", "-"),
                        List.of("+33 \uD835\uDD0A", ""),
                        List.of("gap\uFFFD", "0"));
        assertThat(new String(file, 0, 90, StandardCharsets.ISO_8859_1))
                .as("what kind of file it is stands in its first bytes")
                .startsWith("PK")
                .contains("mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
        assertThat(OpenDocumentSheet.csv(file, 10)).startsWith("Nom;1.1\nd’Été-Martin;3\n");
    }

    @Test
    void the_same_table_gives_the_same_bytes() {
        assertThat(OpenDocumentFile.of("3eA", TABLE).bytes())
                .isEqualTo(OpenDocumentFile.of("3eA", TABLE).bytes());
    }
}
