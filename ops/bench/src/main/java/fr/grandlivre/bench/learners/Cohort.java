package fr.grandlivre.bench.learners;

import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Learners who all sat in every competence.
 *
 * @param picker   that chose their challenges
 * @param learners in order of their number
 */
record Cohort(Picker picker, List<Played> learners) {
    /**
     * A learner who sat in every competence.
     *
     * @param learner  who
     * @param sittings one a competence, in the order of the framework
     */
    record Played(VirtualLearner learner, List<Sitting> sittings) {
        int totalPix() {
            return PixScore.total(sittings.stream().map(Sitting::last).toList()).value();
        }
    }

    /** @return the first so many learners of the seed, played in memory */
    static Cohort play(long seed, int count, Picker picker, Instant now) {
        Framework framework = Frameworks.shipped().inForce(now);
        return new Cohort(
                picker,
                IntStream.range(0, count)
                        .parallel()
                        .mapToObj(number -> VirtualLearner.of(seed, number, framework))
                        .map(learner -> new Played(
                                learner,
                                framework.competences().stream()
                                        .map(competence -> Sitting.of(learner, competence, picker, now))
                                        .toList()))
                        .toList());
    }

    /** @return rank correlation of ability and points, competence by competence, −1..1 */
    double correlationOfPix() {
        return correlation(sitting -> sitting.last().pix().value());
    }

    /** @return rank correlation of ability and level, competence by competence, −1..1 */
    double correlationOfLevels() {
        return correlation(sitting -> sitting.last().level().value());
    }

    private double correlation(ToDoubleFunction<Sitting> figure) {
        return Ranks.correlation(
                sittings().mapToDouble(Sitting::ability).toArray(),
                sittings().mapToDouble(figure).toArray());
    }

    /** @return rank correlation of mean ability and total points, learner by learner, −1..1 */
    double correlationOfTotals() {
        return Ranks.correlation(
                learners.stream()
                        .mapToDouble(played -> played.learner().ability())
                        .toArray(),
                learners.stream().mapToDouble(Played::totalPix).toArray());
    }

    /** @return mean distance of level and true level once nothing is left to ask, levels */
    double errorAtTheEnd() {
        return error(Integer.MAX_VALUE);
    }

    /** @return mean distance of level and true level after so many answers in each competence, levels */
    double error(int answers) {
        return sittings()
                .mapToInt(sitting -> Math.abs(sitting.after(answers).level().value()
                        - sitting.truth().level().value()))
                .average()
                .orElseThrow();
    }

    /** @return mean distance of points and true points after so many answers in each competence, pix */
    double errorOfPix(int answers) {
        return sittings()
                .mapToInt(sitting -> Math.abs(sitting.after(answers).pix().value()
                        - sitting.truth().pix().value()))
                .average()
                .orElseThrow();
    }

    /** @return fewest answers a competence whose mean error is not above that; empty when it never is */
    OptionalInt answersForError(double levels) {
        return IntStream.rangeClosed(1, longest())
                .filter(answers -> error(answers) <= levels)
                .findFirst();
    }

    /** @return answers of a competence until nothing is left to ask */
    double meanAnswers() {
        return answers().average().orElseThrow();
    }

    /** @return as {@link #meanAnswers()} */
    int medianAnswers() {
        int[] sorted = answers().sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** @return most answers of a competence */
    int longest() {
        return answers().max().orElseThrow();
    }

    private IntStream answers() {
        ToIntFunction<Sitting> count = Sitting::answers;
        return sittings().mapToInt(count);
    }

    private Stream<Sitting> sittings() {
        return learners.stream().flatMap(played -> played.sittings().stream());
    }
}
