package fr.grandlivre.api.campaign;

import fr.grandlivre.api.campaign.ClassGrid.Cell;
import fr.grandlivre.api.campaign.ClassGrid.Row;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.util.UriComponentsBuilder;

/** What a class shared as one reader wishes to see it: which columns, in which order, in colours or without names. */
final class HeatMap {
    private static final String NO_COLOUR = "n";

    private final ClassGrid grid;
    private final Wish wish;
    private final String here;
    private final Locale language;
    private final MessageSource messages;
    private final List<Integer> shown;

    /** @param here address of the page, without what is wished for */
    HeatMap(ClassGrid grid, Wish wish, String here, Locale language, MessageSource messages) {
        this.grid = grid;
        this.wish = wish;
        this.here = here;
        this.language = language;
        this.messages = messages;
        this.shown = IntStream.range(0, grid.competences().size())
                .filter(column -> grid.competences().get(column).code().value().startsWith(wish.domaine()))
                .boxed()
                .toList();
    }

    /**
     * How the heat map is shown, as the address says.
     *
     * @param au      end of that day; empty for now
     * @param depuis  compared with the end of that day; empty to compare nothing
     * @param domaine code of a domain; empty for all
     * @param tri     {@code eleve} or the code of a competence
     * @param sens    {@code asc} or {@code desc}
     * @param vue     {@code couleurs}, {@code nombres} or {@code anonyme}
     */
    record Wish(String au, String depuis, String domaine, String tri, String sens, String vue) {
        private static final String BY_PUPIL = "eleve";

        static Wish of(
                @Nullable String au,
                @Nullable String depuis,
                @Nullable String domaine,
                @Nullable String tri,
                @Nullable String sens,
                @Nullable String vue) {
            return new Wish(
                    plain(au),
                    plain(depuis),
                    Optional.ofNullable(domaine)
                            .filter(code -> code.matches("[1-5]"))
                            .orElse(""),
                    Optional.ofNullable(tri)
                            .filter(code -> code.matches("[1-5]\\.[1-4]"))
                            .orElse(BY_PUPIL),
                    "desc".equals(sens) ? "desc" : "asc",
                    Stream.of("nombres", "anonyme")
                            .filter(known -> known.equals(vue))
                            .findFirst()
                            .orElse("couleurs"));
        }

        /** @return nothing but a day: all of the map, as a file or for one pupil */
        static Wish asOf(@Nullable String au) {
            return of(au, null, null, null, null, null);
        }

        private static String plain(@Nullable String text) {
            return text == null ? "" : text.strip();
        }

        public boolean anonymous() {
            return vue.equals("anonyme");
        }

        /** @return the address of the same page with another value for one wish */
        public String with(String page, String name, String value) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("au", au);
            values.put("depuis", depuis);
            values.put("domaine", domaine);
            values.put("tri", tri.equals(BY_PUPIL) ? "" : tri);
            values.put("sens", sens.equals("asc") ? "" : sens);
            values.put("vue", vue.equals("couleurs") ? "" : vue);
            values.put(name, value);
            UriComponentsBuilder address = UriComponentsBuilder.fromPath(page);
            values.forEach((key, text) -> {
                if (!text.isEmpty()) {
                    address.queryParam(key, text);
                }
            });
            return address.encode().toUriString();
        }

        /** @return the address that sorts by a column; pressed again, the other way round */
        public String sorted(String page, String column) {
            boolean turned = tri.equals(column) && sens.equals("asc");
            Wish by = new Wish(au, depuis, domaine, column, turned ? "desc" : "asc", vue);
            return by.with(page, "tri", column.equals(BY_PUPIL) ? "" : column);
        }

