package fr.grandlivre.command;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import java.util.Set;

/** The challenges that are no longer asked. Safe for use by many threads. */
@FunctionalInterface
public interface Withdrawals {
    /** @return those of one version; a withdrawal of the last seconds may be missing */
    Set<ChallengeId> of(FrameworkVersion version);
}
