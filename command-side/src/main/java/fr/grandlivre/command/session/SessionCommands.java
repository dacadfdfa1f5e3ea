package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.ExamState.NotStarted;
import fr.grandlivre.command.session.SessionCommand.CorrectCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.OfSession;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.command.session.SessionCommand.RescheduleSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.WithdrawCandidate;
import fr.grandlivre.command.session.SessionState.CentreState;
import fr.grandlivre.command.session.SessionState.Planned;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.CentreAttached;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;

/** Commands to a session that also look at its centre or at its exams. Thread-safe. */
final class SessionCommands {
    private final LedgerRepository<Centre> centres;
    private final LedgerRepository<AttachedCentre> attached;
    private final LedgerRepository<SessionNumber> numbers;
    private final LedgerRepository<Session> sessions;
    private final LedgerRepository<Exam> exams;
    private final LedgerHistory history;

    SessionCommands(
            LedgerRepository<Centre> centres,
            LedgerRepository<AttachedCentre> attached,
            LedgerRepository<SessionNumber> numbers,
            LedgerRepository<Session> sessions,
            LedgerRepository<Exam> exams,
            LedgerHistory history) {
        this.centres = centres;
        this.attached = attached;
        this.numbers = numbers;
        this.sessions = sessions;
        this.exams = exams;
        this.history = history;
    }

    @CommandHandler
    Decision handle(OpenCentre command, ServerClock clock) {
        LoadedStream<CentreState> centre = LoadedStream.of(command.stream(), centres);
        Uai uai = command.uai();
        if (uai == null) {
            LoadedStream.load(centre);
            return centre.record(SessionDecider.decide(centre.state(), Optional.empty(), command, clock.now()));
        }
        LoadedStream<Optional<CentreId>> held = LoadedStream.of(StreamIds.centreOf(uai), attached);
        LoadedStream.load(centre, held);
        return record(
                SessionDecider.decide(centre.state(), held.state(), command, clock.now()),
                CentreAttached.class,
                held,
                centre);
    }

    @CommandHandler
    Decision handle(ScheduleSession command, ServerClock clock) {
        LoadedStream<CentreState> centre = LoadedStream.of(command.centre().value(), centres);
        LoadedStream<Optional<SessionId>> number = LoadedStream.of(StreamIds.sessionNumber(command.number()), numbers);
        LoadedStream<Sitting> session = session(command);
        LoadedStream.load(centre, number, session);
        return record(
                SessionDecider.decide(session.state(), centre.state(), number.state(), command, clock.now()),
                SessionNumberReserved.class,
                number,
                session);
    }

    @CommandHandler
    Decision handle(RescheduleSession command, ServerClock clock) {
        LoadedStream<Sitting> session = session(command);
        LoadedStream.load(session);
        return session.record(SessionDecider.decide(session.state(), exams(session.state()), command, clock.now()));
    }

    /** The exam is locked too, so that on this node it does not start meanwhile. */
    @CommandHandler
    Decision handle(CorrectCandidate command, ServerClock clock) {
        LoadedStream<Sitting> session = session(command);
        LoadedStream<ExamState> exam = exam(command, command.candidate());
        LoadedStream.load(session, exam);
        return session.record(SessionDecider.decide(session.state(), exam.state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(WithdrawCandidate command, ServerClock clock) {
        LoadedStream<Sitting> session = session(command);
        LoadedStream<ExamState> exam = exam(command, command.candidate());
        LoadedStream.load(session, exam);
        return session.record(SessionDecider.decide(session.state(), exam.state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(ReportIssue command, ServerClock clock) {
        LoadedStream<Sitting> session = session(command);
        if (command.candidate() == null) {
            LoadedStream.load(session);
            return session.record(SessionDecider.decide(session.state(), NotStarted.NOBODY_SEEN, command, clock.now()));
        }
        LoadedStream<ExamState> exam = exam(command, command.candidate());
        LoadedStream.load(session, exam);
        return session.record(SessionDecider.decide(session.state(), exam.state(), command, clock.now()));
    }

    /** The session stays locked, so that on this node no exam starts while its exams are read. */
    @CommandHandler
    Decision handle(FinaliseSession command, ServerClock clock) {
        LoadedStream<Sitting> session = session(command);
        LoadedStream.load(session);
        return session.record(SessionDecider.decide(session.state(), exams(session.state()), command, clock.now()));
    }

    @CommandHandler
    Decision handle(PublishSession command, ServerClock clock) {
        LoadedStream<Sitting> session = session(command);
        LoadedStream.load(session);
        return session.record(SessionDecider.decide(session.state(), exams(session.state()), command, clock.now()));
    }

    /** What reserves something goes to the stream that makes it unique, the rest to where it happens. */
    private static Decision record(
            Decision decision,
            Class<? extends SessionEvent> reservation,
            LoadedStream<?> unique,
            LoadedStream<?> where) {
        return LoadedStream.record(decision, event -> reservation.isInstance(event) ? unique : where);
    }

    private LoadedStream<ExamState> exam(OfSession command, CandidateId candidate) {
        return LoadedStream.of(StreamIds.exam(command.session(), candidate).value(), exams);
    }

    private LoadedStream<Sitting> session(OfSession command) {
        return LoadedStream.of(command.stream(), sessions);
    }

    private Map<ExamId, ExamState> exams(Sitting state) {
        if (!(state instanceof Planned session)) {
            return Map.of();
        }
        List<UUID> streams = session.candidates().keySet().stream()
                .map(candidate ->
                        StreamIds.exam(session.facts().session(), candidate).value())
                .toList();
        Map<ExamId, ExamState> exams = new HashMap<>();
        for (Fact fact : history.of(streams).facts()) {
            ExamState before = exams.getOrDefault(new ExamId(fact.stream()), NotStarted.NOBODY_SEEN);
            exams.put(new ExamId(fact.stream()), before.evolve((SessionEvent) fact.event()));
        }
        return exams;
    }
}
