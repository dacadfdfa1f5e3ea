package fr.grandlivre.query.evaluation;

import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PastAnswer;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.SkillChange;
import java.util.List;
import java.util.Optional;

/**
 * One answer, with what was known before and after it.
 *
 * @param given    the answer; its text is open unless it was erased
 * @param position ledger position
 * @param scores   points before each answer of its pass, up to and with this one; never empty
 * @param before   what was known before it
 * @param after    what was known after it
 */
@ShowsPeople
public record GivenAnswerView(
        PastAnswer given, long position, List<PixScore> scores, Knowledge before, Knowledge after) {
    public GivenAnswerView {
        scores = List.copyOf(scores);
    }

    /** @return number of the answer in its pass, from 1 */
    public int number() {
        return scores.size();
    }

    /** @return what it said about the skills of its tube; empty when they were known already */
    public List<SkillChange> changes() {
        return before.changesBy(given.recorded());
    }

    /** @return the texts typed; empty for choices and skips, and once they are erased */
    public Optional<List<String>> texts() {
        var sealed = given.recorded().sealed();
        return sealed == null ? Optional.empty() : sealed.value().map(answer -> answer.fields());
    }
}
