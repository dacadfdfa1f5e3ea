package fr.grandlivre.api.request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A table as an OpenDocument spreadsheet (.ods). Text is text whatever it begins with, so that nothing in it is ever
 * computed. The same table gives the same bytes. Immutable.
 *
 * @see <a href="https://docs.oasis-open.org/office/OpenDocument/v1.3/">OpenDocument 1.3</a>, parts 2 and 3
 */
public final class OpenDocumentFile {
    private static final MediaType TYPE = MediaType.parseMediaType("application/vnd.oasis.opendocument.spreadsheet");
    private static final String OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static final String TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    private static final String MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    private static final String VERSION = "1.3";

    /** Archives count their time from 1980; its first instant would be written a second time, in a field of its own. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** White space that a reader of XML would fold into one. */
    private static final Pattern MORE_SPACE = Pattern.compile("(?<=^| ) +");

    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final byte[] bytes;

    private OpenDocumentFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param sheet name of the only sheet
     * @param rows  integers as numbers, everything else as its text
     */
    public static OpenDocumentFile of(String sheet, List<? extends List<?>> rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(file)) {
            // First and not packed, so that the kind of file stands in its first bytes.
            byte[] type = TYPE.toString().getBytes(StandardCharsets.US_ASCII);
            ZipEntry first = new ZipEntry("mimetype");
            CRC32 sum = new CRC32();
            sum.update(type);
            first.setMethod(ZipEntry.STORED);
            first.setSize(type.length);
            first.setCrc(sum.getValue());
            write(archive, first, type);
            write(archive, new ZipEntry("META-INF/manifest.xml"), manifest());
            write(archive, new ZipEntry("content.xml"), content(sheet, rows));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a table could not be written", impossible);
        }
        return new OpenDocumentFile(file.toByteArray());
    }

    private static void write(ZipOutputStream archive, ZipEntry entry, byte[] content) throws IOException {
        entry.setTimeLocal(NO_TIME);
        archive.putNextEntry(entry);
        archive.write(content);
        archive.closeEntry();
    }

    private static byte[] manifest() throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = begin(text);
        xml.writeStartElement("manifest:manifest");
        xml.writeAttribute("xmlns:manifest", MANIFEST);
        xml.writeAttribute("manifest:version", VERSION);
        entry(xml, "/", TYPE.toString());
        entry(xml, "content.xml", "text/xml");
        xml.writeEndDocument();
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void entry(XMLStreamWriter xml, String path, String type) throws XMLStreamException {
        xml.writeEmptyElement("manifest:file-entry");
        xml.writeAttribute("manifest:full-path", path);
        xml.writeAttribute("manifest:media-type", type);
    }

    private static byte[] content(String sheet, List<? extends List<?>> rows) throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = begin(text);
        xml.writeStartElement("office:document-content");
        xml.writeAttribute("xmlns:office", OFFICE);
        xml.writeAttribute("xmlns:table", TABLE);
        xml.writeAttribute("xmlns:text", TEXT);
        xml.writeAttribute("office:version", VERSION);
        xml.writeStartElement("office:body");
        xml.writeStartElement("office:spreadsheet");
        xml.writeStartElement("table:table");
        xml.writeAttribute("table:name", plain(sheet));
        xml.writeEmptyElement("table:table-column");
        for (List<?> row : rows) {
            xml.writeStartElement("table:table-row");
            for (Object cell : row) {
                cell(xml, cell);
            }
            xml.writeEndElement();
        }
        xml.writeEndDocument();
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static XMLStreamWriter begin(StringWriter text) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        return xml;
    }

    private static void cell(XMLStreamWriter xml, Object cell) throws XMLStreamException {
        xml.writeStartElement("table:table-cell");
        if (cell instanceof Integer number) {
            xml.writeAttribute("office:value-type", "float");
            xml.writeAttribute("office:value", number.toString());
        } else {
            xml.writeAttribute("office:value-type", "string");
        }
        xml.writeStartElement("text:p");
        text(xml, plain(cell.toString()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String text) throws XMLStreamException {
        Matcher space = MORE_SPACE.matcher(text);
        int written = 0;
        while (space.find()) {
            xml.writeCharacters(text.substring(written, space.start()));
            xml.writeEmptyElement("text:s");
            xml.writeAttribute("text:c", Integer.toString(space.end() - space.start()));
            written = space.end();
        }
        xml.writeCharacters(text.substring(written));
    }

    private static String plain(String text) {
        return NOT_XML.matcher(text).replaceAll("\uFFFD");
    }

    /** @return the whole file */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** @param name of the file that the browser saves */
    public ResponseEntity<byte[]> download(String name) {
        return FileAnswer.kept(TYPE, name).body(bytes);
    }
}
