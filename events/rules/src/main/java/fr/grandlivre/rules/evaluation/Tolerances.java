package fr.grandlivre.rules.evaluation;

import fr.grandlivre.rules.framework.Tolerance;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a text answers a field (domain rules, tolerances: always no-break space, then t1, t2, t3). */
final class Tolerances {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}+");
    private static final Pattern DIACRITICS = Pattern.compile("\\p{Mn}+");
    private static final Pattern NEITHER_LETTER_DIGIT_NOR_SPACE = Pattern.compile("[^\\p{IsL}\\p{IsNd} ]+");
    private static final Pattern SPACES = Pattern.compile(" {2,}");

    /** An answer is near enough when this many edits are at most its length: a ratio of 0.25. */
    private static final int LENGTH_PER_EDIT = 4;

    private Tolerances() {}

    static boolean accept(String answer, List<String> solutions, Set<Tolerance> tolerances) {
        String treated = treat(answer, tolerances);
        if (treated.isBlank()) {
            return false;
        }
        return solutions.stream()
                .map(solution -> treat(solution, tolerances))
                .anyMatch(solution ->
                        treated.equals(solution) || (tolerances.contains(Tolerance.T3) && areNear(treated, solution)));
    }

    static String treat(String text, Set<Tolerance> tolerances) {
        String treated = text.replace('\u00a0', ' ');
        if (tolerances.contains(Tolerance.T1)) {
            treated = withoutCaseAccentsAndSpace(treated);
        }
        if (tolerances.contains(Tolerance.T2)) {
            // Composed first, so that an accented letter that t1 has not stripped is one letter, not a letter and a
            // mark.
            String composed = Normalizer.normalize(treated, Normalizer.Form.NFC);
            treated = SPACES.matcher(
                            NEITHER_LETTER_DIGIT_NOR_SPACE.matcher(composed).replaceAll(""))
                    .replaceAll(" ");
        }
        return treated;
    }

    private static String withoutCaseAccentsAndSpace(String text) {
        String decomposed = Normalizer.normalize(text.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        String plain =
                DIACRITICS.matcher(decomposed).replaceAll("").replace("œ", "oe").replace("æ", "ae");
        return WHITE_SPACE.matcher(plain).replaceAll("");
    }

    private static boolean areNear(String answer, String solution) {
        int[] left = answer.codePoints().toArray();
        int[] right = solution.codePoints().toArray();
        return LENGTH_PER_EDIT * distance(left, right) <= left.length;
    }

    /** Levenshtein distance in code points. */
    static int distance(int[] left, int[] right) {
        int[] above = new int[right.length + 1];
        for (int column = 0; column <= right.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length; row++) {
            int[] current = new int[right.length + 1];
            current[0] = row;
            for (int column = 1; column <= right.length; column++) {
                int replaced = above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[right.length];
    }
}
