package fr.grandlivre.query;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Levels by competence in one column: {@code 1.1=4 1.2=3}, ordered by code; empty text for none. */
public final class LevelsText {
    private LevelsText() {}

    /** @return the column's text */
    public static String write(Map<CompetenceCode, Level> levels) {
        return new TreeMap<>(levels)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** @return the levels of a text that {@link #write} made */
    public static SortedMap<CompetenceCode, Level> read(String text) {
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int sign = pair.indexOf('=');
            levels.put(
                    new CompetenceCode(pair.substring(0, sign)), new Level(Integer.parseInt(pair.substring(sign + 1))));
        }
        return Collections.unmodifiableSortedMap(levels);
    }
}
