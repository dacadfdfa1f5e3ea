package fr.grandlivre.api.session;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.document.Paper;
import fr.grandlivre.api.session.PlanPages.Signatory;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.identity.StaffQueries.Member;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class AttendanceSheetTest {
    @Test
    void candidates_and_those_who_watch_sign_the_same_sheet() throws Exception {
        byte[] pdf = sheet(List.of(member("Tanguy Paule"), member("Le Goff Anne")));

        try (PDDocument read = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(read).replaceAll("\\s+", " "))
                    .containsSubsequence("Salle 204", "MJKP36", "Noé Malo", "+ 33 %")
                    .containsSubsequence("Surveillants", "Tanguy Paule", "Le Goff Anne");
        }
        Paper.assertArchivableAndAccessible(pdf);
    }

    @Test
    void where_nobody_was_named_a_line_is_left_to_write_on() throws Exception {
        Paper.assertArchivableAndAccessible(sheet(List.of()));
    }

    @Test
    void the_sheet_of_a_full_class_names_both_codes_counts_its_pages_and_breaks_no_date() throws Exception {
        List<Signatory> signatories =
                Collections.nCopies(30, new Signatory("Delacroix-Montgolfier Maximilienne", "29 septembre 2007", 0));
        byte[] pdf = sheet(List.of(), signatories, "2K7QW");

        try (PDDocument read = Loader.loadPDF(pdf)) {
            int pages = read.getNumberOfPages();
            assertThat(pages).isBetween(2, 3);
            String text = new PDFTextStripper().getText(read);
            assertThat(text)
                    .contains(
                            "2K7QW",
                            "Candidats inscrits : 30",
                            "1 / " + pages,
                            pages + " / " + pages,
                            "29 septembre 2007");
        }
        Paper.assertArchivableAndAccessible(pdf);
    }

    private static Member member(String name) {
        return new Member(new AccountId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))), name);
    }

    private static byte[] sheet(List<Member> watchers) {
        return sheet(watchers, List.of(new Signatory("Noé Malo", "5 octobre 2007", 33)), "");
    }

    private static byte[] sheet(List<Member> watchers, List<Signatory> signatories, String invigilatorCode) {
        return Paper.renderer()
                .render(
                        "session/sheet-paper",
                        Locale.FRENCH,
                        Map.ofEntries(
                                entry("language", "fr"),
                                entry("number", "220516"),
                                entry("centre", "Collège des Tilleuls"),
                                entry("date", "16 mai 2022"),
                                entry("time", "09:00"),
                                entry("room", "Salle 204"),
                                entry("accessCode", "MJKP36"),
                                entry("invigilatorCode", invigilatorCode),
                                entry("printed", "16 mai 2022 à 08:00"),
                                entry("watchers", watchers),
                                entry("signatories", signatories)),
                        Instant.parse("2022-05-16T06:00:00.000Z"),
                        List.of());
    }
}
