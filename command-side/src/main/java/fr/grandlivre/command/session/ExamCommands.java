package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.MergedAccounts;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.session.ExamState.NotStarted;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnterExam;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.InvigilatorAct;
import fr.grandlivre.command.session.SessionCommand.JoinExam;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.command.session.SessionCommand.WithdrawAdmission;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.command.session.SessionState.SlotState;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;

/** Commands to an exam that also look at its session or at the learner's exam slot. Thread-safe. */
final class ExamCommands {
    private final LedgerRepository<Session> sessions;
    private final LedgerRepository<Exam> exams;
    private final LedgerRepository<ExamSlot> slots;
    private final LedgerHistory history;
    private final Frameworks frameworks;
    private final Withdrawals withdrawals;

    ExamCommands(
            LedgerRepository<Session> sessions,
            LedgerRepository<Exam> exams,
            LedgerRepository<ExamSlot> slots,
            LedgerHistory history,
            Frameworks frameworks,
            Withdrawals withdrawals) {
        this.sessions = sessions;
        this.exams = exams;
        this.slots = slots;
        this.history = history;
        this.frameworks = frameworks;
        this.withdrawals = withdrawals;
    }

    @CommandHandler
    Decision handle(ConfirmPresence command, ServerClock clock) {
        return act(command, clock.now());
    }

    @CommandHandler
    Decision handle(GrantAdmission command, ServerClock clock) {
        return act(command, clock.now());
    }

    @CommandHandler
    Decision handle(WithdrawAdmission command, ServerClock clock) {
        return act(command, clock.now());
    }

    private Decision act(InvigilatorAct command, Instant now) {
        LoadedStream<Sitting> session = LoadedStream.of(command.session().value(), sessions);
        LoadedStream<ExamState> exam = LoadedStream.of(command.stream(), exams);
        LoadedStream.load(session, exam);
        return exam.record(ExamDecider.decide(session.state(), exam.state(), command, now));
    }

    @CommandHandler
    Decision handle(StartExam command, ServerClock clock) {
        Instant now = clock.now();
        LoadedStream<Sitting> session = LoadedStream.of(command.stream(), sessions);
        LearnerId person = person(command);
        LoadedStream<SlotState> slot = LoadedStream.of(StreamIds.examSlot(person), slots);
        Optional<LoadedStream<ExamState>> exam = candidacy(command).map(id -> LoadedStream.of(id.value(), exams));
        exam.ifPresentOrElse(
                candidacy -> LoadedStream.load(session, slot, candidacy), () -> LoadedStream.load(session, slot));

        Framework framework = frameworks.inForce(now);
        LearnerProfile profile =
                LearnerProfile.of(person, history.of(LearnerProfile.streams(person, framework)), frameworks, framework);
        Decision decision = ExamDecider.decide(
                session.state(),
                exam.map(LoadedStream::state).orElse(NotStarted.NOBODY_SEEN),
                slot.state(),
                command,
                profile,
                frameworks,
                withdrawals.of(framework.version()),
                now);
        return exam.map(candidacy -> record(decision, slot, candidacy)).orElse(decision);
    }

    @CommandHandler
    Decision handle(EnterExam command, ServerClock clock) {
        LoadedStream<Sitting> session = LoadedStream.of(command.stream(), sessions);
        LoadedStream<SlotState> slot = LoadedStream.of(StreamIds.examSlot(person(command)), slots);
        Optional<ExamId> candidacy = candidacy(command);
        if (candidacy.isEmpty()) {
            LoadedStream.load(session, slot);
            return ExamDecider.decide(session.state(), NotStarted.NOBODY_SEEN, slot.state(), command, clock.now());
        }
        LoadedStream<ExamState> exam = LoadedStream.of(candidacy.get().value(), exams);
        LoadedStream.load(session, slot, exam);
        return exam.record(ExamDecider.decide(session.state(), exam.state(), slot.state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(EndExam command, ServerClock clock) {
        LoadedStream<ExamState> exam = LoadedStream.of(command.stream(), exams);
        Optional<LoadedStream<SlotState>> slot =
                sitting(command.exam()).map(learner -> LoadedStream.of(StreamIds.examSlot(learner), slots));
        slot.ifPresentOrElse(taken -> LoadedStream.load(exam, taken), () -> LoadedStream.load(exam));

        // An exam that starts after the look at its history is not ended by a command sent before.
        ExamState state = slot.isPresent() ? exam.state() : NotStarted.NOBODY_SEEN;
        Decision decision = ExamDecider.decide(state, command, clock.now());
        return slot.map(taken -> record(decision, taken, exam)).orElse(decision);
    }

    private static Decision record(Decision decision, LoadedStream<SlotState> slot, LoadedStream<ExamState> exam) {
        return LoadedStream.record(
                decision, event -> event instanceof ExamSlotTaken || event instanceof ExamSlotReleased ? slot : exam);
    }

    /** A candidate may have been enrolled by an account that was absorbed since: the one that goes on sits the exam. */
    private LearnerId person(JoinExam command) {
        return new LearnerId(MergedAccounts.survivor(command.learner().value(), history));
    }

    /** @return the exam of the learner's candidacy; empty when the learner is no candidate of the session */
    private Optional<ExamId> candidacy(JoinExam command) {
        Sitting session = new SessionState.Unplanned();
        for (LedgerEvent event : history.of(command.stream())) {
            session = session.evolve((SessionEvent) event);
        }
        return session instanceof SessionState.Planned planned
                ? planned.candidateOf(command.learner()).map(candidate -> StreamIds.exam(command.session(), candidate))
                : Optional.empty();
    }

    /** @return who sits the exam; empty when it has not started */
    private Optional<LearnerId> sitting(ExamId exam) {
        return history.of(exam.value()).stream()
                .filter(ExamStarted.class::isInstance)
                .map(started -> ((ExamStarted) started).learner())
                .findFirst();
    }
}
