package fr.grandlivre.command.session;

import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.AdmissionWithdrawn;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.session.JuryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the events of one exam amount to. */
sealed interface ExamState {
    /** @return the state after the event */
    ExamState evolve(SessionEvent event);

    /** @return whether somebody saw the candidate in the room: whoever started was there */
    default boolean present() {
        return true;
    }

    /** @return number of questions; 0 before the start */
    default int asked() {
        return switch (this) {
            case NotStarted _ -> 0;
            case Running running -> running.started().questions().size();
            case Ended ended -> ended.started().questions().size();
        };
    }

    /**
     * Not started.
     *
     * @param present  whether an invigilator saw the candidate
     * @param admitted whether the candidate may enter, once
     */
    record NotStarted(boolean present, boolean admitted) implements ExamState {
        static final NotStarted NOBODY_SEEN = new NotStarted(false, false);

        @Override
        public ExamState evolve(SessionEvent event) {
            if (event instanceof PresenceConfirmed) {
                return new NotStarted(true, admitted);
            }
            if (event instanceof AdmissionGranted) {
                return new NotStarted(present, true);
            }
            if (event instanceof AdmissionWithdrawn) {
                return new NotStarted(present, false);
            }
            if (event instanceof ExamStarted started) {
                return new Running(
                        started,
                        List.of(),
                        started.startedAt(),
                        false,
                        started.endsAt(),
                        Optional.empty(),
                        Alerts.NONE);
            }
            throw outOfOrder();
        }
    }

    /**
     * The clock runs.
     *
     * @param started  what was frozen, with the questions that took the place of others and the latest entry
     * @param outcomes of the questions answered, in order
     * @param lastAt   when the last answer was received, or the exam started
     * @param admitted whether the candidate may enter once more
     * @param endsAt   last instant at which an answer counts, with the time given back
     * @param timer    when the due question was opened; empty when it is untimed or was not
     * @param alerts   problems with questions
     */
    record Running(
            ExamStarted started,
            List<Outcome> outcomes,
            Instant lastAt,
            boolean admitted,
            Instant endsAt,
            Optional<Instant> timer,
            Alerts alerts)
            implements ExamState {
        public Running {
            outcomes = List.copyOf(outcomes);
        }

        /** @return number of the question that is due; one above the last when all are answered */
        int due() {
            return outcomes.size() + 1;
        }

        boolean isCompleted() {
            return outcomes.size() == started.questions().size();
        }

        /** @return time given back until now */
        Duration restored() {
            return Duration.between(started.endsAt(), endsAt);
        }

        @Override
        public ExamState evolve(SessionEvent event) {
            return switch (event) {
                case ExamAnswerRecorded answer -> answered(answer);
                case PresenceConfirmed _ -> this;
                case AdmissionGranted _ -> admitted(true);
                case AdmissionWithdrawn _ -> admitted(false);
                case ExamEntered(var _, var entry) -> entered(entry);
                case ExamTimerStarted(var _, var _, var at) ->
                    new Running(started, outcomes, lastAt, admitted, endsAt, Optional.of(at), alerts);
                case AlertRaised alert ->
                    new Running(started, outcomes, lastAt, admitted, endsAt, timer, alerts.raised(alert));
                case AlertResolved resolved -> resolved(resolved);
                case TimeRestored(var _, var _, var later) ->
                    new Running(started, outcomes, lastAt, admitted, later, timer, alerts);
                case ExamEnded ended -> new Ended(started, outcomes, ended, Optional.empty(), JuryRecord.NONE);
                default -> throw outOfOrder();
            };
        }

        private Running answered(ExamAnswerRecorded answer) {
            List<Outcome> more = new ArrayList<>(outcomes);
            more.add(answer.outcome());
            return new Running(started, more, answer.receivedAt(), admitted, endsAt, Optional.empty(), alerts);
        }

        private Running admitted(boolean now) {
            return new Running(started, outcomes, lastAt, now, endsAt, timer, alerts);
        }

        private Running entered(int entry) {
            return new Running(with(started.questions(), entry), outcomes, lastAt, false, endsAt, timer, alerts);
        }

        private Running resolved(AlertResolved resolved) {
            if (resolved.challenge() == null || resolved.skill() == null) {
                return new Running(
                        started, outcomes, lastAt, admitted, endsAt, timer, alerts.resolved(resolved.alert(), null));
            }
            Question before = started.questions().get(due() - 1);
            List<Question> questions = new ArrayList<>(started.questions());
            questions.set(
                    due() - 1,
                    new Question(
                            before.number(),
                            before.competence(),
                            resolved.skill(),
                            resolved.challenge(),
                            resolved.timerMs()));
            return new Running(
                    with(questions, started.entry()),
                    outcomes,
                    lastAt,
                    admitted,
                    endsAt,
                    Optional.empty(),
                    alerts.resolved(resolved.alert(), before.challenge()));
        }

        private ExamStarted with(List<Question> questions, int entry) {
            return new ExamStarted(
                    started.exam(),
                    started.session(),
                    started.candidate(),
                    started.learner(),
                    started.startedAt(),
                    started.endsAt(),
                    started.extraTimePercent(),
                    started.framework(),
                    started.rules(),
                    started.profilePosition(),
                    started.certifiable(),
                    questions,
                    entry);
        }
    }

    /**
     * Problems that the candidate reported.
     *
     * @param open     the one that stops answering; empty when none does
     * @param resolved those that somebody looked at
     * @param replaced challenges that are not asked again
     */
    record Alerts(Optional<AlertRaised> open, Set<UUID> resolved, Set<ChallengeId> replaced) {
        static final Alerts NONE = new Alerts(Optional.empty(), Set.of(), Set.of());

        public Alerts {
            resolved = Set.copyOf(resolved);
            replaced = Set.copyOf(replaced);
        }

        Alerts raised(AlertRaised alert) {
            return new Alerts(Optional.of(alert), resolved, replaced);
        }

        Alerts resolved(UUID alert, @Nullable ChallengeId gone) {
            Set<UUID> known = new HashSet<>(resolved);
            known.add(alert);
            Set<ChallengeId> challenges = new HashSet<>(replaced);
            if (gone != null) {
                challenges.add(gone);
            }
            return new Alerts(Optional.empty(), known, challenges);
        }

        /** @return whether the alert was raised before, resolved or not */
        boolean has(UUID alert) {
            return resolved.contains(alert)
                    || open.filter(raised -> raised.alert().equals(alert)).isPresent();
        }
    }

    /**
     * Over.
     *
     * @param started  what was frozen, with the questions that took the place of others and the latest entry
     * @param outcomes of the questions answered, in order
     * @param ended    how it ended
     * @param scored   the latest result; empty before the first
     * @param jury     what the jury decided and proposed
     */
    record Ended(
            ExamStarted started, List<Outcome> outcomes, ExamEnded ended, Optional<ExamScored> scored, JuryRecord jury)
            implements ExamState {
        public Ended {
            outcomes = List.copyOf(outcomes);
        }

        @Override
        public ExamState evolve(SessionEvent event) {
            return event instanceof ExamScored scoring
                    ? new Ended(started, outcomes, ended, Optional.of(scoring), jury)
                    : new Ended(started, outcomes, ended, scored, jury.after(event));
        }
    }

    private static AssertionError outOfOrder() {
        return new AssertionError("this event belongs to another stream, or comes out of order");
    }
}
