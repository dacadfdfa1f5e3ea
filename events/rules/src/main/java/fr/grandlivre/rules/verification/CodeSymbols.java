package fr.grandlivre.rules.verification;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The symbols of codes and keys, and what people type around them (domain rules, generation and normalisation). */
public final class CodeSymbols {
    /** 24 symbols that are not mistaken for each other; no vowels, so that no words appear. */
    static final String ALPHABET = "2346789BCDFGHJKMPQRTVWXY";

    /** More than this is refused unread. */
    private static final int LONGEST_INPUT = 64;

    /** White space, dashes, minus, hyphen bullet, zero-width space, word joiner, byte order mark, soft hyphen. */
    private static final Pattern IGNORED =
            Pattern.compile("[\\p{IsWhite_Space}\\p{Pd}\\u2212\\u2043\\u200B\\u2060\\uFEFF\\u00AD]");

    private static final Pattern LATIN = Pattern.compile("[A-Za-z0-9]*");

    private CodeSymbols() {}

    /** @return upper-case ASCII letters and digits; empty when the text holds anything else */
    public static Optional<String> normalised(String text) {
        if (text.codePointCount(0, text.length()) > LONGEST_INPUT) {
            return Optional.empty();
        }
        Optional<String> plain = ascii(text);
        if (plain.isPresent()) {
            return plain;
        }
        String kept = IGNORED.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        // Only ASCII is left to be upper-cased: elsewhere one letter may become two.
        return LATIN.matcher(kept).matches() ? Optional.of(kept.toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    // What nearly everybody types, without normal forms and patterns; empty sends the text the long way.
    private static Optional<String> ascii(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char typed = text.charAt(i);
            if (typed >= 'a' && typed <= 'z') {
                kept.append((char) (typed - 'a' + 'A'));
            } else if (typed >= 'A' && typed <= 'Z' || typed >= '0' && typed <= '9') {
                kept.append(typed);
            } else if (typed != ' ' && typed != '-') {
                return Optional.empty();
            }
        }
        return Optional.of(kept.toString());
    }

    /** @return symbols of the 24 drawn uniformly with repetition */
    static String draw(RandomGenerator random, int length) {
        return draw(random, ALPHABET, length);
    }

    /** @return symbols of the alphabet drawn uniformly with repetition */
    public static String draw(RandomGenerator random, String alphabet, int length) {
        StringBuilder symbols = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            symbols.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return symbols.toString();
    }
}
