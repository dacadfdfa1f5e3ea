package fr.grandlivre.command.framework;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.framework.FrameworkCommand.PublishFramework;
import fr.grandlivre.command.framework.FrameworkCommand.RestoreChallenge;
import fr.grandlivre.command.framework.FrameworkCommand.WithdrawChallenge;
import fr.grandlivre.command.framework.FrameworkState.Published;
import fr.grandlivre.command.framework.FrameworkState.Unpublished;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeRestored;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeWithdrawn;
import fr.grandlivre.events.framework.FrameworkEvent.VersionPublished;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Decides what happens to versions of the reference framework. Pure. */
final class FrameworkDecider {
    /** The brief's five domains hold sixteen competences, in every version. */
    static final int COMPETENCES = 16;

    private FrameworkDecider() {}

    /**
     * @param contents  the content of all versions that are part of the program
     * @param published the versions published so far, this one left out or not
     * @return {@code content-invalid}, {@code version-exists}, {@code valid-from-in-past} or {@code unknown-challenge} when
     *     refused
     */
    static Decision decide(
            FrameworkState state,
            FrameworkCommand command,
            Frameworks contents,
            List<VersionPublished> published,
            Instant now) {
        Optional<Framework> content = contents.find(command.version());
        return switch (command) {
            case PublishFramework publish -> publish(state, publish, content, published, ParisDays.of(now));
            case WithdrawChallenge(var version, var challenge, var reason) ->
                ofKnown(
                        state,
                        challenge,
                        content,
                        isWithdrawn -> isWithdrawn
                                ? Accepted.nothing()
                                : new Accepted(new ChallengeWithdrawn(version, challenge, reason)));
            case RestoreChallenge(var version, var challenge, var reason) ->
                ofKnown(
                        state,
                        challenge,
                        content,
                        isWithdrawn -> isWithdrawn
                                ? new Accepted(new ChallengeRestored(version, challenge, reason))
                                : Accepted.nothing());
        };
    }

    private static Decision publish(
            FrameworkState state,
            PublishFramework publish,
            Optional<Framework> content,
            List<VersionPublished> published,
            LocalDate today) {
        if (content.isEmpty() || !content.get().contentSha256().equals(publish.contentSha256())) {
            return new Refused(Refusal.CONTENT_INVALID, "law", "hash");
        }
        Framework framework = content.get();
        if (framework.competences().size() != COMPETENCES) {
            return new Refused(Refusal.CONTENT_INVALID, "law", "competences");
        }
        if (published.stream().anyMatch(other -> breaksOrder(framework, other))) {
            return new Refused(Refusal.CONTENT_INVALID, "law", "maxReachableLevel");
        }
        return switch (state) {
            case Published(var facts, var _)
            when facts.contentSha256().equals(publish.contentSha256()) -> Accepted.nothing();
            case Published _ -> new Refused(Refusal.VERSION_EXISTS);
            case Unpublished _
            when !publish.atFirstStart() && isOvertaken(framework, published, today) ->
                new Refused(Refusal.VALID_FROM_IN_PAST);
            case Unpublished _ ->
                new Accepted(new VersionPublished(
                        framework.version(),
                        framework.validFrom(),
                        framework.maxReachableLevel(),
                        framework.contentSha256(),
                        framework.counts(),
                        framework.delays()));
        };
    }

    /** A later version never lowers the greatest level. */
    private static boolean breaksOrder(Framework framework, VersionPublished other) {
        int later = other.validFrom().compareTo(framework.validFrom());
        int higher = Integer.compare(other.maxReachableLevel(), framework.maxReachableLevel());
        return Integer.signum(later) * higher < 0;
    }

    private static boolean isOvertaken(Framework framework, List<VersionPublished> published, LocalDate today) {
        return published.stream()
                .anyMatch(other ->
                        !other.validFrom().isAfter(today) && other.validFrom().isAfter(framework.validFrom()));
    }

    private static Decision ofKnown(
            FrameworkState state, ChallengeId challenge, Optional<Framework> content, WhenKnown decide) {
        boolean known =
                content.flatMap(framework -> framework.challenge(challenge)).isPresent();
        return state instanceof Published(var _, var withdrawn) && known
                ? decide.decide(withdrawn.contains(challenge))
                : new Refused(Refusal.UNKNOWN_CHALLENGE);
    }

    private interface WhenKnown {
        Decision decide(boolean isWithdrawn);
    }
}
