package fr.grandlivre.api.request;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.rules.verification.PersonName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table that somebody sent as a CSV file (comma or semicolon, with or without byte order mark, UTF-8 or what French
 * Windows programs write) or as an OpenDocument spreadsheet. Immutable.
 *
 * @param header cells of the first line, as written
 * @param rows   the other lines that hold something, in order
 */
public record CsvTable(List<String> header, List<Row> rows) {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final char MARK = '\uFEFF';

    public CsvTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * @param line  number of its first line in the file, the header being 1
     * @param cells as written; may be fewer or more than the header's
     */
    public record Row(int line, List<String> cells) {
        /** @return the cell of a column; empty when the line ends before it, or the table has no such column */
        public String cell(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column) : "";
        }
    }

    /**
     * @param pointer  of the file in the request
     * @param mostRows more are refused
     * @throws ProblemException {@code validation} with {@code file.empty}, {@code file.not-a-table} or
     *                          {@code file.too-many-rows}
     */
    public static CsvTable read(String pointer, byte[] file, int mostRows) {
        String text = text(pointer, file, mostRows);
        if (text.isBlank()) {
            throw refused(pointer, "file.empty");
        }
        if (text.codePoints().anyMatch(character -> character == 0)) {
            throw refused(pointer, "file.not-a-table");
        }
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator(text))
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord line : records) {
                if (line.getFields().stream().allMatch(String::isBlank)) {
                    continue;
                }
                if (rows.size() > mostRows) {
                    throw refused(pointer, "file.too-many-rows");
                }
                rows.add(new Row(Math.toIntExact(line.getStartingLineNumber()), List.copyOf(line.getFields())));
            }
        } catch (CsvParseException _) {
            throw refused(pointer, "file.not-a-table");
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory cannot be read", impossible);
        }
        if (rows.isEmpty()) {
            throw refused(pointer, "file.empty");
        }
        return new CsvTable(rows.getFirst().cells(), rows.subList(1, rows.size()));
    }

    /**
     * @param names spellings of a column, as {@link PersonName#key} writes them
     * @return its index; -1 when the table has none
     */
    public int column(Set<String> names) {
        return IntStream.range(0, header.size())
                .filter(i -> names.contains(PersonName.key(header.get(i)).replaceAll("[^a-z0-9]", "")))
                .findFirst()
                .orElse(-1);
    }

    /**
     * @param pointer  of the file in the request
     * @param mostRows more are refused, if the file is a spreadsheet
     * @return what {@link #read} reads, as text that a page can carry to the next one; a line is a row
     * @throws ProblemException {@code validation} with {@code file.not-a-table} or {@code file.too-many-rows}
     */
    public static String text(String pointer, byte[] file, int mostRows) {
        if (OpenDocumentSheet.isArchive(file)) {
            try {
                return OpenDocumentSheet.csv(file, mostRows);
            } catch (OpenDocumentSheet.Refused refused) {
                throw refused(pointer, String.valueOf(refused.getMessage()));
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            return new String(file, WINDOWS);
        }
    }

    private static char separator(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.indexOf(';') >= 0 ? ';' : first.indexOf('\t') >= 0 ? '\t' : ',';
    }

    private static ProblemException refused(String pointer, String code) {
        return new ProblemException(Problem.invalid(List.of(new Violation(pointer, code))));
    }
}
