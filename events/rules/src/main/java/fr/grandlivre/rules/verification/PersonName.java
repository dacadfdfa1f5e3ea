package fr.grandlivre.rules.verification;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of people: compared and abbreviated, never changed (domain rules, two tiers). */
public final class PersonName {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** White space, dashes and apostrophes of all sorts, and characters without width. */
    private static final Pattern DROPPED = Pattern.compile("[\\p{IsWhite_Space}\\p{Pd}\\u2212\\u2043\\u200B\\u2060"
            + "\\uFEFF\\u00AD'\\u2018\\u2019\\u201A\\u201B\\u02B9\\u02BB\\u02BC\\u2032\\u0060]+");

    private PersonName() {}

    /**
     * Two names are the same when their keys are: «d’Été-Martin» and «DETEMARTIN». No approximation beyond that.
     *
     * @param name a whole name as typed
     * @return small letters without marks, ligatures, apostrophes, dashes and spaces; empty when nothing is left
     */
    public static String key(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFKD);
        String small = MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
        String spelled = small.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss");
        return DROPPED.matcher(spelled).replaceAll("");
    }

    /** @return whether both are the same name */
    public static boolean areSame(String one, String other) {
        return key(one).equals(key(other));
    }

    /** @return «M. D.» for Martin Dupuis; a name without letter is left out */
    public static String initials(String firstName, String lastName) {
        return (initial(firstName) + " " + initial(lastName)).strip();
    }

    private static String initial(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .codePoints()
                .filter(Character::isLetter)
                .mapToObj(letter -> Character.toString(Character.toTitleCase(letter)) + ".")
                .findFirst()
                .orElse("");
    }
}
