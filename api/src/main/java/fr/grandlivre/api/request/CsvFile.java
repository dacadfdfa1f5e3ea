package fr.grandlivre.api.request;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A table for spreadsheets (formats, CSV): semicolons, CRLF, UTF-8 with a byte order mark, quotes only when needed. Text
 * that people typed never begins a formula. For one thread.
 */
public final class CsvFile {
    /** Of every file of this kind. */
    public static final MediaType TYPE = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What begins a formula in a spreadsheet, after spaces, in its plain and full-width forms. */
    private static final Pattern FORMULA = Pattern.compile("^[\\p{Z} ]*[=+\\-@＝＋－＠\t\r].*", Pattern.DOTALL);

    private final StringWriter text = new StringWriter();
    private final CsvWriter rows;

    /** @param header as the profile says */
    public CsvFile(List<String> header) {
        text.write(BYTE_ORDER_MARK);
        rows = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(text);
        rows.writeRecord(header);
    }

    /** @param rows the first of them the header; what is no integer may have been typed by people */
    public static CsvFile of(List<? extends List<?>> rows) {
        CsvFile file = new CsvFile(texts(rows.getFirst()));
        rows.stream().skip(1).map(CsvFile::texts).forEach(file::row);
        return file;
    }

    private static List<String> texts(List<?> cells) {
        return cells.stream()
                .map(cell -> cell instanceof Integer number ? number.toString() : typed(cell.toString()))
                .toList();
    }

    /** Adds a row. Cells with typed text come through {@link #typed}; what we compute is written as it is. */
    public CsvFile row(List<String> cells) {
        rows.writeRecord(cells);
        return this;
    }

    /** @return the text as a cell that no spreadsheet executes; a cell that is exactly a dash stays one */
    public static String typed(String text) {
        return !text.equals("-") && FORMULA.matcher(text).matches() ? "'" + text : text;
    }

    /** @return the whole file */
    public String text() {
        return text.toString();
    }

    /** @param name of the file that the browser saves */
    public ResponseEntity<byte[]> download(String name) {
        return FileAnswer.kept(TYPE, name).body(text().getBytes(StandardCharsets.UTF_8));
    }
}
