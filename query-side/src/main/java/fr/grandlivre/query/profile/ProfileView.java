package fr.grandlivre.query.profile;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.query.ShowsPeople;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A learner's profile at an instant.
 *
 * @param learner      whose
 * @param position     every event up to this ledger position is in it
 * @param changed      position of the last event that concerned this learner's answers; 0 before the first
 * @param at           the instant asked for; absent for now
 * @param framework    version whose labels and scale are shown
 * @param maxLevel     greatest level of that version
 * @param total        points of all competences
 * @param totalMax     greatest total of that version
 * @param overall      level of the total
 * @param competences  all of the version, by code; those never answered have level 0
 */
@ShowsPeople
public record ProfileView(
        LearnerId learner,
        long position,
        long changed,
        @Nullable Instant at,
        FrameworkVersion framework,
        int maxLevel,
        Pix total,
        Pix totalMax,
        Level overall,
        List<CompetenceLevel> competences) {
    /**
     * @param competence   code
     * @param level        0..8
     * @param pix          whole points
     * @param missing      points to the next level; absent at the greatest
     * @param answers      number of answers ever given in it
     * @param lastAnswerAt absent before the first answer
     */
    public record CompetenceLevel(
            CompetenceCode competence,
            Level level,
            Pix pix,
            @Nullable Integer missing,
            int answers,
            @Nullable Instant lastAnswerAt) {}

    /** @return whether nothing was answered up to this instant */
    public boolean empty() {
        return competences.stream().allMatch(competence -> competence.answers() == 0);
    }

    /** @return the competence nearest to a level, begun ones first; empty when all have the greatest level */
    public Optional<CompetenceLevel> nextStep() {
        return competences.stream()
                .filter(row -> row.missing() != null)
                .min(Comparator.comparing((CompetenceLevel row) -> row.answers() == 0)
                        .thenComparing(row -> Objects.requireNonNull(row.missing()))
                        .thenComparing(CompetenceLevel::competence));
    }

    /** @return the row of a competence; empty when the version does not hold it */
    public Optional<CompetenceLevel> of(CompetenceCode code) {
        return competences.stream()
                .filter(competence -> competence.competence().equals(code))
                .findFirst();
    }
}
