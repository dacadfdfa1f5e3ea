package fr.grandlivre.api;

import com.github.miachm.sods.SpreadSheet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

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

    /** @return what the cells of a spreadsheet show, row by row, read by a library that the product does not use */
    public static List<List<String>> rows(byte[] file) {
        try {
            Object[][] values = new SpreadSheet(new ByteArrayInputStream(file))
                    .getSheet(0)
                    .getDataRange()
                    .getValues();
            return Stream.of(values)
                    .map(row -> Stream.of(row).map(OdsFile::shown).toList())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number ->
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
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
