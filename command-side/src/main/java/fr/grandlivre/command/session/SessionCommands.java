package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.OfSession;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionState.CentreState;
import fr.grandlivre.command.session.SessionState.Planned;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;

/** Commands to a session that also look at its centre or at its exams. Thread-safe. */
final class SessionCommands {
    private final LedgerRepository<Centre> centres;
    private final LedgerRepository<Session> sessions;
    private final LedgerHistory history;

    SessionCommands(LedgerRepository<Centre> centres, LedgerRepository<Session> sessions, LedgerHistory history) {
        this.centres = centres;
        this.sessions = sessions;
        this.history = history;
    }

    @CommandHandler
    Decision handle(ScheduleSession command, ServerClock clock) {
        LoadedStream<CentreState> centre = LoadedStream.of(command.centre().value(), centres);
        LoadedStream<Sitting> session = session(command);
        LoadedStream.load(centre, session);
        return session.record(SessionDecider.decide(session.state(), centre.state(), command, clock.now()));
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
            ExamState before = exams.getOrDefault(new ExamId(fact.stream()), ExamState.NotStarted.NOBODY_SEEN);
            exams.put(new ExamId(fact.stream()), before.evolve((SessionEvent) fact.event()));
        }
        return exams;
    }
}
