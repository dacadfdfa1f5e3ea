package fr.grandlivre.rules.evaluation;

import java.util.Locale;

/**
 * Why a response does not fit its challenge: refusal {@code answer-shape}.
 *
 * @param kind  what is wrong
 * @param index position in the choices or fields sent, from 0; −1 when the response as a whole is meant
 */
public record ShapeProblem(Kind kind, int index) {
    static ShapeProblem whole(Kind kind) {
        return new ShapeProblem(kind, -1);
    }

    /** @return as programs read it: {@code choice-outside/0}, {@code other-kind} */
    public String code() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return index < 0 ? name : name + "/" + index;
    }

    /** What is wrong with a response. */
    public enum Kind {
        /** Texts for a choice, or choices for a text. */
        OTHER_KIND,
        /** An option that the challenge does not have. */
        CHOICE_OUTSIDE,
        /** The same option more than once. */
        CHOICE_TWICE,
        /** None or several options where exactly one is asked for. */
        NOT_ONE_CHOICE,
        /** Fewer texts than fields. */
        FIELD_MISSING,
        /** More texts than fields. */
        FIELD_EXTRA,
        /** More code points than {@link Grading#LONGEST_TEXT}. */
        TEXT_TOO_LONG
    }
}
