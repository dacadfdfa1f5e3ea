package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Why a level is what it is (domain rules, explanation of a level). The contributions of the counted answers and of
 * absorbed histories add up to the score exactly.
 *
 * @param competence which
 * @param rule       version of the last answer, also of an absorbed account, whose cap counts; empty without answer
 * @param counted    the answers that moved something since the last reset, in order
 * @param notCounted the others, in order
 * @param absorbed   what came from other accounts of the same person since the last reset, in order
 * @param score      the level explained, with the points missing to the next one
 */
public record Explanation(
        CompetenceCode competence,
        Optional<FrameworkVersion> rule,
        List<Counted> counted,
        List<NotCounted> notCounted,
        List<Absorbed> absorbed,
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

    /**
     * @param event   what was absorbed
     * @param at      when
     * @param changes what it added, by skill; empty when the learner knew as much
     * @param there   why the other account knew it: its own answers up to the merge
     */
    public record Absorbed(HistoryAbsorbed event, Instant at, List<SkillChange> changes, Explanation there) {
        /** @return exact points that it brought */
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
     * @param stream  all events of the learner's stream of that competence up to the position explained, in order
     * @param sources the events of an absorbed stream up to the one that was read last, in order
     * @return the explanation of the level at that position
     */
    public static Explanation of(
            Frameworks frameworks,
            CompetenceCode competence,
            List<Dated> stream,
            Function<HistoryAbsorbed, List<Dated>> sources) {
        Knowledge knowledge = Knowledge.none(frameworks, competence);
        List<Counted> counted = new ArrayList<>();
        List<NotCounted> notCounted = new ArrayList<>();
        List<Absorbed> absorbed = new ArrayList<>();
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
            } else if (dated.event() instanceof HistoryAbsorbed history) {
                absorbed.add(new Absorbed(
                        history,
                        dated.recordedAt(),
                        knowledge.changesBy(history),
                        of(frameworks, competence, sources.apply(history), sources)));
            } else if (dated.event() instanceof EvaluationEvent.CompetenceReset) {
                counted.clear();
                absorbed.clear();
                notCounted.clear();
                next.answers().forEach(past -> notCounted.add(new NotCounted(past, Reason.BEFORE_RESET)));
            }
            knowledge = next;
        }
        return new Explanation(
                competence,
                knowledge.framework(),
                List.copyOf(counted),
                List.copyOf(notCounted),
                List.copyOf(absorbed),
                knowledge.score());
    }
}
