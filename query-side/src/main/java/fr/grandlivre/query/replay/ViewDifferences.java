package fr.grandlivre.query.replay;

import fr.grandlivre.query.Projection;
import fr.grandlivre.query.ViewSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks for the rows in which two schemas of the same version differ. */
final class ViewDifferences {
    /** What a person looks at; the total says how many there are. */
    static final int MOST_TOLD = 100;

    /** How far a view has come is no row of anybody. */
    private static final String PROGRESS = "progress";

    private static final String POSITION = "position";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcTemplate jdbc;
    private final ViewDigest digests;

    ViewDifferences(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.digests = new ViewDigest(jdbc);
    }

    /** @return how many rows the view has in all tables */
    long rows(ViewSchema view) {
        return tables(view)
                .mapToLong(table -> Objects.requireNonNull(
                        jdbc.queryForObject("SELECT count(*) FROM " + view.name() + "." + table, Long.class)))
                .sum();
    }

    /** @return differences of the first rows that differ, table after table, in the order of their keys */
    List<RowDifference> between(Projection projection, ViewSchema live, ViewSchema rebuilt) {
        List<RowDifference> found = new ArrayList<>();
        tables(rebuilt).forEach(table -> {
            if (found.size() < MOST_TOLD) {
                List<String> key = digests.key(rebuilt, table);
                jdbc.query(
                        statement(live, rebuilt, table, key, "to_jsonb(l)::text, to_jsonb(r)::text") + " ORDER BY "
                                + String.join(", ", key) + " LIMIT " + MOST_TOLD,
                        row -> {
                            found.addAll(
                                    fields(projection, table, key, tree(row.getString(1)), tree(row.getString(2))));
                        });
            }
        });
        return found.stream().limit(MOST_TOLD).toList();
    }

    /** @return how many rows differ in all tables */
    long count(ViewSchema live, ViewSchema rebuilt) {
        return tables(rebuilt)
                .mapToLong(table -> Objects.requireNonNull(jdbc.queryForObject(
                        statement(live, rebuilt, table, digests.key(rebuilt, table), "count(*)"), Long.class)))
                .sum();
    }

    private Stream<String> tables(ViewSchema view) {
        return digests.tables(view).stream().filter(table -> !table.equals(PROGRESS));
    }

    private static String statement(
            ViewSchema live, ViewSchema rebuilt, String table, List<String> key, String selected) {
        return "SELECT %s FROM %s.%s l FULL JOIN %s.%s r USING (%s) WHERE to_jsonb(l) IS DISTINCT FROM to_jsonb(r)"
                .formatted(selected, live.name(), table, rebuilt.name(), table, String.join(", ", key));
    }

    private static @Nullable JsonNode tree(@Nullable String row) {
        return row == null ? null : JSON.readTree(row);
    }

    private static List<RowDifference> fields(
            Projection projection,
            String table,
            List<String> key,
            @Nullable JsonNode live,
            @Nullable JsonNode rebuilt) {
        JsonNode known = rebuilt == null ? Objects.requireNonNull(live) : rebuilt;
        SortedMap<String, String> names = new TreeMap<>(
                key.stream().collect(Collectors.toMap(column -> column, column -> text(known, column, "null"))));
        JsonNode position = known.path(POSITION);
        @Nullable Long at = position.isIntegralNumber() ? position.asLong() : null;
        if (live == null || rebuilt == null) {
            return List.of(new RowDifference(
                    table,
                    Collections.unmodifiableSortedMap(names),
                    "*",
                    live == null ? null : "✔",
                    rebuilt == null ? null : "✔",
                    false,
                    at));
        }
        Set<String> columns = new TreeSet<>(rebuilt.propertyNames());
        columns.addAll(live.propertyNames());
        return columns.stream()
                .filter(column -> !live.path(column).equals(rebuilt.path(column)))
                .map(column -> {
                    boolean masked = projection.personalColumns().stream()
                            .anyMatch(personal -> personal.columns().contains(column));
                    return new RowDifference(
                            table,
                            Collections.unmodifiableSortedMap(names),
                            column,
                            masked ? null : text(live, column, null),
                            masked ? null : text(rebuilt, column, null),
                            masked,
                            at);
                })
                .toList();
    }

    private static @Nullable String text(JsonNode row, String column, @Nullable String absent) {
        JsonNode value = row.path(column);
        return value.isMissingNode() || value.isNull() ? absent : value.asString(value.toString());
    }
}
