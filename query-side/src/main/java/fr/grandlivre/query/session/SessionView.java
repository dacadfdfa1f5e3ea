package fr.grandlivre.query.session;

import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.ShowsPeople;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A certification session as heads, invigilators and juries see it.
 *
 * @param session     its id
 * @param number      what people call it by
 * @param centre      where
 * @param centreName  as certificates print it
 * @param uai         establishment that holds the centre; absent for other centres
 * @param plannedDate day
 * @param plannedTime {@code HH:mm}, Europe/Paris
 * @param room        as written on the door
 * @param accessCode  read out in the room
 * @param invigilators accounts that may watch over it; none = whoever holds the invigilators' code
 * @param status      derived
 * @param publishedAt absent until published
 * @param formerPlans what was planned before, the latest first; empty in lists
 * @param candidates  by last name, first name, id; empty in lists
 */
public record SessionView(
        SessionId session,
        int number,
        CentreId centre,
        String centreName,
        @Nullable String uai,
        LocalDate plannedDate,
        String plannedTime,
        String room,
        String accessCode,
        List<AccountId> invigilators,
        Status status,
        @Nullable Instant publishedAt,
        List<FormerPlan> formerPlans,
        List<Candidate> candidates) {
    /** @return whether the account may watch over the session once it shows the invigilators' code */
    public boolean isWatchedBy(AccountId account) {
        return invigilators.isEmpty() || invigilators.contains(account);
    }

    /** @return whose candidacies they are, in their order */
    public List<LearnerId> learners() {
        return candidates.stream().map(Candidate::learner).toList();
    }

    /** Where a session stands. */
    public enum Status {
        CREATED,
        FINALISED,
        /** A member of the jury takes care of it. */
        IN_PROCESS,
        PROCESSED
    }

    /**
     * A plan that was changed.
     *
     * @param plannedTime {@code HH:mm}, Europe/Paris
     * @param reason      why it was changed
     */
    public record FormerPlan(LocalDate plannedDate, String plannedTime, String room, String reason) {}

    /**
     * An issue that the centre reported.
     *
     * @param candidate   whom it concerns; absent when the whole session
     * @param category    code
     * @param number      of the question; absent when none
     * @param description absent when erased or not written
     * @param resolution  how it was settled; absent as long as it is not
     */
    public record Issue(
            UUID issue,
            @Nullable CandidateId candidate,
            String category,
            @Nullable Integer number,
            @Nullable String description,
            @Nullable String resolution) {}

    /**
     * An alert that waits for somebody.
     *
     * @param number   of the question
     * @param category code of the issue category
     */
    public record Alert(UUID alert, int number, String category) {}

    /**
     * @param candidate        the candidacy
     * @param learner          who
     * @param exam             the sitting, whether started or not
     * @param firstName        absent when erased
     * @param lastName         absent when erased
     * @param birthDate        absent when erased
     * @param birthPlace       absent when erased
     * @param extraTimePercent 0..100
     * @param present          whether an invigilator saw the candidate
     * @param admitted         whether the candidate may enter, once
     * @param entry            number of the latest entry; 0 until started
     * @param startedAt        absent until started
     * @param endsAt           absent until started
     * @param questions        0 until started
     * @param answered         number of the last question answered
     * @param restoredMs       time given back, milliseconds
     * @param alert            absent when none is open
     * @param endReason        absent until ended
     * @param outcome          absent until scored
     * @param totalPix         absent until scored
     * @param position         ledger position of the last event that changed anything here
     */
    @ShowsPeople
    public record Candidate(
            CandidateId candidate,
            LearnerId learner,
            ExamId exam,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable LocalDate birthDate,
            @Nullable String birthPlace,
            int extraTimePercent,
            boolean present,
            boolean admitted,
            int entry,
            @Nullable Instant startedAt,
            @Nullable Instant endsAt,
            int questions,
            int answered,
            long restoredMs,
            @Nullable Alert alert,
            @Nullable String endReason,
            @Nullable String outcome,
            @Nullable Integer totalPix,
            long position) {
        /** @return whether the sitting is under way */
        public boolean running() {
            return startedAt != null && endReason == null;
        }
    }
}