        /** @return value of {@code aria-sort} for a column; null when it is not the sorted one */
        public @Nullable String ariaSort(String column) {
            return !tri.equals(column) ? null : sens.equals("asc") ? "ascending" : "descending";
        }
    }

    /**
     * A column of the heat map.
     *
     * @param sort  address that sorts by it
     * @param order value of {@code aria-sort}; absent when not sorted by it
     */
    record Column(
            String code, String name, String sort, @Nullable String order) {}

    /**
     * A row of the heat map.
     *
     * @param id      of the pupil; absent in anonymous mode
     * @param name    absent when erased and in anonymous mode
     * @param number  of the row, from 1
     * @param nearest names of the competences to reach first
     */
    record PupilRow(
            @Nullable UUID id,
            @Nullable String name,
            int number,
            List<ShownCell> cells,
            boolean certifiable,
            int needed,
            String nearest) {}

    /**
     * A cell of the heat map, ready to be written: a class has hundreds of them, of which few are alike in more than this.
     *
     * @param style class of its colour
     * @param text  level; empty when not measured
     * @param sign  for the eyes: a dash, or an arrow for levels won or lost; absent for a mere level
     * @param told  the sign in words; absent with it
     */
    record ShownCell(
            String style,
            String text,
            @Nullable String sign,
            @Nullable String told) {}

    List<Column> columns() {
        return shown.stream()
                .map(grid.competences()::get)
                .map(competence -> new Column(
                        competence.code().value(),
                        competence.title().in(language),
                        wish.sorted(here, competence.code().value()),
                        wish.ariaSort(competence.code().value())))
                .toList();
    }

    /** @return the pupils in the order wished for */
    List<PupilRow> rows() {
        Function<Cell, ShownCell> painted = painted(say("class.not-measured"));
        List<Row> sorted = grid.rows().stream().sorted(order()).toList();
        List<PupilRow> rows = new ArrayList<>();
        for (Row row : sorted) {
            rows.add(new PupilRow(
                    wish.anonymous() ? null : row.learner().value(),
                    wish.anonymous() ? null : row.name().orElse(null),
                    rows.size() + 1,
                    shown.stream().map(row.cells()::get).map(painted).toList(),
                    row.certifiable(),
                    row.needed(),
                    String.join(
                            ", ",
                            row.nearest().stream().map(CompetenceCode::value).toList())));
        }
        return rows;
    }

    /** @return the middle of the class, a cell a column */
    List<ShownCell> median() {
        Function<Cell, ShownCell> painted = painted(say("class.no-median"));
        return shown.stream()
                .map(column -> new Cell(
                        grid.competences().get(column).code(),
                        grid.median().get(column).orElse(null),
                        null))
                .map(painted)
                .toList();
    }

    /** @param missing what is said in the place of a level that is not there */
    private Function<Cell, ShownCell> painted(String missing) {
        boolean plain = wish.vue().equals("nombres");
        return cell -> {
            Integer level = cell.level();
            if (level == null) {
                return new ShownCell(NO_COLOUR, "", "–", missing);
            }
            String style = plain ? NO_COLOUR : "l" + level;
            int change = Objects.requireNonNullElse(cell.change(), 0);
            return change == 0
                    ? new ShownCell(style, level.toString(), null, null)
                    : new ShownCell(
                            style,
                            level.toString(),
                            change > 0 ? "▲" : "▼",
                            say(change > 0 ? "class.won" : "class.lost", Math.abs(change)));
        };
    }

    /** Not measured comes last, whatever the direction; without names the order of ids says nothing. */
    private Comparator<Row> order() {
        Comparator<Row> byPupil = wish.anonymous()
                ? Comparator.comparing(row -> row.learner().value())
                : Comparator.comparing((Row row) -> row.name().orElse(""), Collator.getInstance(language)::compare);
        if (wish.tri().equals(Wish.BY_PUPIL)) {
            return wish.sens().equals("asc") ? byPupil : byPupil.reversed();
        }
        int column = grid.competences().stream()
                .map(competence -> competence.code().value())
                .toList()
                .indexOf(wish.tri());
        Comparator<Integer> levels = wish.sens().equals("asc") ? Comparator.naturalOrder() : Comparator.reverseOrder();
        return Comparator.comparing(
                        (Row row) -> column < 0 ? null : row.cells().get(column).level(), Comparator.nullsLast(levels))
                .thenComparing(byPupil);
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
