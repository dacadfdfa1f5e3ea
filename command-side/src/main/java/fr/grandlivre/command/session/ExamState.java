package fr.grandlivre.command.session;

import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.session.JuryRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the events of one exam amount to. */
sealed interface ExamState {
    /** @return the state after the event */
    ExamState evolve(SessionEvent event);

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
            if (event instanceof ExamStarted started) {
                return new Running(started, List.of(), started.startedAt(), false);
            }
            throw outOfOrder();
        }
    }

    /**
     * The clock runs.
     *
     * @param started  what was frozen
     * @param outcomes of the questions answered, in order
     * @param lastAt   when the last answer was received, or the exam started
     * @param admitted whether the candidate may enter once more
     */
    record Running(ExamStarted started, List<Outcome> outcomes, Instant lastAt, boolean admitted) implements ExamState {
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

        @Override
        public ExamState evolve(SessionEvent event) {
            if (event instanceof ExamAnswerRecorded answer) {
                List<Outcome> more = new ArrayList<>(outcomes);
                more.add(answer.outcome());
                return new Running(started, more, answer.receivedAt(), admitted);
            }
            if (event instanceof AdmissionGranted) {
                return new Running(started, outcomes, lastAt, true);
            }
            if (event instanceof PresenceConfirmed) {
                return this;
            }
            if (event instanceof ExamEnded ended) {
                return new Ended(started, outcomes, ended, Optional.empty(), JuryRecord.NONE);
            }
            throw outOfOrder();
        }
    }

    /**
     * Over.
     *
     * @param started  what was frozen
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
