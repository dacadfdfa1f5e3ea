package fr.grandlivre.api.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;

/** What stands around the pages of a PDF: its dates, and the files that go with it as PDF/A-3 asks for them. */
final class PdfPackage {
    private static final COSName ASSOCIATED = COSName.getPDFName("AF");
    private static final COSName RELATIONSHIP = COSName.getPDFName("AFRelationship");

    private PdfPackage() {}

    /** Writes the date into the information and, since both must agree, into the metadata. */
    static void date(PDDocument pdf, Instant at) throws IOException {
        GregorianCalendar date = calendar(at);
        pdf.getDocumentInformation().setCreationDate(date);
        pdf.getDocumentInformation().setModificationDate(date);
        PDMetadata metadata = pdf.getDocumentCatalog().getMetadata();
        String text = new String(metadata.toByteArray(), StandardCharsets.UTF_8);
        String written = at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        metadata.importXMPMetadata(text.replaceAll("(<xmp:(?:Create|Modify|Metadata)Date>)[^<]*", "$1" + written)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Puts files into the name tree and the catalog's list of associated files. */
    static void attach(PDDocument pdf, List<AttachedFile> files, Instant at) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Map<String, PDComplexFileSpecification> byName = new LinkedHashMap<>();
        COSArray associated = new COSArray();
        for (AttachedFile file : files) {
            PDComplexFileSpecification specification = specification(pdf, file, at);
            byName.put(file.name(), specification);
            associated.add(specification);
        }
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(byName);
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        pdf.getDocumentCatalog().setNames(names);
        pdf.getDocumentCatalog().getCOSObject().setItem(ASSOCIATED, associated);
    }

    private static PDComplexFileSpecification specification(PDDocument pdf, AttachedFile file, Instant at)
            throws IOException {
        PDEmbeddedFile embedded =
                new PDEmbeddedFile(pdf, new ByteArrayInputStream(file.content()), COSName.FLATE_DECODE);
        embedded.setSubtype(file.mediaType());
        embedded.setSize(file.content().length);
        embedded.setModDate(calendar(at));
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(file.name());
        specification.setFileUnicode(file.name());
        specification.setFileDescription(file.description());
        specification.setEmbeddedFile(embedded);
        specification.setEmbeddedFileUnicode(embedded);
        specification.getCOSObject().setName(RELATIONSHIP, "Data");
        return specification;
    }

    private static GregorianCalendar calendar(Instant at) {
        return GregorianCalendar.from(ZonedDateTime.ofInstant(at, ZoneOffset.UTC));
    }
}
