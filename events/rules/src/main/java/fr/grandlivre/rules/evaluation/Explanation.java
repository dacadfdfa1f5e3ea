package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a level is what it is (domain rules, explanation of a level). The contributions of the counted answers add up to
 * the score exactly.
 *
 * @param competence which
 * @param rule       version of the last answer, whose cap counts; empty without answer
 * @param counted    the answers that moved something since the last reset, in order
 * @param notCounted the others, in order
 * @param score      the level explained, with the points missing to the next one
 */
public record Explanation(
        CompetenceCode competence,
        Optional<FrameworkVersion> rule,
        List<Counted> counted,
        List<NotCounted> notCounted,
        PixScore score) {

    /** An event of an evaluation stream with the instant at which it was recorded. */
    public record Dated(EvaluationEvent event, Instant recordedAt) {}

    /**
     * @param answer  the answer
     * @param changes what it validated or invalidated, easiest skill first, never empty
     * @param before  exact points of the competence before
     * @param after   exact points of the competence after
     */
    public record Counted(PastAnswer answer, List<SkillChange> changes, Fraction before, Fraction after) {
        /** @return exact points that the answer brought, 0 for a failure */
        public Fraction contribution() {
            return changes.stream().map(SkillChange::pix).reduce(Fraction.ZERO, Fraction::plus);
        }
    }

    /** An answer that does not count, and why. */
    public record NotCounted(PastAnswer answer, Reason reason) {}

    /** Why an answer does not count. */
    public enum Reason {
        /** The competence was reset after it. */
        BEFORE_RESET,
        /** Earlier answers had already said as much. */
        SKILL_ALREADY_KNOWN
    }

    /**
     * @param stream all events of the learner's stream of that competence up to the position explained, in order
     * @return the explanation of the level at that position
     */
    public static Explanation of(Frameworks frameworks, CompetenceCode competence, List<Dated> stream) {
        Knowledge knowledge = Knowledge.none(frameworks, competence);
        List<Counted> counted = new ArrayList<>();
        List<NotCounted> notCounted = new ArrayList<>();
        for (Dated dated : stream) {
            Knowledge next = knowledge.after(dated.event(), dated.recordedAt());
            if (dated.event() instanceof AnswerRecorded answer) {
                PastAnswer past = new PastAnswer(answer, dated.recordedAt());
                List<SkillChange> changes = knowledge.changesBy(answer);
                if (changes.isEmpty()) {
                    notCounted.add(new NotCounted(past, Reason.SKILL_ALREADY_KNOWN));
                } else {
                    counted.add(new Counted(past, changes, knowledge.sum(), next.sum()));
                }
            } else if (dated.event() instanceof EvaluationEvent.CompetenceReset) {
                counted.clear();
                notCounted.clear();
                next.answers().forEach(past -> notCounted.add(new NotCounted(past, Reason.BEFORE_RESET)));
            }
            knowledge = next;
        }
        return new Explanation(
                competence,
                knowledge.lastAnswer().map(last -> last.recorded().framework()),
                List.copyOf(counted),
                List.copyOf(notCounted),
                knowledge.score());
    }
}
