package fr.grandlivre.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.campaign.HandOutPages.Sheet;
import fr.grandlivre.api.document.Paper;
import fr.grandlivre.api.document.QrPicture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandOutsTest {
    @ParameterizedTest
    @CsvSource({"campaign/family-sheets, 3", "campaign/teacher-sheet, 1"})
    void every_sheet_says_where_to_go_and_the_code_and_is_archivable_and_accessible(String template, int pages)
            throws Exception {
        byte[] pdf = Paper.renderer()
                .render(
                        template,
                        Locale.FRENCH,
                        Map.ofEntries(
                                Map.entry("language", "fr"),
                                Map.entry("school", "Collège des Tilleuls"),
                                Map.entry("division", "5eA"),
                                Map.entry("title", "Rentrée <5e> & co"),
                                Map.entry("opens", "6 septembre 2021"),
                                Map.entry("closes", "22 octobre 2021"),
                                Map.entry("door", "https://ledger.example.fr/parcours"),
                                Map.entry("code", "BCD FGH 234"),
                                Map.entry("entrance", "https://ledger.example.fr/parcours/BCDFGH234"),
                                Map.entry("qr", QrPicture.of("https://ledger.example.fr/parcours/BCDFGH234")),
                                Map.entry("account", "https://ledger.example.fr/moi/compte"),
                                Map.entry(
                                        "sheets",
                                        List.of(
                                                new Sheet("d’Été-Martin Zoé", "KMNP QRST VW", "30 septembre 2021"),
                                                new Sheet("Lenoir Ali", null, null),
                                                new Sheet("O'Neill Ada", null, null)))),
                        Instant.parse("2021-09-01T08:00:00.000Z"),
                        List.of());
        Path folder = Files.createDirectories(Path.of("target", "documents"));
        Files.write(folder.resolve(Path.of(template).getFileName() + ".pdf"), pdf);
        try (PDDocument read = Loader.loadPDF(pdf)) {
            assertThat(read.getNumberOfPages()).isEqualTo(pages);
            String text = new PDFTextStripper().getText(read).replaceAll("\\s+", " ");
            // Only families get the code of the account, and only who has no sign-in yet.
            assertThat(text.split("KMNP QRST VW", -1)).hasSize(template.contains("family") ? 2 : 1);
            assertThat(text)
                    .contains("Rentrée <5e> & co", "d’Été-Martin Zoé", "O'Neill Ada")
                    .containsSubsequence("https://ledger.example.fr/parcours", "Se connecter", "BCD FGH 234");
        }
        Paper.assertArchivableAndAccessible(pdf);
    }
}
