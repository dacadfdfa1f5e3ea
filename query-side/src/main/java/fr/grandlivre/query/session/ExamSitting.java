package fr.grandlivre.query.session;

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
 * @param startedAt when the clock started
 * @param endsAt    last instant at which an answer counts
 * @param questions in the order in which they are asked; 1..48
 * @param answered  number of questions answered, from the first on
 * @param ended     why it is over; absent while it runs
 * @param position  ledger position of its last event
 */
public record ExamSitting(
        ExamId exam,
        SessionId session,
        LearnerId learner,
        FrameworkVersion framework,
        Instant startedAt,
        Instant endsAt,
        List<Question> questions,
        int answered,
        @Nullable EndReason ended,
        long position) {
    public ExamSitting {
        questions = List.copyOf(questions);
    }

    /** @return the question to answer next; empty when all are answered or the exam is over */
    public Optional<Question> due() {
        return ended != null || answered >= questions.size() ? Optional.empty() : Optional.of(questions.get(answered));
    }
}
