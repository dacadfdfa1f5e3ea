package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.IssueCertificate;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.rules.verification.VerificationCodeText.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
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
        Optional<PublishedResult> result = result(command);
        Optional<Printed> printed = draw.free();
        Streams streams = load(command, printed.map(Printed::code));
        return streams.record(CertificateDecider.decide(
                streams.certificate.state(), command, result, printed, streams.owner(), frameworks));
    }

    private @Nullable String keyMac(ImportCertificate command, Optional<VerificationCode> code) {
        String key = command.holder().key();
        return key == null || code.isEmpty() ? null : draw.mac(code.get(), key);
    }

    private Optional<PublishedResult> result(IssueCertificate command) {
        UUID session = command.session().value();
        List<UUID> centre = history.of(session).stream()
                .filter(SessionScheduled.class::isInstance)
                .map(scheduled -> ((SessionScheduled) scheduled).centre().value())
                .toList();
        List<UUID> streams = Stream.concat(
                        centre.stream(), Stream.of(session, command.exam().value()))
                .toList();
        return PublishedResult.of(
                command.exam(),
                history.of(streams).facts().stream().map(Fact::event).toList());
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
            if (decision instanceof Accepted(var events)) {
                events.forEach(this::record);
            }
            return decision;
        }

        private void record(LedgerEvent event) {
            if (event instanceof CodeReserved && code != null) {
                code.record(event);
            } else {
                certificate.record(event);
            }
        }
    }
}
