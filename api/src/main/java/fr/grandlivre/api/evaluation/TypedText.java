package fr.grandlivre.api.evaluation;

import java.util.Optional;

/** What text of an answer the ledger can keep (formats, payload bytes). */
final class TypedText {
    private static final int DELETE = 0x7F;

    private TypedText() {}

    /** @return the code of the violation; empty when the text can be kept as typed */
    static Optional<String> violation(String text) {
        return text.codePoints()
                .mapToObj(TypedText::violation)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> violation(int point) {
        if (point < ' ' && point != '\t' && point != '\n' && point != '\r' || point == DELETE) {
            return Optional.of("control-character");
        }
        // A code point in this range stands alone: half of a character, which UTF-8 cannot write.
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                ? Optional.of("lone-surrogate")
                : Optional.empty();
    }
}
