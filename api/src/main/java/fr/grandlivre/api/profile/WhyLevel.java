package fr.grandlivre.api.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a level is what it is.
 *
 * @param competence code
 * @param title      in the reader's language
 * @param framework  version of the last answer, whose scale counts; of the instant shown before the first answer
 * @param level      0..8
 * @param pix        whole points
 * @param sum        exact points, in lowest terms
 * @param missing    points to the next level; absent at the greatest
 * @param counted    the answers that moved something since the last reset, in order; their contributions add up to the sum
 * @param notCounted the others, in order
 * @param absorbed   what came from other accounts of the learner since the last reset, in order; counts with the answers
 * @param next       what may be done now
 * @param etag       changes whenever anything above does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WhyLevel(
        String competence,
        String title,
        String framework,
        int level,
        int pix,
        String sum,
        @Nullable Integer missing,
        List<Counted> counted,
        List<NotCounted> notCounted,
        List<Absorbed> absorbed,
        Next next,
        @JsonIgnore String etag) {
    /**
     * An answer.
     *
     * @param answer        id
     * @param position      ledger position
     * @param at            when it was recorded
     * @param challenge     id
     * @param skill         id
     * @param title         of the skill, in the reader's language
     * @param outcome       ok, ko, skipped or timed-out
     * @param focusedOut    whether the learner left the page; absent where nobody watched
     * @param participation campaign passage; absent outside campaigns
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Given(
            String answer,
            long position,
            Instant at,
            String challenge,
            String skill,
            String title,
            String outcome,
            @Nullable Boolean focusedOut,
            @Nullable String participation) {}

    /**
     * An answer that counts.
     *
     * @param given        the answer
     * @param changes      what it proved, easiest skill first
     * @param contribution exact points it brought
     * @param before       exact points before
     * @param after        exact points after
     * @param pixBefore    whole points before
     * @param pixAfter     whole points after
     */
    record Counted(
            Given given,
            List<Change> changes,
            String contribution,
            String before,
            String after,
            int pixBefore,
            int pixAfter) {
        /** @return the skill that was asked itself */
        public Change direct() {
            return changes.stream().filter(Change::direct).findFirst().orElseThrow();
        }

        /** @return the skills that follow from it */
        public List<Change> inferred() {
            return changes.stream().filter(change -> !change.direct()).toList();
        }
    }

    /**
     * What an answer proved about one skill.
     *
     * @param skill     id
     * @param title     in the reader's language
     * @param validated or not
     * @param direct    whether the skill itself was asked
     * @param pix       exact points
     */
    record Change(String skill, String title, boolean validated, boolean direct, String pix) {}

    /**
     * An answer that does not count.
     *
     * @param given  the answer
     * @param reason before-reset or skill-already-known
     */
    record NotCounted(Given given, String reason) {}

    /**
     * What came from another account of the learner, when both were merged.
     *
     * @param at           when
     * @param contribution exact points it brought
     * @param changes      what it proved that was not known
     * @param answers      the other account's answers that counted there, in order
     */
    record Absorbed(Instant at, String contribution, List<Change> changes, List<Given> answers) {}

    /**
     * What the learner may do now.
     *
     * @param started     whether there is an answer, also of another account that was absorbed
     * @param due         whether a question is due
     * @param improvable  whether an improvement would open a skill again
     * @param improveFrom first instant of an improvement; absent before the first answer
     * @param resetFrom   first instant of a reset; absent before the first answer and right after a reset
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Next(
            boolean started,
            boolean due,
            boolean improvable,
            @Nullable Instant improveFrom,
            @Nullable Instant resetFrom) {}
}
