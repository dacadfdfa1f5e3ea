package fr.grandlivre.query;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a view that hold personal fields. A projection blanks them when it comes to the erasure of their person, so
 * that rows folded before and after the key went are the same; whoever searches for remains looks here first.
 *
 * @param table       name within the view
 * @param person      column that says whose row it is
 * @param dataClass   class of the fields; empty when {@code classColumn} says it row by row
 * @param classColumn column with the name of the class; empty when it is the same for all rows
 * @param columns     columns with the fields, blanked together
 * @param position    column with the position of the row's last change, by which caches notice it; empty when there is none
 */
public record PersonalColumns(
        String table,
        String person,
        Optional<DataClass> dataClass,
        Optional<String> classColumn,
        List<String> columns,
        Optional<String> position) {
    public PersonalColumns {
        columns = List.copyOf(columns);
    }

    /** @return columns of one class */
    public static PersonalColumns of(DataClass dataClass, String table, String person, String... columns) {
        return new PersonalColumns(
                table, person, Optional.of(dataClass), Optional.empty(), List.of(columns), Optional.empty());
    }

    /** @return columns whose class stands in the row */
    public static PersonalColumns byRow(String classColumn, String table, String person, String... columns) {
        return new PersonalColumns(
                table, person, Optional.empty(), Optional.of(classColumn), List.of(columns), Optional.empty());
    }

    /** @return the same columns, of rows with the position of their last change in {@code column} */
    public PersonalColumns withPosition(String column) {
        return new PersonalColumns(table, person, dataClass, classColumn, columns, Optional.of(column));
    }

    /** Blanks the fields that an erasure concerns. */
    static void blank(List<PersonalColumns> all, PersonErased erased, long position, Writes writes) {
        all.stream().filter(columns -> columns.concerns(erased.classes())).forEach(columns -> {
            List<@Nullable Object> values = new ArrayList<>();
            columns.position.ifPresent(_ -> values.add(position));
            values.add(erased.person().value());
            columns.classColumn.ifPresent(_ -> values.add(names(erased.classes())));
            writes.add(columns.update(), values.toArray());
        });
    }

    /** @return whether the fields may be of one of these classes */
    public boolean concerns(List<DataClass> classes) {
        return dataClass.map(classes::contains).orElse(true);
    }

    private String update() {
        String blanks = columns.stream().map(column -> column + " = NULL").collect(Collectors.joining(", "));
        return "UPDATE ${schema}." + table + " SET " + blanks
                + position.map(column -> ", " + column + " = ?").orElse("") + where();
    }

    /** @return how many rows of the person still hold a field of one of the classes */
    public long remaining(ViewSchema view, UUID person, List<DataClass> classes) {
        String held = columns.stream().map(column -> column + " IS NOT NULL").collect(Collectors.joining(" OR "));
        return count(view, where() + " AND (" + held + ")", person, classes);
    }

    /** @return how many rows the person has */
    public long rows(ViewSchema view, UUID person) {
        Long rows = view.jdbc()
                .queryForObject(
                        view.sql("SELECT count(*) FROM ${schema}." + table + " WHERE " + this.person + " = ?"),
                        Long.class,
                        person);
        return rows == null ? 0 : rows;
    }

    private long count(ViewSchema view, String condition, UUID person, List<DataClass> classes) {
        Object[] values = classColumn.isPresent() ? new Object[] {person, names(classes)} : new Object[] {person};
        Long rows = view.jdbc()
                .queryForObject(view.sql("SELECT count(*) FROM ${schema}." + table + condition), Long.class, values);
        return rows == null ? 0 : rows;
    }

    private String where() {
        return " WHERE " + person + " = ?"
                + classColumn
                        .map(column -> " AND " + column + " = ANY (string_to_array(?, ','))")
                        .orElse("");
    }

    private static String names(List<DataClass> classes) {
        return classes.stream().map(DataClass::name).collect(Collectors.joining(","));
    }
}
