package fr.grandlivre.query.session;

import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.ShowsPeople;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
 * @param status      derived
 * @param publishedAt absent until published
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
        Status status,
        @Nullable Instant publishedAt,
        List<Candidate> candidates) {
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
     * @param candidate        the candidacy
     * @param learner          who
     * @param exam             the sitting, whether started or not
     * @param firstName        absent when erased
     * @param lastName         absent when erased
     * @param birthDate        absent when erased
     * @param extraTimePercent 0..100
     * @param present          whether an invigilator saw the candidate
     * @param admissions       entries granted so far
     * @param startedAt        absent until started
     * @param endsAt           absent until started
     * @param questions        0 until started
     * @param answered         number of the last question answered
     * @param endReason        absent until ended
     * @param outcome          absent until scored
     * @param totalPix         absent until scored
     */
    @ShowsPeople
    public record Candidate(
            CandidateId candidate,
            LearnerId learner,
            ExamId exam,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable LocalDate birthDate,
            int extraTimePercent,
            boolean present,
            int admissions,
            @Nullable Instant startedAt,
            @Nullable Instant endsAt,
            int questions,
            int answered,
            @Nullable String endReason,
            @Nullable String outcome,
            @Nullable Integer totalPix) {
        /** @return whether the sitting is under way */
        public boolean running() {
            return startedAt != null && endReason == null;
        }
    }
}
