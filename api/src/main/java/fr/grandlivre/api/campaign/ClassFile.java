package fr.grandlivre.api.campaign;

import fr.grandlivre.api.campaign.ClassGrid.Cell;
import fr.grandlivre.api.campaign.ClassGrid.Row;
import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The heat map of a class as a file for spreadsheets, cell by cell what the page shows. */
final class ClassFile {
    /** What was not measured, as in every file of ours. */
    private static final String NOT_MEASURED = "-";

    private ClassFile() {}

    /** @param words gives the text of a message key in the reader's language */
    static CsvFile of(ClassGrid grid, UnaryOperator<String> words) {
        CsvFile file = new CsvFile(Stream.of(
                        Stream.of(words.apply("class.file.last-name"), words.apply("class.file.first-name")),
                        grid.competences().stream()
                                .map(competence -> competence.code().value()),
                        Stream.of(
                                words.apply("class.certifiable"),
                                words.apply("class.file.reached"),
                                words.apply("class.file.nearest")))
                .flatMap(columns -> columns)
                .toList());
        grid.rows().forEach(row -> file.row(cells(row, words)));
        return file;
    }

    private static List<String> cells(Row row, UnaryOperator<String> words) {
        return Stream.of(
                        Stream.of(
                                CsvFile.typed(
                                        Objects.requireNonNullElse(row.pupil().lastName(), "")),
                                CsvFile.typed(
                                        Objects.requireNonNullElse(row.pupil().firstName(), ""))),
                        row.cells().stream().map(ClassFile::level),
                        Stream.of(
                                words.apply(row.certifiable() ? "class.certifiable.yes" : "class.file.no"),
                                Integer.toString(row.reached()),
                                String.join(
                                        " ",
                                        row.nearest().stream()
                                                .map(CompetenceCode::value)
                                                .toList())))
                .flatMap(columns -> columns)
                .toList();
    }

    private static String level(Cell cell) {
        return cell.level() == null ? NOT_MEASURED : Integer.toString(cell.level());
    }
}
