package fr.grandlivre.api.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** A renderer without the application, and what veraPDF says about its documents. */
public final class Paper {
    private Paper() {}

    /** @return a renderer of the shipped templates with the shipped messages */
    public static PdfRenderer renderer() {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames(Arrays.stream(bundles()).toArray(String[]::new));
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
        return new PdfRenderer(engine);
    }

    private static String[] bundles() {
        String[] files =
                Path.of("src/main/resources/messages").toFile().list((_, name) -> name.endsWith("_fr.properties"));
        return Arrays.stream(files)
                .map(name -> "messages/" + name.replace("_fr.properties", ""))
                .toArray(String[]::new);
    }

    /** @return the files that go with a document, by name */
    public static Map<String, AttachedFile> attached(byte[] file) throws IOException {
        Map<String, AttachedFile> files = new TreeMap<>();
        try (PDDocument pdf = Loader.loadPDF(file)) {
            for (PDComplexFileSpecification specification : pdf.getDocumentCatalog()
                    .getNames()
                    .getEmbeddedFiles()
                    .getNames()
                    .values()) {
                PDEmbeddedFile embedded = specification.getEmbeddedFile();
                files.put(
                        specification.getFile(),
                        new AttachedFile(
                                specification.getFile(),
                                specification.getFileDescription(),
                                embedded.getSubtype(),
                                embedded.toByteArray()));
            }
            return files;
        }
    }

    /** Fails with the rules that the document breaks, as PDF/A-3a or as PDF/UA-1. */
    public static void assertArchivableAndAccessible(byte[] pdf) throws Exception {
        assertThat(broken(pdf, PDFAFlavour.PDFA_3_A)).as("PDF/A-3a").isEmpty();
        assertThat(broken(pdf, PDFAFlavour.PDFUA_1)).as("PDF/UA-1").isEmpty();
    }

    /** @return the rules that the document breaks, with their meaning; empty when it conforms */
    public static String broken(byte[] pdf, PDFAFlavour flavour) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            StringBuilder broken = new StringBuilder();
            result.getTestAssertions()
                    .forEach(assertion -> broken.append(assertion.getRuleId().getClause())
                            .append('-')
                            .append(assertion.getRuleId().getTestNumber())
                            .append(' ')
                            .append(assertion.getMessage())
                            .append('\n'));
            return result.isCompliant() ? "" : "not compliant\n" + broken;
        }
    }
}
