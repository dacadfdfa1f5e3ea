package fr.grandlivre.command.session;

import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member of the jury wants to be done, and why.
 *
 * @param kind       what
 * @param reasonCode why
 * @param reason     in words, 10..500 characters; a rescoring alone needs none
 * @param number     of the question, from 1; absent unless the act concerns one
 * @param issue      the reported issue behind it; absent when there is none
 * @param identity   the candidate's, as it is to be; absent unless the act corrects it
 */
public record JuryAct(
        JuryActKind kind,
        ReasonCode reasonCode,
        String reason,
        @Nullable Integer number,
        @Nullable UUID issue,
        @Nullable CandidateIdentity identity) {
    /** Shortest reason, code points. */
    public static final int SHORTEST_REASON = 10;

    /** Longest reason or comment, code points; a longer one is bad input. */
    public static final int LONGEST_REASON = 500;

    /** @throws IllegalArgumentException when the reason is too long, or an identity is there or missing wrongly */
    public JuryAct {
        if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has at most 500 characters");
        }
        if ((kind == JuryActKind.CORRECT_IDENTITY) != (identity != null)) {
            throw new IllegalArgumentException("an identity is stated exactly when it is corrected");
        }
    }

    /** @return an act on the whole exam, or on its certificate */
    public static JuryAct of(JuryActKind kind, ReasonCode reasonCode, String reason) {
        return new JuryAct(kind, reasonCode, reason, null, null, null);
    }

    boolean isReasoned() {
        String stripped = reason.strip();
        return stripped.codePointCount(0, stripped.length()) >= SHORTEST_REASON;
    }

    /** Never shows reason and identity. */
    @Override
    public String toString() {
        return "JuryAct[kind=" + kind + ", number=" + number + "]";
    }
}
