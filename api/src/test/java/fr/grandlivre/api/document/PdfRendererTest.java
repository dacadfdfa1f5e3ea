package fr.grandlivre.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class PdfRendererTest {
    private static final Instant DAY = Instant.parse("2022-05-30T10:00:00Z");
    private static final AttachedFile FILE =
            new AttachedFile("a.json", "Un essai", "application/json", "{}".getBytes(StandardCharsets.UTF_8));

    private static byte[] render(String body, AttachedFile... files) {
        StringTemplateResolver text = new StringTemplateResolver();
        text.setTemplateMode(TemplateMode.HTML);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(text);
        return new PdfRenderer(engine)
                .render(
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"fr\"><head><title>Essai</title>"
                                + "<meta name=\"description\" content=\"Essai\"/></head><body>" + body
                                + "</body></html>",
                        Locale.FRANCE,
                        Map.of(),
                        DAY,
                        List.of(files));
    }

    private static String text(byte[] file) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    @Test
    void a_document_with_files_is_archivable_and_accessible() throws Exception {
        Paper.assertArchivableAndAccessible(render("<h1>Bonjour</h1><p>Été, œuvre, ‘’ – …</p>", FILE));
    }

    @Test
    void a_plain_document_is_neither() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                content.showText("Bonjour");
                content.endText();
            }
            pdf.save(out);
        }
        assertThat(Paper.broken(out.toByteArray(), PDFAFlavour.PDFA_3_A)).contains("6.2.11.4");
        assertThat(Paper.broken(out.toByteArray(), PDFAFlavour.PDFUA_1)).isNotEmpty();
    }

    @Test
    void an_attached_file_that_the_catalog_does_not_name_is_found() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = Loader.loadPDF(render("<h1>Bonjour</h1>", FILE))) {
            pdf.getDocumentCatalog().getCOSObject().removeItem(COSName.getPDFName("AF"));
            pdf.save(out);
        }
        assertThat(Paper.broken(out.toByteArray(), PDFAFlavour.PDFA_3_A)).contains("6.8-4");
    }

    @Test
    void nothing_is_fetched_from_outside() throws Exception {
        byte[] file = render("<h1>Bonjour</h1><p><img src=\"file:///etc/hostname\" alt=\"rien\"/>"
                + "<img src=\"http://127.0.0.1:9/rien.png\" alt=\"rien\"/></p>");
        assertThat(text(file)).contains("Bonjour");
    }

    @Test
    void a_template_cannot_name_entities_of_its_own() {
        assertThatThrownBy(() -> render("<p>&external;</p>")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_template_that_is_not_well_formed_is_refused_without_quoting_it() {
        assertThatThrownBy(() -> render("<p>secret"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void the_date_is_that_of_the_fact_in_both_places() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(render("<h1>Bonjour</h1>"))) {
            assertThat(pdf.getDocumentInformation().getCreationDate().toInstant())
                    .isEqualTo(DAY);
            assertThat(new String(pdf.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .contains("2022-05-30T10:00:00Z");
        }
    }

    @Test
    void a_code_to_scan_has_four_modules_of_white_around() {
        QrPicture picture = QrPicture.of("https://ledger.example.fr/v#P-7GKQMX.H4KQ7X");
        assertThat(picture.size()).isEqualTo(33 + 8);
        assertThat(picture.path()).startsWith("M4,4h1v1h-1z").doesNotContain("M3,", ",3h");
    }
}
