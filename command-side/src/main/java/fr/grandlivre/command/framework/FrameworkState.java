package fr.grandlivre.command.framework;

import fr.grandlivre.events.framework.FrameworkEvent;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeRestored;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeWithdrawn;
import fr.grandlivre.events.framework.FrameworkEvent.VersionPublished;
import fr.grandlivre.events.vocabulary.ChallengeId;
import java.util.HashSet;
import java.util.Set;

/** What the events of one version amount to. */
sealed interface FrameworkState {
    /** @return the state after the event */
    FrameworkState evolve(FrameworkEvent event);

    /** Not published. */
    record Unpublished() implements FrameworkState {
        @Override
        public FrameworkState evolve(FrameworkEvent event) {
            return switch (event) {
                case VersionPublished published -> new Published(published, Set.of());
                case ChallengeWithdrawn _, ChallengeRestored _ ->
                    throw new AssertionError("a version is published before anything else happens to it");
            };
        }
    }

    /**
     * Published, once and for ever.
     *
     * @param facts     as published
     * @param withdrawn challenges that are not asked
     */
    record Published(VersionPublished facts, Set<ChallengeId> withdrawn) implements FrameworkState {
        public Published {
            withdrawn = Set.copyOf(withdrawn);
        }

        @Override
        public FrameworkState evolve(FrameworkEvent event) {
            Set<ChallengeId> after = new HashSet<>(withdrawn);
            switch (event) {
                case VersionPublished _ -> throw new AssertionError("a version is published once");
                case ChallengeWithdrawn gone -> after.add(gone.challenge());
                case ChallengeRestored back -> after.remove(back.challenge());
            }
            return new Published(facts, after);
        }
    }
}
