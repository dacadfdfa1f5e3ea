package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Matching;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Decides what becomes of an answer (domain rules, answer kinds, tolerances and outcome). */
public sealed interface Grading {
    /** Most code points of a text field (domain rules, bad input). */
    int LONGEST_TEXT = 500;

    /**
     * The response fits the challenge.
     *
     * @param outcome what became of it
     */
    record Graded(Outcome outcome) implements Grading {}

    /**
     * The response does not fit the challenge: refusal {@code answer-shape}.
     *
     * @param problems never empty
     */
    record Misshapen(List<ShapeProblem> problems) implements Grading {}

    /**
     * Grades a response that arrived in time. A skip is {@link Outcome#SKIPPED}, blank text is {@link Outcome#KO}; no
     * partial credit.
     */
    static Grading grade(Challenge challenge, Response response) {
        if (response instanceof Response.Skipped) {
            return new Graded(Outcome.SKIPPED);
        }
        List<ShapeProblem> problems = shapeProblems(challenge, response);
        if (!problems.isEmpty()) {
            return new Misshapen(problems);
        }
        boolean right = switch (challenge) {
            case Qcu(var _, List<Choice> choices) -> isExactly(choices, (Response.Chosen) response);
            case Qcm(var _, List<Choice> choices) -> isExactly(choices, (Response.Chosen) response);
            case Qroc(var _, AnswerField field) ->
                accepts(field, ((Response.Typed) response).fields().getFirst());
            case Qrocm(var _, Matching matching, List<AnswerField> fields) ->
                switch (matching) {
                    case INDEPENDENT -> isEachAccepted(fields, ((Response.Typed) response).fields());
                    case INTERCHANGEABLE -> isMatched(fields, ((Response.Typed) response).fields(), 0, new HashSet<>());
                };
        };
        return new Graded(right ? Outcome.OK : Outcome.KO);
    }

    /**
     * Grades a response to a challenge that may be timed.
     *
     * @param startedAt  when its clock started; ignored for untimed challenges
     * @param receivedAt when the server had read the whole request
     * @return {@link Outcome#TIMED_OUT} for anything later than the start plus the timer, equal being in time
     */
    static Grading grade(Challenge challenge, Response response, Instant startedAt, Instant receivedAt) {
        Grading grading = grade(challenge, response);
        return grading instanceof Graded && isLate(challenge, startedAt, receivedAt)
                ? new Graded(Outcome.TIMED_OUT)
                : grading;
    }

    /** @return whether the challenge is timed and its time was over */
    static boolean isLate(Challenge challenge, Instant startedAt, Instant receivedAt) {
        return challenge
                .timer()
                .map(timer -> receivedAt.isAfter(startedAt.plus(timer)))
                .orElse(false);
    }

    /** @return whether the text answers the field */
    static boolean accepts(AnswerField field, String text) {
        return Tolerances.accept(text, field.solutions(), field.tolerances());
    }

    /** @return what keeps the response from being graded; empty when nothing does */
    static List<ShapeProblem> shapeProblems(Challenge challenge, Response response) {
        return switch (response) {
            case Response.Skipped() -> List.of();
            case Response.Chosen(List<Integer> indexes) ->
                switch (challenge) {
                    case Qcu(var _, List<Choice> choices) -> choiceProblems(indexes, choices.size(), true);
                    case Qcm(var _, List<Choice> choices) -> choiceProblems(indexes, choices.size(), false);
                    case Qroc _, Qrocm _ -> List.of(ShapeProblem.whole(ShapeProblem.Kind.OTHER_KIND));
                };
            case Response.Typed(List<String> texts) ->
                switch (challenge) {
                    case Qroc _ -> textProblems(texts, 1);
                    case Qrocm(var _, var _, List<AnswerField> fields) -> textProblems(texts, fields.size());
                    case Qcu _, Qcm _ -> List.of(ShapeProblem.whole(ShapeProblem.Kind.OTHER_KIND));
                };
        };
    }

    private static List<ShapeProblem> choiceProblems(List<Integer> indexes, int choices, boolean exactlyOne) {
        List<ShapeProblem> problems = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < indexes.size(); i++) {
            int index = indexes.get(i);
            if (index < 0 || index >= choices) {
                problems.add(new ShapeProblem(ShapeProblem.Kind.CHOICE_OUTSIDE, i));
            }
            if (!seen.add(index)) {
                problems.add(new ShapeProblem(ShapeProblem.Kind.CHOICE_TWICE, i));
            }
        }
        if (exactlyOne && indexes.size() != 1) {
            problems.add(ShapeProblem.whole(ShapeProblem.Kind.NOT_ONE_CHOICE));
        }
        return problems;
    }

    private static List<ShapeProblem> textProblems(List<String> texts, int fields) {
        List<ShapeProblem> problems = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (i >= fields) {
                problems.add(new ShapeProblem(ShapeProblem.Kind.FIELD_EXTRA, i));
            } else if (text.codePointCount(0, text.length()) > LONGEST_TEXT) {
                problems.add(new ShapeProblem(ShapeProblem.Kind.TEXT_TOO_LONG, i));
            }
        }
        for (int i = texts.size(); i < fields; i++) {
            problems.add(new ShapeProblem(ShapeProblem.Kind.FIELD_MISSING, i));
        }
        return problems;
    }

    private static boolean isExactly(List<Choice> choices, Response.Chosen chosen) {
        Set<Integer> indexes = Set.copyOf(chosen.indexes());
        return IntStream.range(0, choices.size())
                .allMatch(index -> choices.get(index).right() == indexes.contains(index));
    }

    private static boolean isEachAccepted(List<AnswerField> fields, List<String> texts) {
        return IntStream.range(0, fields.size()).allMatch(index -> accepts(fields.get(index), texts.get(index)));
    }

    /** Tries each unused group for the next text; a challenge has at most four. */
    private static boolean isMatched(List<AnswerField> groups, List<String> texts, int next, Set<Integer> used) {
        if (next == texts.size()) {
            return true;
        }
        for (int group = 0; group < groups.size(); group++) {
            if (accepts(groups.get(group), texts.get(next)) && used.add(group)) {
                if (isMatched(groups, texts, next + 1, used)) {
                    return true;
                }
                used.remove(group);
            }
        }
        return false;
    }
}
