package fr.grandlivre.rules.session;

import fr.grandlivre.events.session.SessionEvent.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the answers in one competence do to its positioned level, by band of the whole exam's rate (domain rules,
 * scoring table). Immutable.
 *
 * @param bands lower ends of the bands in whole percent, highest first, never empty
 * @param rows  by questions asked, correct and neutralised; each has one verdict a band
 */
public record ScoringTable(List<Integer> bands, Map<Answers, Row> rows) {
    /** Answers in one competence: asked counts all, correct never counts a neutralised one. */
    public record Answers(int asked, int correct, int neutralised) {}

    /**
     * @param number   of the row, from 1
     * @param verdicts one a band, highest band first
     */
    public record Row(int number, List<Verdict> verdicts) {}

    /** What a row says in one band. */
    public record Ruling(int rule, Verdict verdict) {}

    public ScoringTable {
        bands = List.copyOf(bands);
        rows = Map.copyOf(rows);
    }

    /**
     * @param csv   a head line, then {@code rule,asked,correct,neutralised} and a verdict a band
     * @param bands lower ends, highest first
     * @throws IllegalStateException when the text is no such table or a row stands twice
     */
    static ScoringTable parse(String csv, List<Integer> bands) {
        Map<Answers, Row> rows = new HashMap<>();
        for (String line : csv.lines().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            if (cells.length != 4 + bands.size()) {
                throw new IllegalStateException("a row of the scoring table has " + cells.length + " cells");
            }
            Answers answers =
                    new Answers(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), Integer.parseInt(cells[3]));
            List<Verdict> verdicts = List.of(cells).subList(4, cells.length).stream()
                    .map(ScoringTable::verdict)
                    .toList();
            if (rows.put(answers, new Row(Integer.parseInt(cells[0]), verdicts)) != null) {
                throw new IllegalStateException("a row of the scoring table stands twice");
            }
        }
        return new ScoringTable(bands, rows);
    }

    /** @return index of the band that holds the rate, 0 for the highest; empty below the lowest */
    public OptionalInt band(int ratePercent) {
        for (int band = 0; band < bands.size(); band++) {
            if (ratePercent >= bands.get(band)) {
                return OptionalInt.of(band);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * @param band index from {@link #band}
     * @return what the table says; empty for answers it does not foresee: {@code scoring-rule-missing}
     */
    public Optional<Ruling> ruling(int band, Answers answers) {
        return Optional.ofNullable(rows.get(answers))
                .map(row -> new Ruling(row.number(), row.verdicts().get(band)));
    }

    private static Verdict verdict(String cell) {
        return switch (cell) {
            case "keep" -> Verdict.KEEP;
            case "D" -> Verdict.DOWNGRADE;
            case "X" -> Verdict.NOT_CERTIFIED;
            default -> throw new IllegalStateException("the scoring table knows keep, D and X only");
        };
    }
}
