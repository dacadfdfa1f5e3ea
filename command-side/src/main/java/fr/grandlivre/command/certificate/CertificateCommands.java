package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.certificate.AmendmentDecider.Standing;
import fr.grandlivre.command.certificate.CertificateCommand.AmendCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.IssueCertificate;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.CertificateStanding;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.rules.verification.VerificationCodeText.Parsed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Commands over a certificate and its verification code. Thread-safe. */
final class CertificateCommands {
    private final LedgerRepository<Certificate> certificates;
    private final Repository<? extends LedgerAggregate<Optional<CertificateId>>> codes;
    private final LedgerHistory history;
    private final Frameworks frameworks;
    private final PrintedDraw draw;

    CertificateCommands(
            LedgerRepository<Certificate> certificates,
            Repository<? extends LedgerAggregate<Optional<CertificateId>>> codes,
            LedgerHistory history,
            Frameworks frameworks,
            PrintedDraw draw) {
        this.certificates = certificates;
        this.codes = codes;
        this.history = history;
        this.frameworks = frameworks;
        this.draw = draw;
    }

    @CommandHandler
    Decision handle(ImportCertificate command, ServerClock clock) {
        Optional<VerificationCode> code =
                VerificationCodeText.parse(command.code()) instanceof Parsed(var parsed, var _)
                        ? Optional.of(parsed)
                        : Optional.empty();
        Streams streams = load(command, code);
        return streams.record(CertificateDecider.decide(
                streams.certificate.state(),
                code,
                streams.owner(),
                command,
                keyMac(command, code),
                frameworks,
                clock.now()));
    }

    @CommandHandler
    Decision handle(IssueCertificate command) {
        Optional<PublishedResult> result = result(command.session(), command.exam());
        Optional<Printed> printed = draw.free();
        Streams streams = load(command, printed.map(Printed::code));
        return streams.record(CertificateDecider.decide(
                streams.certificate.state(), command, result, printed, streams.owner(), frameworks));
    }

    @CommandHandler
    Decision handle(AmendCertificate command, ServerClock clock) {
        List<LedgerEvent> sitting = history.of(command.exam().value());
        Optional<SessionId> session = sitting.stream()
                .filter(ExamStarted.class::isInstance)
                .map(started -> ((ExamStarted) started).session())
                .findFirst();
        int count = issues(command.exam()).count();
        Optional<Printed> printed = draw.free();
        Amended streams = new Amended(command.exam(), count, printed);
        Issues issues = issues(command.exam());
        if (issues.count() != count) {
            throw new ConcurrencyException("somebody else issued a certificate of this exam meanwhile");
        }
        return streams.record(AmendmentDecider.decide(
                session.flatMap(id -> result(id, command.exam())),
                validatedBefore(sitting, command.act()),
                issues.standing(),
                StreamIds.certificate(command.exam(), count + 1),
                printed,
                streams.owner(),
                frameworks,
                ParisDays.of(clock.now())));
    }

    /** The last certificate of an exam, the one after it and the code of that one, locked and loaded. */
    private final class Amended {
        private final Map<CertificateId, LoadedStream<CertificateState>> papers = new HashMap<>();
        private final @Nullable LoadedStream<Optional<CertificateId>> code;

        Amended(ExamId exam, int count, Optional<Printed> printed) {
            for (int number = Math.max(1, count); number <= count + 1; number++) {
                CertificateId paper = StreamIds.certificate(exam, number);
                papers.put(paper, LoadedStream.of(paper.value(), certificates));
            }
            code = printed.isEmpty()
                    ? null
                    : LoadedStream.of(StreamIds.verificationCode(printed.get().code()), codes);
            LoadedStream.load(Stream.concat(papers.values().stream(), Stream.ofNullable(code))
                    .toArray(LoadedStream<?>[]::new));
        }

        Optional<CertificateId> owner() {
            return code == null ? Optional.empty() : code.state();
        }

        Decision record(Decision decision) {
            return LoadedStream.record(
                    decision,
                    event -> Objects.requireNonNull(
                            event instanceof CertificateEvent paper ? papers.get(paper.certificateId()) : code));
        }
    }

    private @Nullable String keyMac(ImportCertificate command, Optional<VerificationCode> code) {
        String key = command.holder().key();
        return key == null || code.isEmpty() ? null : draw.mac(code.get(), key);
    }

    /** @return whether the result before the act was validated; empty when nobody confirmed the act */
    private static Optional<Boolean> validatedBefore(List<LedgerEvent> sitting, UUID act) {
        boolean validated = false;
        for (LedgerEvent event : sitting) {
            switch (event) {
                case ExamScored scored -> validated = scored.outcome() == ExamOutcome.VALIDATED;
                case JuryActConfirmed confirmed
                when confirmed.act().equals(act) -> {
                    return Optional.of(validated);
                }
                default -> {} // Other facts leave the result as it is.
            }
        }
        return Optional.empty();
    }

    /**
     * The certificates of an exam so far.
     *
     * @param count    how many were issued
     * @param standing the last one, unless it is revoked
     */
    private record Issues(int count, Optional<Standing> standing) {}

    private Issues issues(ExamId exam) {
        Optional<Standing> standing = Optional.empty();
        for (int number = 1; ; number++) {
            List<LedgerEvent> facts =
                    history.of(StreamIds.certificate(exam, number).value());
            if (facts.isEmpty()) {
                return new Issues(number - 1, standing);
            }
            CertificateIssued issued = (CertificateIssued) facts.getFirst();
            CertificateStanding worth = facts.stream()
                    .skip(1)
                    .map(CertificateEvent.class::cast)
                    .reduce(
                            CertificateStanding.born(issued).orElseThrow(),
                            CertificateStanding::after,
                            (_, last) -> last);
            standing = worth.revocation() == null
                    ? Optional.of(new Standing(issued, worth.suspension(), worth.visibility()))
                    : Optional.empty();
        }
    }

    private Optional<PublishedResult> result(SessionId inSession, ExamId exam) {
        UUID session = inSession.value();
        List<UUID> centre = history.of(session).stream()
                .filter(SessionScheduled.class::isInstance)
                .map(scheduled -> ((SessionScheduled) scheduled).centre().value())
                .toList();
        List<UUID> streams =
                Stream.concat(centre.stream(), Stream.of(session, exam.value())).toList();
        return PublishedResult.of(
                exam, history.of(streams).facts().stream().map(Fact::event).toList());
    }

    private Streams load(CertificateCommand command, Optional<VerificationCode> code) {
        LoadedStream<CertificateState> certificate = LoadedStream.of(command.stream(), certificates);
        if (code.isEmpty()) {
            LoadedStream.load(certificate);
            return new Streams(certificate, null);
        }
        LoadedStream<Optional<CertificateId>> owner = LoadedStream.of(StreamIds.verificationCode(code.get()), codes);
        LoadedStream.load(certificate, owner);
        return new Streams(certificate, owner);
    }

    /** The certificate and its code; the code is absent when there is none to reserve. */
    private record Streams(
            LoadedStream<CertificateState> certificate,
            @Nullable LoadedStream<Optional<CertificateId>> code) {
        Optional<CertificateId> owner() {
            return code == null ? Optional.empty() : code.state();
        }

        Decision record(Decision decision) {
            return LoadedStream.record(
                    decision, event -> event instanceof CodeReserved && code != null ? code : certificate);
        }
    }
}
