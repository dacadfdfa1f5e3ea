package fr.grandlivre.api.profile;

import fr.grandlivre.api.request.Moment;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.query.profile.ProfileView.CompetenceLevel;
import java.time.Instant;
import java.util.List;

/**
 * What changed in a profile between two moments.
 *
 * @param before      the earlier one
 * @param after       the later one
 * @param pixGained   points won in all; below 0 after a reset
 * @param competences those in which anything happened, by code
 */
record ProfileChanges(Side before, Side after, int pixGained, List<Change> competences) {
    /**
     * One of the two profiles.
     *
     * @param position     every event up to this ledger position is in it
     * @param at           the instant meant
     * @param totalPix     points of all competences
     * @param overallLevel level of the total
     */
    record Side(long position, Instant at, int totalPix, int overallLevel) {}

    /**
     * A competence.
     *
     * @param code        1.1 to 5.2
     * @param levelBefore 0..8
     * @param levelAfter  0..8
     * @param pixBefore   whole points
     * @param pixAfter    whole points
     * @param answers     given in between
     */
    record Change(String code, int levelBefore, int levelAfter, int pixBefore, int pixAfter, int answers) {
        /** @return levels won; below 0 after a reset */
        public int levels() {
            return levelAfter - levelBefore;
        }

        /** @return points won; below 0 after a reset */
        public int pix() {
            return pixAfter - pixBefore;
        }
    }

    static ProfileChanges between(ProfileView before, Moment then, ProfileView after, Moment now) {
        return new ProfileChanges(
                side(before, then),
                side(after, now),
                after.total().value() - before.total().value(),
                after.competences().stream()
                        .map(row -> change(before, row))
                        .filter(change -> change.answers() > 0 || change.pix() != 0 || change.levels() != 0)
                        .toList());
    }

    /** @return levels won in all competences, resets left aside */
    public int levelsGained() {
        return competences.stream()
                .mapToInt(change -> Math.max(0, change.levels()))
                .sum();
    }

    /** @return answers given in between */
    public int answers() {
        return competences.stream().mapToInt(Change::answers).sum();
    }

    private static Side side(ProfileView view, Moment moment) {
        return new Side(
                view.position(),
                moment.at(),
                view.total().value(),
                view.overall().value());
    }

    private static Change change(ProfileView before, CompetenceLevel after) {
        CompetenceLevel was = before.of(after.competence()).orElse(null);
        return new Change(
                after.competence().value(),
                was == null ? 0 : was.level().value(),
                after.level().value(),
                was == null ? 0 : was.pix().value(),
                after.pix().value(),
                after.answers() - (was == null ? 0 : was.answers()));
    }
}
