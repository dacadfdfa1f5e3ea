package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.OfSession;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.JuryCommand.ResolveIssue;
import fr.grandlivre.command.session.JuryCommand.ScoreExam;
import fr.grandlivre.command.session.JuryCommand.WithdrawJuryAct;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.JuryRecord;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;

/** The jury's commands: each looks at an exam, at its session, and at what certifies it. Thread-safe. */
final class JuryCommands {
    private final LedgerRepository<Session> sessions;
    private final LedgerRepository<Exam> exams;
    private final LedgerRepository<ImportedSitting> imports;
    private final LedgerHistory history;
    private final Frameworks frameworks;

    JuryCommands(
            LedgerRepository<Session> sessions,
            LedgerRepository<Exam> exams,
            LedgerRepository<ImportedSitting> imports,
            LedgerHistory history,
            Frameworks frameworks) {
        this.sessions = sessions;
        this.exams = exams;
        this.imports = imports;
        this.history = history;
        this.frameworks = frameworks;
    }

    @CommandHandler
    Decision handle(ScoreExam command) {
        return new Streams(command.session(), command.exam())
                .decide(streams -> JuryDecider.decide(streams.session(), streams.exam(), command, frameworks));
    }

    @CommandHandler
    Decision handle(PerformJuryAct command) {
        return onExam(
                command.exam(), streams -> JuryDecider.decide(streams.session(), streams.exam(), command, frameworks));
    }

    @CommandHandler
    Decision handle(CommentExam command) {
        return onExam(command.exam(), streams -> JuryDecider.decide(streams.session(), streams.exam(), command));
    }

    @CommandHandler
    Decision handle(ProposeJuryAct command, ServerClock clock) {
        return onSitting(
                command.exam(),
                command.certificate(),
                (record, held) -> JuryDecider.decide(record, command, held, clock.now()),
                (streams, held) ->
                        JuryDecider.decide(streams.session(), streams.exam(), command, held, frameworks, clock.now()));
    }

    @CommandHandler
    Decision handle(ConfirmJuryAct command, ServerClock clock) {
        return onSitting(
                command.exam(),
                command.certificate(),
                (record, held) -> JuryDecider.decide(record, command, held, clock.now()),
                (streams, held) ->
                        JuryDecider.decide(streams.session(), streams.exam(), command, held, frameworks, clock.now()));
    }

    @CommandHandler
    Decision handle(WithdrawJuryAct command) {
        return isImported(command.exam(), command.certificate())
                ? onImport(command.exam(), record -> JuryDecider.decide(record, command))
                : onExam(
                        command.exam(),
                        streams -> streams.exam() instanceof ExamState.Ended ended
                                ? JuryDecider.decide(ended.jury(), command)
                                : new Refused(Refusal.UNKNOWN_EXAM));
    }

    @CommandHandler
    Decision handle(AssignOfficer command) {
        LoadedStream<Sitting> session = load(command);
        return session.record(JuryDecider.decide(session.state(), command));
    }

    @CommandHandler
    Decision handle(ResolveIssue command) {
        LoadedStream<Sitting> session = load(command);
        return session.record(JuryDecider.decide(session.state(), command));
    }

    private LoadedStream<Sitting> load(OfSession command) {
        LoadedStream<Sitting> session = LoadedStream.of(command.stream(), sessions);
        LoadedStream.load(session);
        return session;
    }

    private Decision onExam(ExamId exam, Function<Streams, Decision> decider) {
        Optional<SessionId> session = history.of(exam.value()).stream()
                .filter(ExamStarted.class::isInstance)
                .map(started -> ((ExamStarted) started).session())
                .findFirst();
        return session.map(id -> new Streams(id, exam).decide(decider))
                .orElseGet(() -> new Refused(Refusal.UNKNOWN_EXAM));
    }

    /**
     * Decides over an exam, or over what stands for it when the certificate was imported.
     *
     * @param certificate that the command names; null for the latest one of the exam
     */
    private Decision onSitting(
            ExamId sitting,
            @Nullable CertificateId certificate,
            BiFunction<JuryRecord, @Nullable HeldCertificate, Decision> imported,
            BiFunction<Streams, @Nullable HeldCertificate, Decision> examined) {
        return isImported(sitting, certificate)
                ? onImport(sitting, record -> imported.apply(record, held(certificate)))
                : onExam(sitting, streams -> examined.apply(streams, held(sitting, certificate)));
    }

    private static boolean isImported(ExamId sitting, @Nullable CertificateId certificate) {
        return certificate != null && StreamIds.importedSitting(certificate).equals(sitting);
    }

    private Decision onImport(ExamId sitting, Function<JuryRecord, Decision> decider) {
        LoadedStream<JuryRecord> acts = LoadedStream.of(sitting.value(), imports);
        LoadedStream.load(acts);
        return acts.record(decider.apply(acts.state()));
    }

    private @Nullable HeldCertificate held(@Nullable CertificateId certificate) {
        return certificate == null
                ? null
                : HeldCertificate.of(history.of(certificate.value())).orElse(null);
    }

    /** @return the certificate of the exam that is named, or its latest one */
    private @Nullable HeldCertificate held(ExamId exam, @Nullable CertificateId named) {
        HeldCertificate latest = null;
        for (int number = 1; ; number++) {
            HeldCertificate next = held(StreamIds.certificate(exam, number));
            if (next == null) {
                return named == null ? latest : null;
            }
            if (next.certificate().equals(named)) {
                return next;
            }
            latest = next;
        }
    }

    /** An exam and its session, locked and loaded. */
    private final class Streams {
        private final LoadedStream<Sitting> session;
        private final LoadedStream<ExamState> exam;

        Streams(SessionId session, ExamId exam) {
            this.session = LoadedStream.of(session.value(), sessions);
            this.exam = LoadedStream.of(exam.value(), exams);
            LoadedStream.load(this.session, this.exam);
        }

        Sitting session() {
            return session.state();
        }

        ExamState exam() {
            return exam.state();
        }

        Decision decide(Function<Streams, Decision> decider) {
            Decision decision = decider.apply(this);
            return LoadedStream.record(
                    decision,
                    event -> event instanceof CandidateCorrected || event instanceof IssueResolved ? session : exam);
        }
    }
}
