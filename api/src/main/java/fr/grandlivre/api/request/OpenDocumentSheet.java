package fr.grandlivre.api.request;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of an OpenDocument spreadsheet (.ods), as its author sees it, one line a row. Such a file is a packed
 * archive whose cells and rows carry repeat counts, so a few bytes may stand for gigabytes: what is unpacked and what is
 * repeated is bounded while it is read, which the libraries for the format do not offer; definitions of entities are not
 * read at all.
 *
 * @see <a href="https://docs.oasis-open.org/office/OpenDocument/v1.3/">OpenDocument 1.3</a>, part 3, chapter 9
 */
final class OpenDocumentSheet {
    /** The largest roster, 10,000 pupils with 9 cells, takes about 13 MB. */
    static final long MOST_UNPACKED_BYTES = 32L * 1024 * 1024;

    static final int MOST_COLUMNS = 64;

    private static final byte[] ARCHIVE = {'P', 'K', 3, 4};
    private static final String CONTENT = "content.xml";
    private static final int MOST_ENTRIES = 1_000;
    private static final int LONGEST_SPACE = 100;

    private static final String OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static final String TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    private final int mostRows;
    private final StringWriter text = new StringWriter();
    private final CsvWriter lines = CsvWriter.builder()
            .fieldSeparator(';')
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(text);
    private int written;
    private long blank;

    private OpenDocumentSheet(int mostRows) {
        this.mostRows = mostRows;
    }

    /** Why a file is not read; {@code getMessage} is the code of the violation. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String code) {
            super(code);
        }
    }

    /** @return whether the file is packed as spreadsheets are */
    static boolean isArchive(byte[] file) {
        return file.length > ARCHIVE.length && Arrays.equals(file, 0, ARCHIVE.length, ARCHIVE, 0, ARCHIVE.length);
    }

    /**
     * @param mostRows most rows that hold something
     * @return the sheet as CSV: semicolons, row n on line n, dates as {@code 2008-05-02}
     * @throws Refused {@code file.not-a-table} for another file, or a larger one than any list of pupils;
     *                 {@code file.too-many-rows}
     */
    static String csv(byte[] file, int mostRows) throws Refused {
        try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(file))) {
            Unpacked unpacked = new Unpacked(archive);
            int entries = 0;
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.getName().equals(CONTENT)) {
                    OpenDocumentSheet sheet = new OpenDocumentSheet(mostRows);
                    sheet.read(reader(unpacked));
                    return sheet.text.toString();
                }
                unpacked.transferTo(OutputStream.nullOutputStream());
                if (++entries > MOST_ENTRIES) {
                    break;
                }
            }
        } catch (IOException | XMLStreamException | IllegalArgumentException _) {
            // Damaged, protected by a password, too large, or no spreadsheet.
        }
        throw new Refused("file.not-a-table");
    }

    private static XMLStreamReader reader(InputStream content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory.createXMLStreamReader(content);
    }

    private void read(XMLStreamReader xml) throws XMLStreamException, Refused {
        boolean found = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && isTable(xml, "table")) {
                found = true;
            } else if (event == XMLStreamConstants.START_ELEMENT && found && isTable(xml, "table-row")) {
                int times = repeated(xml, "number-rows-repeated");
                row(cells(xml), times);
            } else if (event == XMLStreamConstants.END_ELEMENT && found && isTable(xml, "table")) {
                return;
            }
        }
        throw new Refused("file.not-a-table");
    }

    private List<String> cells(XMLStreamReader xml) throws XMLStreamException {
        List<String> cells = new ArrayList<>();
        while (xml.next() != XMLStreamConstants.END_ELEMENT || !isTable(xml, "table-row")) {
            if (xml.isStartElement() && (isTable(xml, "table-cell") || isTable(xml, "covered-table-cell"))) {
                int times = Math.min(repeated(xml, "number-columns-repeated"), MOST_COLUMNS - cells.size());
                String cell = cell(xml);
                for (int i = 0; i < times; i++) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    /** @return a date as it is meant, everything else as it is shown */
    private static String cell(XMLStreamReader xml) throws XMLStreamException {
        String element = xml.getLocalName();
        String date = xml.getAttributeValue(OFFICE, "date-value");
        StringBuilder shown = new StringBuilder();
        int paragraphs = 0;
        while (xml.next() != XMLStreamConstants.END_ELEMENT || !isTable(xml, element)) {
            if (xml.isStartElement() && is(xml, OFFICE, "annotation")) {
                skip(xml);
            } else if (xml.isStartElement() && is(xml, TEXT, "p")) {
                if (paragraphs++ > 0) {
                    shown.append(' ');
                }
                paragraph(xml, shown);
            }
        }
        return date == null ? shown.toString() : date.replaceFirst("T.*", "");
    }

    private static void paragraph(XMLStreamReader xml, StringBuilder shown) throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_ELEMENT || !is(xml, TEXT, "p")) {
            if (xml.isCharacters()) {
                shown.append(xml.getText().replaceAll("\\s+", " "));
            } else if (xml.isStartElement() && is(xml, TEXT, "s")) {
                shown.repeat(' ', Math.min(LONGEST_SPACE, number(xml.getAttributeValue(TEXT, "c"))));
            } else if (xml.isStartElement() && (is(xml, TEXT, "tab") || is(xml, TEXT, "line-break"))) {
                shown.append(' ');
            }
        }
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    // Blank rows count only when something stands below them: sheets end in a million of them.
    private void row(List<String> cells, int times) throws Refused {
        if (cells.stream().allMatch(String::isBlank)) {
            blank += times;
            return;
        }
        // The header besides, as in a list written as text.
        if (written + blank + times > mostRows + 1L) {
            throw new Refused("file.too-many-rows");
        }
        for (; blank > 0; blank--) {
            written++;
            lines.writeRecord("");
        }
        for (int i = 0; i < times; i++) {
            written++;
            lines.writeRecord(cells);
        }
    }

    private static int repeated(XMLStreamReader xml, String attribute) {
        return number(xml.getAttributeValue(TABLE, attribute));
    }

    private static int number(@Nullable String count) {
        return count == null ? 1 : Math.max(1, Integer.parseInt(count));
    }

    private static boolean isTable(XMLStreamReader xml, String name) {
        return is(xml, TABLE, name);
    }

    private static boolean is(XMLStreamReader xml, String namespace, String name) {
        return xml.getLocalName().equals(name) && namespace.equals(xml.getNamespaceURI());
    }

    /** All that is unpacked counts, whichever entry it belongs to. */
    private static final class Unpacked extends FilterInputStream {
        private long left = MOST_UNPACKED_BYTES;

        Unpacked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("more than " + MOST_UNPACKED_BYTES + " bytes");
            }
            return read;
        }
    }
}
