package fr.grandlivre.query.session;

import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A started exam as its candidate sees it: what is due, and until when.
 *
 * @param exam      the sitting
 * @param session   in which session
 * @param learner   whose
 * @param framework version that holds the challenges
 * @param entry     number of the latest entry: only that device may answer
 * @param startedAt when the clock started
 * @param endsAt    last instant at which an answer counts, with the time given back
 * @param questions in the order in which they are asked, with those that took the place of others; 1..48
 * @param answered  number of questions answered, from the first on
 * @param openedAt  when the due question was opened; absent when it was not, or is untimed
 * @param alert     the alert that is open on the due question; absent when there is none
 * @param ended     why it is over; absent while it runs
 * @param position  ledger position of its last event
 */
public record ExamSitting(
        ExamId exam,
        SessionId session,
        LearnerId learner,
        FrameworkVersion framework,
        int entry,
        Instant startedAt,
        Instant endsAt,
        List<Question> questions,
        int answered,
        @Nullable Instant openedAt,
        @Nullable AlertRaised alert,
        @Nullable EndReason ended,
        long position) {
    public ExamSitting {
        questions = List.copyOf(questions);
    }

    /** @return the question to answer next; empty when all are answered or the exam is over */
    public Optional<Question> due() {
        return ended != null || answered >= questions.size() ? Optional.empty() : Optional.of(questions.get(answered));
    }

    /** @return the instant after which the due question is too late; empty when it is untimed, or not opened yet */
    public Optional<Instant> dueUntil() {
        return due().map(Question::timerMs)
                .flatMap(timer -> Optional.ofNullable(openedAt).map(opened -> opened.plusMillis(timer)));
    }

    /** @return whether the due question is timed and not opened yet */
    public boolean closed() {
        return openedAt == null && due().map(Question::timerMs).isPresent();
    }
}
