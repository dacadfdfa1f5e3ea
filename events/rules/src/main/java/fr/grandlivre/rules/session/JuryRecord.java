package fr.grandlivre.rules.session;

import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ExamCancelled;
import fr.grandlivre.events.session.SessionEvent.ExamFraudLifted;
import fr.grandlivre.events.session.SessionEvent.ExamReinstated;
import fr.grandlivre.events.session.SessionEvent.ExamRejectedForFraud;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.session.SessionEvent.QuestionNeutralised;
import fr.grandlivre.events.session.SessionEvent.QuestionReinstated;
import fr.grandlivre.rules.session.ExamScoring.JuryDecision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the jury has decided about one exam, and what it has proposed: a fold of the exam's stream. Immutable.
 *
 * @param neutralised numbers of the questions that no longer count
 * @param cancelled   whether the exam is cancelled
 * @param fraud       whether it is rejected for fraud
 * @param proposals   acts proposed on the published result, oldest first
 */
public record JuryRecord(
        SortedSet<Integer> neutralised, boolean cancelled, boolean fraud, SequencedMap<UUID, Proposal> proposals) {
    /** Nothing decided, nothing proposed. */
    public static final JuryRecord NONE = new JuryRecord(new TreeSet<>(), false, false, new LinkedHashMap<>());

    /** How far a proposal is. */
    public enum Progress {
        /** Waits for its second person. */
        WAITING,
        /** Waits, but something else was confirmed since: what its preview showed no longer holds. */
        OUTDATED,
        CONFIRMED,
        WITHDRAWN
    }

    /** A proposed act and how far it is. */
    public record Proposal(JuryActProposed proposed, Progress progress) {
        /** @return whether nobody has settled it; it may have lapsed all the same */
        public boolean isOpen() {
            return progress == Progress.WAITING || progress == Progress.OUTDATED;
        }

        private Proposal outdated() {
            return progress == Progress.WAITING ? new Proposal(proposed, Progress.OUTDATED) : this;
        }
    }

    public JuryRecord {
        neutralised = Collections.unmodifiableSortedSet(new TreeSet<>(neutralised));
        proposals = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(proposals));
    }

    /** @return the record after the next event of the exam's stream; events of others leave it as it is */
    public JuryRecord after(SessionEvent event) {
        return switch (event) {
            case QuestionNeutralised(var _, int number, var _, var _, var _) ->
                with(JuryActKind.NEUTRALISE_QUESTION, number);
            case QuestionReinstated(var _, int number, var _, var _) -> with(JuryActKind.REINSTATE_QUESTION, number);
            case ExamCancelled _ -> with(JuryActKind.CANCEL_EXAM, null);
            case ExamReinstated _ -> with(JuryActKind.REINSTATE_EXAM, null);
            case ExamRejectedForFraud _ -> with(JuryActKind.REJECT_FOR_FRAUD, null);
            case ExamFraudLifted _ -> with(JuryActKind.LIFT_FRAUD, null);
            case JuryActProposed proposed ->
                settled(proposed.act(), new Proposal(proposed, Progress.WAITING), proposals);
            case JuryActConfirmed(var act, var _) -> settled(act, Progress.CONFIRMED, outdated());
            case JuryActWithdrawn(var act, var _) -> settled(act, Progress.WITHDRAWN, proposals);
            default -> this; // The candidate's own part of the stream.
        };
    }

    /**
     * @param number of the question; absent for acts that concern none
     * @return the record as the act would make it; the same when it changes nothing of what is scored
     */
    public JuryRecord with(JuryActKind kind, @Nullable Integer number) {
        return switch (kind) {
            case NEUTRALISE_QUESTION, REINSTATE_QUESTION -> {
                SortedSet<Integer> questions = new TreeSet<>(neutralised);
                if (number == null) {
                    throw new IllegalArgumentException("an act on a question names it");
                }
                boolean _ = kind == JuryActKind.NEUTRALISE_QUESTION ? questions.add(number) : questions.remove(number);
                yield new JuryRecord(questions, cancelled, fraud, proposals);
            }
            case CANCEL_EXAM -> new JuryRecord(neutralised, true, fraud, proposals);
            case REINSTATE_EXAM -> new JuryRecord(neutralised, false, fraud, proposals);
            case REJECT_FOR_FRAUD -> new JuryRecord(neutralised, cancelled, true, proposals);
            case LIFT_FRAUD -> new JuryRecord(neutralised, cancelled, false, proposals);
            case RESCORE, CORRECT_IDENTITY, SUSPEND_CERTIFICATE, REINSTATE_CERTIFICATE, REVOKE_CERTIFICATE -> this;
        };
    }

    /** @return what counts for the whole exam: cancellation comes before fraud */
    public JuryDecision decision() {
        if (cancelled) {
            return JuryDecision.CANCELLED;
        }
        return fraud ? JuryDecision.FRAUD : JuryDecision.NONE;
    }

    private SequencedMap<UUID, Proposal> outdated() {
        SequencedMap<UUID, Proposal> others = new LinkedHashMap<>();
        proposals.forEach((act, proposal) -> others.put(act, proposal.outdated()));
        return others;
    }

    private JuryRecord settled(UUID act, Progress progress, SequencedMap<UUID, Proposal> among) {
        Proposal proposal = among.get(act);
        if (proposal == null) {
            throw new AssertionError("an act is proposed before it is settled");
        }
        return settled(act, new Proposal(proposal.proposed(), progress), among);
    }

    private JuryRecord settled(UUID act, Proposal proposal, SequencedMap<UUID, Proposal> among) {
        SequencedMap<UUID, Proposal> all = new LinkedHashMap<>(among);
        all.put(act, proposal);
        return new JuryRecord(neutralised, cancelled, fraud, all);
    }
}
