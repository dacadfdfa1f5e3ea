package fr.grandlivre.rules.verification;

import fr.grandlivre.events.vocabulary.VerificationCode;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A verification code as somebody typed it, read once at the edge (domain rules, normalisation). */
public sealed interface VerificationCodeText {
    /**
     * A code that may exist.
     *
     * @param code canonical
     * @param hint whether it holds O, I or L, which are easily mistaken for 0 and 1; nothing is guessed
     */
    record Parsed(VerificationCode code, boolean hint) implements VerificationCodeText {}

    /** No code: 422 {@code invalid-code}, without asking the database. */
    record Refused() implements VerificationCodeText {}

    /** Reads what was typed. Total: any text gives a result. */
    static VerificationCodeText parse(String text) {
        Optional<String> symbols = CodeSymbols.normalised(text).filter(Shapes.CODE.asMatchPredicate());
        if (symbols.isEmpty()) {
            return new Refused();
        }
        String rest = symbols.get().substring(1);
        return new Parsed(
                new VerificationCode("P-" + rest),
                Shapes.CONFUSABLE.matcher(rest).find());
    }

    /**
     * @param random cryptographically strong
     * @param length number of symbols, 6..8
     * @return a code drawn uniformly from the 24 symbols, with repetition
     */
    static VerificationCode draw(RandomGenerator random, int length) {
        return new VerificationCode("P-" + CodeSymbols.draw(random, length));
    }

    /** Compiled once. */
    final class Shapes {
        private static final Pattern CODE = Pattern.compile("P[A-Z0-9]{6,8}");
        private static final Pattern CONFUSABLE = Pattern.compile("[OIL]");

        private Shapes() {}
    }
}
