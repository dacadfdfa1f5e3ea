package fr.grandlivre.api.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.evaluation.GivenAnswerView;
import fr.grandlivre.query.evaluation.TutorialMarks;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.TutorialChoice;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Tutorial;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a learner is told after an answer.
 *
 * @param answer      id of the answer
 * @param at          when it was recorded
 * @param position    ledger position
 * @param number      of the question in its pass, from 1
 * @param challenge   id
 * @param skill       what was tested
 * @param outcome     ok, ko, skipped or timed-out
 * @param focusedOut  whether the learner left the page; absent where nobody watched
 * @param instruction what was asked
 * @param given       the learner's own answer; empty after a skip
 * @param erased      whether the text of the answer is gone
 * @param expected    one right answer
 * @param explanation why it is right
 * @param before      points before
 * @param after       points after
 * @param tutorials   offered after a failure, the most fitting first
 * @param checkpoint  what moved since the last checkpoint; absent between checkpoints
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Feedback(
        String answer,
        Instant at,
        long position,
        int number,
        String challenge,
        String skill,
        String outcome,
        @Nullable Boolean focusedOut,
        String instruction,
        List<Part> given,
        boolean erased,
        List<Part> expected,
        String explanation,
        Points before,
        Points after,
        List<Offer> tutorials,
        @Nullable Checkpoint checkpoint) {
    /** A learner pauses after so many answers (pages, feedback). */
    private static final int ANSWERS_OF_A_STRETCH = 5;

    /**
     * One choice or one field.
     *
     * @param label of the field; absent for a choice and where there is one field only
     * @param text  the choice, or what the field holds
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(@Nullable String label, String text) {}

    /**
     * Points of the competence.
     *
     * @param level   0..8
     * @param pix     whole points
     * @param missing points to the next level; absent at the greatest
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Points(int level, int pix, @Nullable Integer missing) {
        static Points of(PixScore score) {
            return new Points(
                    score.level().value(),
                    score.pix().value(),
                    score.missing().isPresent() ? score.missing().getAsInt() : null);
        }
    }

    /**
     * What moved during a stretch of answers.
     *
     * @param answers how many
     * @param before  points before the first of them
     * @param after   points now
     */
    record Checkpoint(int answers, Points before, Points after) {
        public int gained() {
            return after.pix() - before.pix();
        }
    }

    /**
     * A tutorial.
     *
     * @param tutorial id
     * @param title    in the reader's language
     * @param minutes  reading time
     * @param format   lesson, example or exercise
     * @param saved    whether the learner put it aside
     * @param useful   whether the learner found it useful
     */
    record Offer(String tutorial, String title, int minutes, String format, boolean saved, boolean useful) {
        static Offer of(Tutorial tutorial, TutorialMarks marks, Locale language) {
            return new Offer(
                    tutorial.id().value(),
                    tutorial.title().in(language),
                    tutorial.minutes(),
                    tutorial.format().name().toLowerCase(Locale.ROOT),
                    marks.isSaved(tutorial.id()),
                    marks.isUseful(tutorial.id()));
        }
    }

    /** @return points that the answer brought */
    public int gained() {
        return after.pix() - before.pix();
    }

    /** @param useful number of learners who find a tutorial useful */
    static Feedback of(
            GivenAnswerView view,
            Framework framework,
            TutorialMarks marks,
            Map<TubeId, Integer> useful,
            Locale language) {
        AnswerRecorded recorded = view.given().recorded();
        Challenge challenge = framework
                .challenge(recorded.challenge())
                .orElseThrow(() -> new IllegalStateException("an answer names a challenge of its version"));
        boolean typed = recorded.sealed() != null;
        return new Feedback(
                recorded.answer().toString(),
                view.given().at(),
                view.position(),
                view.number(),
                challenge.id().value(),
                framework.skill(recorded.skill()).orElseThrow().title().in(language),
                name(recorded.outcome()),
                recorded.focusedOut(),
                challenge.instruction().in(language),
                given(challenge, view, language),
                typed && view.texts().isEmpty(),
                expected(challenge, language),
                challenge.explanation().in(language),
                Points.of(view.before().score()),
                Points.of(view.after().score()),
                TutorialChoice.after(recorded, view.after(), framework, useful).stream()
                        .map(tutorial -> Offer.of(tutorial, marks, language))
                        .toList(),
                checkpoint(view));
    }

    static String name(Outcome outcome) {
        return WireName.of(outcome);
    }

    private static @Nullable Checkpoint checkpoint(GivenAnswerView view) {
        if (view.number() % ANSWERS_OF_A_STRETCH != 0) {
            return null;
        }
        PixScore first = view.scores().get(view.number() - ANSWERS_OF_A_STRETCH);
        return new Checkpoint(
                ANSWERS_OF_A_STRETCH, Points.of(first), Points.of(view.after().score()));
    }

    private static List<Part> given(Challenge challenge, GivenAnswerView view, Locale language) {
        List<Integer> chosen = view.given().recorded().choices();
        List<String> texts = view.texts().orElse(List.of());
        return switch (challenge) {
            case Qcu(var _, List<Choice> choices) -> chosen(choices, chosen, language);
            case Qcm(var _, List<Choice> choices) -> chosen(choices, chosen, language);
            case Qroc _ -> texts.stream().map(text -> new Part(null, text)).toList();
            case Qrocm(var _, var _, List<AnswerField> fields) ->
                IntStream.range(0, Math.min(fields.size(), texts.size()))
                        .mapToObj(index -> new Part(fields.get(index).label().in(language), texts.get(index)))
                        .toList();
        };
    }

    private static List<Part> chosen(List<Choice> choices, @Nullable List<Integer> indexes, Locale language) {
        return indexes == null
                ? List.of()
                : indexes.stream()
                        .map(index -> new Part(null, choices.get(index).label().in(language)))
                        .toList();
    }

    private static List<Part> expected(Challenge challenge, Locale language) {
        return switch (challenge) {
            case Qcu(var _, List<Choice> choices) -> right(choices, language);
            case Qcm(var _, List<Choice> choices) -> right(choices, language);
            case Qroc(var _, AnswerField field) ->
                List.of(new Part(null, field.solutions().getFirst()));
            case Qrocm(var _, var _, List<AnswerField> fields) ->
                fields.stream()
                        .map(field -> new Part(
                                field.label().in(language), field.solutions().getFirst()))
                        .toList();
        };
    }

    private static List<Part> right(List<Choice> choices, Locale language) {
        return choices.stream()
                .filter(Choice::right)
                .map(choice -> new Part(null, choice.label().in(language)))
                .toList();
    }
}
