package fr.grandlivre.api.document;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Makes PDF from a Thymeleaf template: PDF/A-3a and PDF/UA-1 at once, with nothing from outside the application.
 *
 * <p>A template is well-formed XHTML without a document type. It begins with {@code document/parts :: head}, which gives
 * the title and the description; a picture is an {@code <svg>} with an {@code alt}; a cell that heads others is
 * a {@code <th scope>}. Everything is set in DejaVu Sans, regular and bold. Thread-safe.
 */
@Component
public class PdfRenderer {
    private static final String FAMILY = "DejaVu Sans";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    private final ITemplateEngine templates;

    PdfRenderer(ITemplateEngine templates) {
        this.templates = templates;
    }

    /** Read when the first document is asked for: a start does not wait for them. */
    private static final class Means {
        static final byte[] REGULAR_FONT = read("/fonts/DejaVuSans.ttf");
        static final byte[] BOLD_FONT = read("/fonts/DejaVuSans-Bold.ttf");
        static final String STYLE = new String(read("/document/print.css"), StandardCharsets.UTF_8);
        static final byte[] SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

        static {
            // Its log quotes the text of documents.
            XRLog.setLoggingEnabled(false);
        }

        private static byte[] read(String name) {
            try (InputStream file = PdfRenderer.class.getResourceAsStream(name)) {
                if (file == null) {
                    throw new IllegalStateException("no " + name);
                }
                return file.readAllBytes();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /**
     * @param template name of the template, for example {@code document/attestation}
     * @param language of its messages
     * @param model    what the template shows
     * @param writtenAt date of the document, for example that of the event it tells of: never the time of rendering
     * @param attached files that go with it
     * @return the document; two renderings of the same differ in their document id only
     */
    public byte[] render(
            String template,
            Locale language,
            Map<String, Object> model,
            Instant writtenAt,
            List<AttachedFile> attached) {
        Document html = parse(templates.process(template, new Context(language, model)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PdfBoxRenderer renderer = builder(html).buildPdfRenderer()) {
            renderer.createPDFWithoutClosing();
            try (PDDocument pdf = renderer.getPdfDocument()) {
                PdfPackage.date(pdf, writtenAt);
                PdfPackage.attach(pdf, attached, writtenAt);
                pdf.save(out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static PdfRendererBuilder builder(Document html) {
        return new PdfRendererBuilder()
                .withW3cDocument(html, "")
                .usePdfUaAccessibility(true)
                .usePdfAConformance(PdfAConformance.PDFA_3_A)
                .useColorProfile(Means.SRGB)
                .withProducer("Grand Livre")
                .useFont(() -> new ByteArrayInputStream(Means.REGULAR_FONT), FAMILY, REGULAR, FontStyle.NORMAL, true)
                .useFont(() -> new ByteArrayInputStream(Means.BOLD_FONT), FAMILY, BOLD, FontStyle.NORMAL, true)
                .useSVGDrawer(new BatikSVGDrawer())
                // Nothing is fetched, whatever a text in the model may say.
                .useUriResolver((_, _) -> null);
    }

    private static Document parse(String html) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
            Element style = document.createElementNS(XHTML, "style");
            style.setTextContent(Means.STYLE);
            document.getElementsByTagNameNS(XHTML, "head").item(0).appendChild(style);
            return document;
        } catch (SAXException malformed) {
            // Its message would quote the text of the document.
            throw new IllegalStateException("the template is not well-formed: " + malformed.getClass());
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
