package fr.grandlivre.query.privacy;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.query.LongStatements;
import fr.grandlivre.query.PersonalColumns;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.privacy.ErasedValues.FullName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Searches the whole database for what an erasure left: the columns of views that hold personal fields, and every text and
 * binary column of every table for the values themselves. Thread-safe.
 */
public final class ResidualScan {
    private static final Set<String> OF_PERSONS = Set.of("person", "learner");

    /** Partitions are read through their parent. */
    private static final String COLUMNS = """
        SELECT n.nspname AS schema, c.relname AS name, a.attname AS column, t.typname AS type
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
          AND has_table_privilege(c.oid, 'SELECT') AND t.typname IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea', 'uuid')
        ORDER BY 1, 2, a.attnum\
        """;

    /** What the planner keeps of values, by column; arrays of any type, so as text. */
    private static final String STATISTICS = """
        SELECT count(*) FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
          AND strpos(concat_ws(chr(31), most_common_vals::text, histogram_bounds::text, most_common_elems::text), ?) > 0\
        """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final List<Projection> projections;

    /** @param projections of all views */
    public ResidualScan(JdbcTemplate jdbc, TransactionTemplate transaction, List<Projection> projections) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.projections = List.copyOf(projections);
    }

    /**
     * @param remains fields and values found, 0 when the erasure is complete
     * @param rows    of the person, by table with personal columns of the erased classes
     */
    public record Found(long remains, SortedMap<String, Long> rows) {}

    /**
     * @param person  whose data were erased
     * @param classes what of them
     * @param values  what the keys had sealed
     */
    public Found search(UUID person, List<DataClass> classes, ErasedValues values) {
        transaction.executeWithoutResult(_ -> LongStatements.during(jdbc, () -> forgetStatistics(classes)));
        return Objects.requireNonNull(
                transaction.execute(_ -> LongStatements.during(jdbc, () -> found(person, classes, values))));
    }

    private Found found(UUID person, List<DataClass> classes, ErasedValues values) {
        Tenants.every(jdbc);
        long remains = 0;
        SortedMap<String, Long> rows = new TreeMap<>();
        for (Projection projection : projections) {
            ViewSchema view = new ViewSchema(projection.name(), jdbc);
            for (PersonalColumns columns : projection.personalColumns()) {
                if (columns.concerns(classes)) {
                    remains += columns.remaining(view, person, classes);
                    rows.put(view.name() + "." + columns.table(), columns.rows(view, person));
                }
            }
        }
        for (Table table : tables(classes)) {
            remains += copies(table, person, values);
        }
        for (String text : values.texts()) {
            remains += Objects.requireNonNull(jdbc.queryForObject(STATISTICS, Long.class, text));
        }
        return new Found(remains, rows);
    }

    /**
     * The planner remembers samples of columns until it is told to sample them again: values of erased rows too.
     *
     * @return how many tables were sampled again
     */
    private int forgetStatistics(List<DataClass> classes) {
        Set<String> tables = new TreeSet<>();
        for (Projection projection : projections) {
            ViewSchema view = new ViewSchema(projection.name(), jdbc);
            projection.personalColumns().stream()
                    .filter(columns -> columns.concerns(classes))
                    .forEach(columns -> tables.add(view.sql("ANALYZE ${schema}." + columns.table())));
        }
        tables.forEach(jdbc::execute);
        return tables.size();
    }

    private record Table(String name, List<String> texts, List<String> binaries, List<String> persons) {}

    private List<Table> tables(List<DataClass> classes) {
        Set<String> kept = kept(classes);
        Map<String, Table> tables = new LinkedHashMap<>();
        jdbc.query(COLUMNS, row -> {
            String name = "\"" + row.getString("schema") + "\".\"" + row.getString("name") + "\"";
            String column = row.getString("column");
            Table table = tables.computeIfAbsent(
                    name, _ -> new Table(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            if (kept.contains(row.getString("schema") + "." + row.getString("name") + "." + column)) {
                return;
            }
            String quoted = "\"" + column + "\"";
            switch (row.getString("type")) {
                case "bytea" -> table.binaries().add(quoted);
                case "uuid" -> {
                    if (OF_PERSONS.contains(column)) {
                        table.persons().add(quoted);
                    }
                }
                default -> table.texts().add(quoted);
            }
        });
        return List.copyOf(tables.values());
    }

    /** What other classes hold lawfully: the name on a certificate outlives the one on a roster. */
    private Set<String> kept(List<DataClass> classes) {
        Set<String> kept = new HashSet<>();
        for (Projection projection : projections) {
            projection.personalColumns().stream()
                    .filter(columns -> columns.classColumn().isPresent() || !columns.concerns(classes))
                    .forEach(columns -> columns.columns()
                            .forEach(column -> kept.add(projection.name() + "." + columns.table() + "." + column)));
        }
        return kept;
    }

    private long copies(Table table, UUID person, ErasedValues values) {
        List<Object> bound = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (String text : values.texts()) {
            holds(table, text, bound).forEach(conditions::add);
        }
        for (FullName name : values.names()) {
            // Where rows belong to people, somebody else may bear the same name.
            List<Object> ofPair = new ArrayList<>();
            String own = table.persons().stream().map(column -> column + " = ?").collect(Collectors.joining(" OR "));
            table.persons().forEach(_ -> ofPair.add(person));
            String first = any(holds(table, name.first(), ofPair));
            String last = any(holds(table, name.last(), ofPair));
            if (!first.isEmpty()) {
                conditions.add((own.isEmpty() ? "" : "(" + own + ") AND ") + first + " AND " + last);
                bound.addAll(ofPair);
            }
        }
        if (conditions.isEmpty()) {
            return 0;
        }
        Long found = jdbc.queryForObject(
                "SELECT count(*) FROM " + table.name() + " WHERE "
                        + conditions.stream().map(each -> "(" + each + ")").collect(Collectors.joining(" OR ")),
                Long.class,
                bound.toArray());
        return found == null ? 0 : found;
    }

    /** In binary columns JSON is looked for, which writes some characters in its own way. */
    private static List<String> holds(Table table, String value, List<Object> bound) {
        List<String> conditions = new ArrayList<>();
        if (!table.texts().isEmpty()) {
            conditions.add("strpos(concat_ws(chr(31), " + String.join(", ", table.texts()) + "), ?) > 0");
            bound.add(value);
        }
        byte[] quoted = CanonicalJson.bytes(value);
        byte[] written = Arrays.copyOfRange(quoted, 1, quoted.length - 1);
        for (String column : table.binaries()) {
            conditions.add("position(?::bytea in " + column + ") > 0");
            bound.add(written);
        }
        return conditions;
    }

    private static String any(List<String> conditions) {
        return conditions.isEmpty() ? "" : "(" + String.join(" OR ", conditions) + ")";
    }

    /**
     * @param lines of a log
     * @return how many of them hold a value
     */
    public static long inLines(Stream<String> lines, ErasedValues values) {
        return lines.filter(line -> values.texts().stream().anyMatch(line::contains)
                        || values.names().stream()
                                .anyMatch(name -> line.contains(name.first()) && line.contains(name.last())))
                .count();
    }
}
