package fr.grandlivre.api.campaign;

import fr.grandlivre.api.campaign.ClassGrid.Cell;
import fr.grandlivre.api.campaign.ClassGrid.Row;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The heat map of a class as a table for spreadsheets, cell by cell what the page shows. */
final class ClassFile {
    /** What was not measured, as in every file of ours. */
    private static final String NOT_MEASURED = "-";

    private ClassFile() {}

    /**
     * @param words gives the text of a message key in the reader's language
     * @return the header, then the pupils in the order of the roster; levels and counts are integers
     */
    static List<List<Object>> of(ClassGrid grid, UnaryOperator<String> words) {
        return Stream.concat(
                        Stream.of(header(grid, words)), grid.rows().stream().map(row -> cells(row, words)))
                .toList();
    }

    private static List<Object> header(ClassGrid grid, UnaryOperator<String> words) {
        return row(
                Stream.of(words.apply("class.file.last-name"), words.apply("class.file.first-name")),
                grid.competences().stream().map(competence -> competence.code().value()),
                Stream.of(
                        words.apply("class.certifiable"),
                        words.apply("class.file.reached"),
                        words.apply("class.file.nearest")));
    }

    private static List<Object> cells(Row row, UnaryOperator<String> words) {
        return row(
                Stream.of(
                        Objects.requireNonNullElse(row.pupil().lastName(), ""),
                        Objects.requireNonNullElse(row.pupil().firstName(), "")),
                row.cells().stream().map(ClassFile::level),
                Stream.of(
                        words.apply(row.certifiable() ? "class.certifiable.yes" : "class.file.no"),
                        row.reached(),
                        String.join(
                                " ",
                                row.nearest().stream()
                                        .map(CompetenceCode::value)
                                        .toList())));
    }

    private static List<Object> row(Stream<?> who, Stream<?> levels, Stream<?> rest) {
        return Stream.of(who, levels, rest)
                .flatMap(cells -> cells)
                .<Object>map(cell -> cell)
                .toList();
    }

    private static Object level(Cell cell) {
        return cell.level() == null ? NOT_MEASURED : cell.level();
    }
}
