package fr.grandlivre.api.school;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CsvTable;
import fr.grandlivre.rules.school.PupilRules;
import fr.grandlivre.rules.school.RosterLine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a list of pupils: the columns may stand in any order, under the names that French school software gives them. */
final class RosterFile {
    private static final Map<Column, Set<String>> NAMES = Map.of(
            Column.LAST_NAME, Set.of("nom", "nomdefamille", "lastname", "familyname"),
            Column.FIRST_NAME, Set.of("prenom", "prenom1", "premierprenom", "firstname"),
            Column.MIDDLE_NAME, Set.of("prenom2", "deuxiemeprenom", "middlename"),
            Column.THIRD_NAME, Set.of("prenom3", "troisiemeprenom", "thirdname"),
            Column.BIRTH_DATE, Set.of("datedenaissance", "neele", "nele", "naissance", "birthdate", "dateofbirth"),
            Column.INE, Set.of("ine", "numeroine", "identifiantnational", "nationalstudentid"),
            Column.DIVISION, Set.of("division", "classe", "class"),
            Column.YEAR, Set.of("niveau", "anneedescolarite", "level"));

    private static final Set<Column> NEEDED =
            Set.of(Column.LAST_NAME, Column.FIRST_NAME, Column.BIRTH_DATE, Column.DIVISION, Column.YEAR);

    private RosterFile() {}

    /** What a list of pupils says. */
    private enum Column {
        LAST_NAME,
        FIRST_NAME,
        MIDDLE_NAME,
        THIRD_NAME,
        BIRTH_DATE,
        INE,
        DIVISION,
        YEAR
    }

    /**
     * @param pointer of the file in the request
     * @return the lines as written, never empty
     * @throws ProblemException {@code validation} for what is no table, has more than 10,000 lines or none, or lacks a column
     */
    static List<RosterLine> read(String pointer, byte[] file) {
        CsvTable table = CsvTable.read(pointer, file, PupilRules.MOST_ROWS);
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        NAMES.forEach((column, names) -> columns.put(column, table.column(names)));
        if (NEEDED.stream().anyMatch(column -> columns.getOrDefault(column, -1) < 0)) {
            throw refused(pointer, "file.columns-missing");
        }
        if (table.rows().isEmpty()) {
            throw refused(pointer, "file.empty");
        }
        return table.rows().stream().map(row -> line(row, columns)).toList();
    }

    private static RosterLine line(CsvTable.Row row, Map<Column, Integer> columns) {
        return new RosterLine(
                row.line(),
                cell(row, columns, Column.LAST_NAME),
                cell(row, columns, Column.FIRST_NAME),
                cell(row, columns, Column.MIDDLE_NAME),
                cell(row, columns, Column.THIRD_NAME),
                cell(row, columns, Column.BIRTH_DATE),
                cell(row, columns, Column.INE),
                cell(row, columns, Column.DIVISION),
                cell(row, columns, Column.YEAR));
    }

    private static String cell(CsvTable.Row row, Map<Column, Integer> columns, Column column) {
        return row.cell(columns.getOrDefault(column, -1));
    }

    private static ProblemException refused(String pointer, String code) {
        return new ProblemException(Problem.invalid(List.of(new Violation(pointer, code))));
    }
}
