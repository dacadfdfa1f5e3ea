package fr.grandlivre.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Spreadsheets as LibreOffice writes them, with nothing in them but cells. */
public final class OdsFile {
    private OdsFile() {}

    /** @param rows {@code table:table-row} elements of the first sheet */
    public static byte[] of(String... rows) {
        return archive(
                "mimetype",
                "application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.US_ASCII),
                "content.xml",
                document(String.join("", rows)).getBytes(StandardCharsets.UTF_8));
    }

    /** @return a row of text cells */
    public static String row(String... texts) {
        StringBuilder cells = new StringBuilder("<table:table-row>");
        for (String text : texts) {
            cells.append(text(text));
        }
        return cells.append("</table:table-row>").toString();
    }

    /** @return a text cell */
    public static String text(String shown) {
        return "<table:table-cell office:value-type=\"string\"><text:p>" + shown + "</text:p></table:table-cell>";
    }

    /** @return the document of a sheet */
    public static String document(String rows) {
        return "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
                + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>"
                + "<table:table><table:table-column/>" + rows
                + "</table:table></office:spreadsheet></office:body></office:document-content>";
    }

    /** @return what the cells of a spreadsheet show, row by row, read without any code of the product */
    public static List<List<String>> rows(byte[] file) {
        try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.getName().equals("content.xml")) {
                    NodeList rows = DocumentBuilderFactory.newNSInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(archive.readAllBytes()))
                            .getElementsByTagName("table:table-row");
                    return elements(rows).map(OdsFile::cells).toList();
                }
            }
        } catch (IOException | ParserConfigurationException | SAXException unreadable) {
            throw new IllegalArgumentException("no spreadsheet", unreadable);
        }
        throw new IllegalArgumentException("a spreadsheet without content");
    }

    private static List<String> cells(Element row) {
        return elements(row.getElementsByTagName("table:table-cell"))
                .map(cell -> cell.hasAttribute("office:value")
                        ? cell.getAttribute("office:value")
                        : spaced(cell).getTextContent())
                .toList();
    }

    private static Element spaced(Element cell) {
        elements(cell.getElementsByTagName("text:s"))
                .forEach(spaces -> spaces.setTextContent(" ".repeat(Integer.parseInt(spaces.getAttribute("text:c")))));
        return cell;
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    /** @param namesAndContents name and bytes of each entry in turn */
    public static byte[] archive(Object... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                archive.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                archive.write((byte[]) namesAndContents[i + 1]);
                archive.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
