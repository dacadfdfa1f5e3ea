package fr.grandlivre.query.campaign;

import fr.grandlivre.query.campaign.Participant.Status;
import fr.grandlivre.rules.campaign.CampaignTerms;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A campaign with everybody who takes part.
 *
 * @param terms        what it says
 * @param position     every event up to this ledger position is in it
 * @param participants latest attempts, one a learner
 */
public record CampaignBoard(CampaignTerms terms, long position, List<Participant> participants) {
    private static final int BANDS = 4;
    private static final int BAND_PERCENT = 25;

    /** @return number of learners who entered */
    public int started() {
        return participants.size();
    }

    /** @return number of those to whom nothing is left to ask */
    public int completed() {
        return (int) participants.stream()
                .filter(participant -> participant.status() != Status.STARTED)
                .count();
    }

    /** @return number of those who sent results */
    public int shared() {
        return (int) participants.stream()
                .filter(participant -> participant.status() == Status.SHARED)
                .count();
    }

    /** @return mean of the masteries that were sent, rounded down; empty while none was */
    public OptionalInt meanPercent() {
        int[] sent = masteries();
        return sent.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(Arrays.stream(sent).sum() / sent.length);
    }

    /** @return number of sent masteries in 0–24, 25–49, 50–74 and 75–100 % */
    public List<Integer> distribution() {
        Integer[] bands = {0, 0, 0, 0};
        for (int mastery : masteries()) {
            bands[Math.min(mastery / BAND_PERCENT, BANDS - 1)]++;
        }
        return List.of(bands);
    }

    private int[] masteries() {
        return participants.stream()
                .map(Participant::masteryPercent)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
