package fr.grandlivre.api.request;

import static fr.grandlivre.api.OdsFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.OdsFile;
import fr.grandlivre.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDocumentSheetTest {
    private static final int MOST_ROWS = 200;

    private static final String HEADER = row(text("Nom"), text("Prénom"), text("Né(e) le"), text("Temps"));

    @Test
    void a_sheet_reads_as_the_table_that_its_author_sees() {
        CsvTable table = read(OdsFile.of(
                HEADER,
                row(
                        text("O’Neil"),
                        "<table:table-cell><text:p>Anne<text:s/><text:span>Marie</text:span></text:p></table:table-cell>",
                        "<table:table-cell office:value-type=\"date\" office:date-value=\"2008-05-02T00:00:00\">"
                                + "<office:annotation><text:p>à vérifier</text:p></office:annotation>"
                                + "<text:p>02/05/08</text:p></table:table-cell>",
                        "<table:table-cell office:value-type=\"percentage\" office:value=\"0.33\"><text:p>33 %</text:p>"
                                + "</table:table-cell>")));

        assertThat(table.header()).containsExactly("Nom", "Prénom", "Né(e) le", "Temps");
        assertThat(table.rows())
                .containsExactly(new CsvTable.Row(2, List.of("O’Neil", "Anne Marie", "2008-05-02", "33 %")));
    }

    @Test
    void rows_keep_the_numbers_that_the_spreadsheet_shows() {
        String empty = "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell"
                + " table:number-columns-repeated=\"1024\"/></table:table-row>";
        CsvTable table = read(OdsFile.of(HEADER, empty, row(text("a;b"), text("\"c\"")), row(text("d"))));

        assertThat(table.rows())
                .containsExactly(new CsvTable.Row(5, List.of("a;b", "\"c\"")), new CsvTable.Row(6, List.of("d")));
    }

    @Test
    void a_million_blank_rows_below_and_thousands_of_blank_columns_beside_cost_nothing() {
        CsvTable table = read(OdsFile.of(
                HEADER,
                row(text("a"), "<table:table-cell table:number-columns-repeated=\"16384\"/>"),
                "<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell"
                        + " table:number-columns-repeated=\"16384\"/></table:table-row>"));

        assertThat(table.rows()).hasSize(1);
        assertThat(table.rows().getFirst().cells()).hasSize(OpenDocumentSheet.MOST_COLUMNS);
    }

    @Test
    void repeated_rows_are_counted_before_they_are_made() {
        String many = "<table:table-row table:number-rows-repeated=\"2000000000\">" + text("a") + "</table:table-row>";
        byte[] file = OdsFile.of(HEADER, many);

        assertThatThrownBy(() -> read(file))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo("file.too-many-rows"));
    }

    @Test
    void only_the_first_sheet_counts() {
        String two = HEADER + row(text("a")) + "</table:table><table:table>" + row(text("Nom")) + row(text("b"));

        assertThat(read(OdsFile.of(two)).rows()).containsExactly(new CsvTable.Row(2, List.of("a")));
    }

    @Test
    void an_archive_that_unpacks_to_more_than_any_list_is_refused_wherever_the_weight_is() {
        byte[] weight = new byte[(int) OpenDocumentSheet.MOST_UNPACKED_BYTES + 1];
        byte[] beside = OdsFile.archive(
                "Pictures/1.png",
                weight,
                "content.xml",
                OdsFile.document(HEADER).getBytes(StandardCharsets.UTF_8));
        byte[] inside =
                OdsFile.archive("content.xml", ("<a>" + " ".repeat(weight.length)).getBytes(StandardCharsets.US_ASCII));

        assertThat(beside).hasSizeLessThan(100_000);
        assertThatThrownBy(() -> read(beside)).satisfies(OpenDocumentSheetTest::isNoTable);
        assertThatThrownBy(() -> read(inside)).satisfies(OpenDocumentSheetTest::isNoTable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<office:document-content",
                "<html/>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"
            })
    void another_file_is_no_table(String content) {
        byte[] file = OdsFile.archive("content.xml", content.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(file)).satisfies(OpenDocumentSheetTest::isNoTable);
    }

    @Test
    void an_entity_is_never_looked_up() {
        String document = OdsFile.document(HEADER + row(text("&b;")));
        byte[] file = OdsFile.archive(
                "content.xml",
                ("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + document)
                        .getBytes(StandardCharsets.UTF_8));

        try {
            assertThat(read(file).rows().toString()).doesNotContain("root");
        } catch (ProblemException refused) {
            isNoTable(refused);
        }
    }

    @Test
    void another_archive_and_a_cut_one_are_no_tables() {
        byte[] whole = OdsFile.of(HEADER, row(text("a")));
        byte[] cut = Arrays.copyOf(whole, 60);
        byte[] workbook = OdsFile.archive("xl/workbook.xml", "<workbook/>".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> read(cut)).satisfies(OpenDocumentSheetTest::isNoTable);
        assertThatThrownBy(() -> read(workbook)).satisfies(OpenDocumentSheetTest::isNoTable);
    }

    private static CsvTable read(byte[] file) {
        return CsvTable.read("/fichier", file, MOST_ROWS);
    }

    private static void isNoTable(Throwable refused) {
        assertThat(code(refused)).isEqualTo("file.not-a-table");
    }

    private static String code(Throwable refused) {
        assertThat(refused).isInstanceOf(ProblemException.class);
        return ((ProblemException) refused).problem().violations().getFirst().code();
    }

    private static String row(String... cells) {
        return "<table:table-row>" + String.join("", cells) + "</table:table-row>";
    }
}
