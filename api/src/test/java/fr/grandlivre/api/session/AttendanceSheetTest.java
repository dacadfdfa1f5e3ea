package fr.grandlivre.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.document.Paper;
import fr.grandlivre.api.session.PlanPages.Signatory;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.identity.StaffQueries.Member;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    private static Member member(String name) {
        return new Member(new AccountId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))), name);
    }

    private static byte[] sheet(List<Member> watchers) {
        return Paper.renderer()
                .render(
                        "session/sheet-paper",
                        Locale.FRENCH,
                        Map.of(
                                "language", "fr",
                                "number", "220516",
                                "centre", "Collège des Tilleuls",
                                "date", "16 mai 2022",
                                "time", "09:00",
                                "room", "Salle 204",
                                "accessCode", "MJKP36",
                                "watchers", watchers,
                                "signatories", List.of(new Signatory("Noé Malo", "5 octobre 2007", 33))),
                        Instant.parse("2022-05-16T06:00:00.000Z"),
                        List.of());
    }
}
