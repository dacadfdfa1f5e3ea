package fr.grandlivre.query.session;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.store.LedgerReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sittings straight from the ledger: a candidate must see the next question at once, and what is asked is in no
 * view. Thread-safe.
 */
public final class ExamQueries {
    private final LedgerReader ledger;
    private final RecordedEvents events;

    public ExamQueries(LedgerReader ledger, EventCodec codec) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(
                codec,
                null,
                Set.of(ExamStarted.class, ExamAnswerRecorded.class, ExamEnded.class, SessionScheduled.class));
    }

    /** @return the sitting; empty as long as it has not started */
    public Optional<ExamSitting> byId(ExamId exam) {
        List<Recorded> facts = events.read(ledger.stream(exam.value(), 0));
        return facts.stream()
                .map(Recorded::event)
                .filter(ExamStarted.class::isInstance)
                .map(ExamStarted.class::cast)
                .findFirst()
                .map(started -> sitting(started, facts));
    }

    /**
     * @param mac HMAC of a code as typed, under the pepper of the session's own
     * @return whether the code is that of the session's invigilators; compared in constant time
     */
    public boolean isInvigilatorsCode(SessionId session, String mac) {
        return events.read(ledger.stream(session.value(), 0)).stream()
                .map(Recorded::event)
                .filter(SessionScheduled.class::isInstance)
                .map(SessionScheduled.class::cast)
                .anyMatch(scheduled -> MessageDigest.isEqual(
                        scheduled.invigilatorCodeMac().getBytes(StandardCharsets.UTF_8),
                        mac.getBytes(StandardCharsets.UTF_8)));
    }

    private static ExamSitting sitting(ExamStarted started, List<Recorded> facts) {
        int answered = (int) facts.stream()
                .filter(fact -> fact.event() instanceof ExamAnswerRecorded)
                .count();
        return new ExamSitting(
                started.exam(),
                started.session(),
                started.learner(),
                started.framework(),
                started.startedAt(),
                started.endsAt(),
                started.questions(),
                answered,
                facts.stream()
                        .map(Recorded::event)
                        .filter(ExamEnded.class::isInstance)
                        .map(ended -> ((ExamEnded) ended).reason())
                        .findFirst()
                        .orElse(null),
                facts.getLast().position());
    }
}
