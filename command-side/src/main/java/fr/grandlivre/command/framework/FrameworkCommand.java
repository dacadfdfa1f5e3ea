package fr.grandlivre.command.framework;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.UUID;

/** What can be asked of a version of the reference framework. */
public sealed interface FrameworkCommand extends Command {
    /** @return which version */
    FrameworkVersion version();

    @Override
    default UUID stream() {
        return StreamIds.framework(version());
    }

    /**
     * Publishes a version whose content is part of the program; publishing the same content again changes nothing.
     *
     * @param version       which
     * @param contentSha256 hash of the content that the caller means, 64 hexadecimal digits
     * @param atFirstStart  true for the versions shipped with the first start, which may be older than the one in force
     */
    record PublishFramework(FrameworkVersion version, String contentSha256, boolean atFirstStart)
            implements FrameworkCommand {}

    /**
     * Stops asking a challenge.
     *
     * @param reason 1..500 characters, no personal data
     */
    record WithdrawChallenge(FrameworkVersion version, ChallengeId challenge, String reason)
            implements FrameworkCommand {
        /** @throws IllegalArgumentException when the reason is blank or too long */
        public WithdrawChallenge {
            checkReason(reason);
        }
    }

    /**
     * Asks a withdrawn challenge again.
     *
     * @param reason 1..500 characters, no personal data
     */
    record RestoreChallenge(FrameworkVersion version, ChallengeId challenge, String reason)
            implements FrameworkCommand {
        /** @throws IllegalArgumentException when the reason is blank or too long */
        public RestoreChallenge {
            checkReason(reason);
        }
    }

    /** Longest reason, code points (domain rules, bad input). */
    int LONGEST_REASON = 500;

    private static void checkReason(String reason) {
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has 1 to 500 characters");
        }
    }
}
