package fr.grandlivre.query.session;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.InvigilatorCodeDrawn;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.store.LedgerReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
                Set.of(
                        ExamStarted.class,
                        ExamEntered.class,
                        ExamTimerStarted.class,
                        ExamAnswerRecorded.class,
                        AlertRaised.class,
                        AlertResolved.class,
                        TimeRestored.class,
                        ExamEnded.class,
                        SessionScheduled.class,
                        InvigilatorCodeDrawn.class));
    }

    /** @return the sitting; empty as long as it has not started */
    public Optional<ExamSitting> byId(ExamId exam) {
        ExamSitting sitting = null;
        for (Recorded fact : events.read(ledger.stream(exam.value(), 0))) {
            if (fact.event() instanceof ExamStarted started) {
                sitting = begun(started, fact.position());
            } else if (sitting != null) {
                sitting = after(sitting, fact);
            }
        }
        return Optional.ofNullable(sitting);
    }

    /** @return number of the entry that the event at this position is; empty when it is none */
    public OptionalInt entryAt(long position) {
        return ledger.at(position).map(List::of).map(events::read).orElse(List.of()).stream()
                .map(Recorded::event)
                .mapToInt(event -> switch (event) {
                    case ExamStarted started -> started.entry();
                    case ExamEntered entered -> entered.entry();
                    default -> 0;
                })
                .filter(entry -> entry > 0)
                .findFirst();
    }

    /** @return the session's number as the ledger has it; empty when it is not planned */
    public OptionalInt number(SessionId session) {
        return scheduled(session).mapToInt(SessionScheduled::number).findFirst();
    }

    /**
     * @param mac HMAC of a code as typed, under the pepper of the session's own
     * @return whether the code is that of the session's invigilators; compared in constant time
     */
    public boolean isInvigilatorsCode(SessionId session, String mac) {
        return events.read(ledger.stream(session.value(), 0)).stream()
                .map(Recorded::event)
                .flatMap(event -> switch (event) {
                    case SessionScheduled scheduled -> Stream.of(scheduled.invigilatorCodeMac());
                    case InvigilatorCodeDrawn drawn -> Stream.of(drawn.invigilatorCodeMac());
                    default -> Stream.empty();
                })
                .reduce((_, latest) -> latest)
                .filter(current -> MessageDigest.isEqual(
                        current.getBytes(StandardCharsets.UTF_8), mac.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private Stream<SessionScheduled> scheduled(SessionId session) {
        return events.read(ledger.stream(session.value(), 0)).stream()
                .map(Recorded::event)
                .filter(SessionScheduled.class::isInstance)
                .map(SessionScheduled.class::cast);
    }

    private static ExamSitting begun(ExamStarted started, long position) {
        return new ExamSitting(
                started.exam(),
                started.session(),
                started.learner(),
                started.framework(),
                started.entry(),
                started.startedAt(),
                started.endsAt(),
                started.questions(),
                0,
                null,
                null,
                null,
                position);
    }

    private static ExamSitting after(ExamSitting was, Recorded fact) {
        return switch (fact.event()) {
            case ExamEntered entered ->
                with(
                        was,
                        fact,
                        entered.entry(),
                        was.endsAt(),
                        was.questions(),
                        was.answered(),
                        was.openedAt(),
                        was.alert());
            case ExamTimerStarted timer ->
                with(
                        was,
                        fact,
                        was.entry(),
                        was.endsAt(),
                        was.questions(),
                        was.answered(),
                        timer.startedAt(),
                        was.alert());
            case ExamAnswerRecorded answer ->
                with(was, fact, was.entry(), was.endsAt(), was.questions(), answer.number(), null, was.alert());
            case AlertRaised alert ->
                with(was, fact, was.entry(), was.endsAt(), was.questions(), was.answered(), was.openedAt(), alert);
            case AlertResolved resolved
            when resolved.challenge() == null ->
                with(was, fact, was.entry(), was.endsAt(), was.questions(), was.answered(), was.openedAt(), null);
            case AlertResolved resolved ->
                with(was, fact, was.entry(), was.endsAt(), replaced(was, resolved), was.answered(), null, null);
            case TimeRestored restored ->
                with(
                        was,
                        fact,
                        was.entry(),
                        restored.endsAt(),
                        was.questions(),
                        was.answered(),
                        was.openedAt(),
                        was.alert());
            case ExamEnded ended ->
                new ExamSitting(
                        was.exam(),
                        was.session(),
                        was.learner(),
                        was.framework(),
                        was.entry(),
                        was.startedAt(),
                        was.endsAt(),
                        was.questions(),
                        was.answered(),
                        was.openedAt(),
                        null,
                        ended.reason(),
                        fact.position());
            default -> was;
        };
    }

    private static ExamSitting with(
            ExamSitting was,
            Recorded fact,
            int entry,
            Instant endsAt,
            List<Question> questions,
            int answered,
            @Nullable Instant openedAt,
            @Nullable AlertRaised alert) {
        return new ExamSitting(
                was.exam(),
                was.session(),
                was.learner(),
                was.framework(),
                entry,
                was.startedAt(),
                endsAt,
                questions,
                answered,
                openedAt,
                alert,
                was.ended(),
                fact.position());
    }

    private static List<Question> replaced(ExamSitting was, AlertResolved resolved) {
        List<Question> questions = new ArrayList<>(was.questions());
        Question before = questions.get(was.answered());
        questions.set(
                was.answered(),
                new Question(
                        before.number(),
                        before.competence(),
                        Objects.requireNonNull(resolved.skill()),
                        Objects.requireNonNull(resolved.challenge()),
                        resolved.timerMs()));
        return questions;
    }
}
