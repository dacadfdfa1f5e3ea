package fr.grandlivre.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    @Test
    void a_file_has_semicolons_crlf_and_a_byte_order_mark_and_quotes_only_when_needed() {
        String text = new CsvFile(List.of("Nom", "1.1"))
                .row(List.of("d’Été;Martin", "3"))
                .row(List.of("Le \"Grand\"", "-"))
                .text();
        assertThat(text).isEqualTo("\uFEFFNom;1.1\r\n\"d’Été;Martin\";3\r\n\"Le \"\"Grand\"\"\";-\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+33",
                "-2+3",
                "@SUM(A1)",
                "  =1",
                "\t=1",
                "\rx",
                "＝1",
                "＋1",
                "－1",
                "＠x",
                "\u00A0=1",
                "--"
            })
    void typed_text_never_begins_a_formula(String text) {
        assertThat(CsvFile.typed(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "Martin", "d’Été-Martin", "3-4", "a=b"})
    void other_text_is_kept(String text) {
        assertThat(CsvFile.typed(text)).isEqualTo(text);
    }
}
