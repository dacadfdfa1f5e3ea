package fr.grandlivre.events.framework;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import java.time.LocalDate;

/** What happens to versions of the reference framework. Stream: one a version. */
public sealed interface FrameworkEvent extends LedgerEvent {
    /**
     * A version of the reference framework is published, once and for ever.
     *
     * @param version           name, {@code 2021}
     * @param validFrom         first day (Europe/Paris) on which it is in force
     * @param maxReachableLevel 1..8
     * @param contentSha256     SHA-256 of the canonical JSON of the content, 64 hexadecimal digits
     * @param counts            what the content holds
     * @param delays            waiting times in whole days
     */
    @EventType(name = "framework.version-published", version = 1)
    record VersionPublished(
            FrameworkVersion version,
            LocalDate validFrom,
            int maxReachableLevel,
            String contentSha256,
            Counts counts,
            Delays delays)
            implements FrameworkEvent {}

    /**
     * A challenge is no longer asked; answers given to it stay.
     *
     * @param version   the version it is withdrawn from
     * @param challenge which
     * @param reason    1..500 characters, no personal data
     */
    @EventType(name = "framework.challenge-withdrawn", version = 1)
    record ChallengeWithdrawn(FrameworkVersion version, ChallengeId challenge, String reason)
            implements FrameworkEvent {}

    /**
     * A withdrawn challenge may be asked again.
     *
     * @param version   the version it comes back to
     * @param challenge which
     * @param reason    1..500 characters, no personal data
     */
    @EventType(name = "framework.challenge-restored", version = 1)
    record ChallengeRestored(FrameworkVersion version, ChallengeId challenge, String reason)
            implements FrameworkEvent {}

    /** How many of each a version holds. */
    record Counts(int domains, int competences, int tubes, int skills, int challenges, int tutorials) {}

    /**
     * @param improveDays       days before a competence may be improved
     * @param retryCampaignDays days before a campaign may be taken again
     * @param resetDays         days before a competence may be reset
     */
    record Delays(int improveDays, int retryCampaignDays, int resetDays) {}
}
