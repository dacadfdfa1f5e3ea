package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.SkillId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question that tests one skill (domain rules, answer kinds). */
public sealed interface Challenge {
    /** @return what all kinds have */
    Sheet sheet();

    default ChallengeId id() {
        return sheet().id();
    }

    /** @return the skill it tests */
    default SkillId skill() {
        return sheet().skill();
    }

    default Text instruction() {
        return sheet().instruction();
    }

    default Optional<Document> document() {
        return Optional.ofNullable(sheet().document());
    }

    /** @return why the right answer is right, shown after the answer */
    default Text explanation() {
        return sheet().explanation();
    }

    /** @return time allowed from the start; empty when untimed */
    default Optional<Duration> timer() {
        return Optional.ofNullable(sheet().timer());
    }

    default boolean isTimed() {
        return sheet().timer() != null;
    }

    /** @return whether leaving the page is flagged */
    default boolean focus() {
        return sheet().focus();
    }

    /**
     * One right choice.
     *
     * @param choices in the order shown, 3..6, exactly one right
     */
    record Qcu(Sheet sheet, List<Choice> choices) implements Challenge {}

    /**
     * The exact set of right choices.
     *
     * @param choices in the order shown, 3..6, two or more right, not all
     */
    record Qcm(Sheet sheet, List<Choice> choices) implements Challenge {}

    /** One text field. */
    record Qroc(Sheet sheet, AnswerField answer) implements Challenge {}

    /**
     * Several text fields.
     *
     * @param matching whether each field has its own solutions
     * @param answers  2..4 fields in the order shown
     */
    record Qrocm(Sheet sheet, Matching matching, List<AnswerField> answers) implements Challenge {}

    /**
     * What all kinds of challenges have.
     *
     * @param id          unique in the framework
     * @param skill       the skill it tests
     * @param instruction at most 60 words
     * @param document    what it works on; absent when the instruction says all
     * @param explanation at most 50 words
     * @param timer       time allowed; absent when untimed
     * @param focus       whether leaving the page is flagged
     * @param asOf        year and month at which a fact that may age was true; absent for lasting facts
     */
    record Sheet(
            ChallengeId id,
            SkillId skill,
            Text instruction,
            @Nullable Document document,
            Text explanation,
            @Nullable Duration timer,
            boolean focus,
            @Nullable String asOf) {}

    /** A choice of a QCU or QCM. */
    record Choice(Text label, boolean right) {}

    /**
     * A text field.
     *
     * @param label      what to type
     * @param tolerances what an answer may differ in
     * @param solutions  accepted answers in either language, never empty
     * @param wrong      plausible answers that must be refused, two or more
     */
    record AnswerField(Text label, Set<Tolerance> tolerances, List<String> solutions, List<String> wrong) {}

    /** How the fields of a QROCM meet their solutions. */
    enum Matching {
        /** Each field has its own solutions. */
        INDEPENDENT,
        /** Fields are matched one to one with the groups of solutions, in any order, each group once. */
        INTERCHANGEABLE
    }
}
