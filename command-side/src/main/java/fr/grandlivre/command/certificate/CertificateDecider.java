package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.certificate.CertificateCommand.AgreedAct;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.IssueCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.ReinstateCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.RevokeCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.SuspendCertificate;
import fr.grandlivre.command.certificate.CertificateState.Absent;
import fr.grandlivre.command.certificate.CertificateState.Held;
import fr.grandlivre.command.certificate.CertificateState.Revoked;
import fr.grandlivre.command.certificate.CertificateState.Suspended;
import fr.grandlivre.command.certificate.CertificateState.Valid;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.ValidityPolicy;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.JuryRecord;
import fr.grandlivre.rules.session.JuryRecord.Progress;
import fr.grandlivre.rules.session.JuryRecord.Proposal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what happens to certificates. Pure. */
final class CertificateDecider {
    private CertificateDecider() {}

    /**
     * @param record of the jury on the sitting that the act names
     * @return {@code unknown-certificate}, {@code already-revoked}, {@code not-suspended}, or
     *     {@code second-person-required} when nobody confirmed such an act on this certificate
     */
    static Decision decide(CertificateState state, AgreedAct act, JuryRecord record, Instant now) {
        LocalDate since = ParisDays.of(now);
        return switch (act) {
            case SuspendCertificate(var id, var _, var _) ->
                switch (state) {
                    case Absent _ -> new Refused(Refusal.UNKNOWN_CERTIFICATE);
                    case Revoked _ -> new Refused(Refusal.ALREADY_REVOKED);
                    case Suspended _ -> Accepted.nothing();
                    case Valid _ ->
                        agreed(
                                act,
                                JuryActKind.SUSPEND_CERTIFICATE,
                                record,
                                why -> new CertificateSuspended(id, why, since));
                };
            case ReinstateCertificate(var id, var _, var _) ->
                switch (state) {
                    case Absent _ -> new Refused(Refusal.UNKNOWN_CERTIFICATE);
                    case Revoked _ -> new Refused(Refusal.ALREADY_REVOKED);
                    case Suspended _ ->
                        agreed(
                                act,
                                JuryActKind.REINSTATE_CERTIFICATE,
                                record,
                                why -> new CertificateReinstated(id, why, since));
                    case Valid(var _, var reinstated) when reinstated -> Accepted.nothing();
                    case Valid _ -> new Refused(Refusal.NOT_SUSPENDED);
                };
            case RevokeCertificate(var id, var _, var _) ->
                switch (state) {
                    case Absent _ -> new Refused(Refusal.UNKNOWN_CERTIFICATE);
                    case Revoked _ -> Accepted.nothing(); // A jury may press twice.
                    case Suspended _, Valid _ ->
                        agreed(
                                act,
                                JuryActKind.REVOKE_CERTIFICATE,
                                record,
                                why -> new CertificateRevoked(id, why, since));
                };
        };
    }

    /** Nothing happens to a published certificate by the word of one person: who confirms was not who proposed. */
    private static Decision agreed(
            AgreedAct act, JuryActKind kind, JuryRecord record, Function<ReasonCode, LedgerEvent> event) {
        return Optional.ofNullable(record.proposals().get(act.act()))
                .filter(proposal -> proposal.progress() == Progress.CONFIRMED)
                .map(Proposal::proposed)
                .filter(proposed -> proposed.kind() == kind
                        && act.certificateId().equals(proposed.parameters().certificate()))
                .<Decision>map(proposed -> new Accepted(
                        event.apply(reasonCode(proposed.parameters().reasonCode()))))
                .orElseGet(() -> new Refused(Refusal.SECOND_PERSON_REQUIRED));
    }

    private static ReasonCode reasonCode(SessionEvent.ReasonCode stated) {
        return switch (stated) {
            case FRAUD -> ReasonCode.FRAUD;
            case IDENTITY_CORRECTED -> ReasonCode.IDENTITY_CORRECTED;
            case ADMINISTRATIVE -> ReasonCode.ADMINISTRATIVE;
            case JURY, ISSUE_REPORTED -> ReasonCode.JURY;
        };
    }

    /**
     * @return {@code unknown-certificate}, {@code not-holder} or {@code already-revoked} when refused; whose certificate it
     *     is comes first, so that a stranger learns nothing about it
     */
    static Decision decide(CertificateState state, ChooseVisibility choice) {
        return switch (state) {
            case Absent _ -> new Refused(Refusal.UNKNOWN_CERTIFICATE);
            case Valid(var held, var _) when held.holder().equals(choice.holder()) -> chosen(held, choice);
            case Suspended(var held) when held.holder().equals(choice.holder()) -> chosen(held, choice);
            case Revoked(var held) when held.holder().equals(choice.holder()) -> new Refused(Refusal.ALREADY_REVOKED);
            case Valid _, Suspended _, Revoked _ -> new Refused(Refusal.NOT_HOLDER);
        };
    }

    /**
     * @param code       the code as parsed; empty when the text is none
     * @param owner      the certificate that has the code; empty while it is free
     * @param keyMac     HMAC of code and key; absent when the source states no key
     * @param frameworks all versions: the one in force on the exam day, or the earliest, is named
     * @return the reservation of the code, then the certificate; a code of the import's row when refused
     */
    static Decision decide(
            CertificateState state,
            Optional<VerificationCode> code,
            Optional<CertificateId> owner,
            ImportCertificate command,
            @Nullable String keyMac,
            Frameworks frameworks,
            Instant now) {
        if (code.isEmpty()) {
            return new Refused(Refusal.CODE_MALFORMED);
        }
        Optional<VerificationCode> before = codeOf(state);
        if (before.isPresent()) {
            return before.equals(code) ? Accepted.nothing() : new Refused(Refusal.ALREADY_ISSUED);
        }
        Framework framework = frameworks.inForceOn(command.examDate());
        return refusal(command, owner, framework, ParisDays.of(now))
                .<Decision>map(Refused::new)
                .orElseGet(() -> imported(command, code.get(), keyMac, framework));
    }

    /**
     * @param result  the published result; empty when there is none
     * @param printed a code drawn because its stream was empty, and a key; empty when eight draws found none
     * @param owner   the certificate that has the code by now; empty while it is free
     * @return the reservation of the code, then the certificate; a code of the issue's row when refused
     */
    static Decision decide(
            CertificateState state,
            IssueCertificate command,
            Optional<PublishedResult> result,
            Optional<Printed> printed,
            Optional<CertificateId> owner,
            Frameworks frameworks) {
        if (!(state instanceof Absent)) {
            return Accepted.nothing();
        }
        if (result.isEmpty()) {
            return new Refused(Refusal.NOT_PUBLISHED);
        }
        if (result.get().scored().outcome() != ExamOutcome.VALIDATED) {
            return new Refused(Refusal.OUTCOME_NOT_VALIDATED);
        }
        if (result.get().identity().isEmpty()) {
            return new Refused(Refusal.ERASED_ACCOUNT);
        }
        if (printed.isEmpty()) {
            return new Refused(Refusal.CODE_SPACE_EXHAUSTED);
        }
        if (owner.isPresent()) {
            return new Refused(Refusal.CODE_TAKEN);
        }
        return new Accepted(new NewCertificate(
                        command.certificateId(),
                        result.get(),
                        result.get().identity().get(),
                        printed.get(),
                        frameworks)
                .delivered(result.get().published().deliveredDate()));
    }

    private static Optional<VerificationCode> codeOf(CertificateState state) {
        return switch (state) {
            case Absent _ -> Optional.empty();
            case Valid(var held, var _) -> Optional.of(held.code());
            case Suspended(var held) -> Optional.of(held.code());
            case Revoked(var held) -> Optional.of(held.code());
        };
    }

    private static Decision chosen(Held held, ChooseVisibility choice) {
        return held.visibility() == choice.visibility()
                ? Accepted.nothing()
                : new Accepted(new VisibilityChosen(choice.certificateId(), choice.visibility()));
    }

    private static Optional<Refusal> refusal(
            ImportCertificate command, Optional<CertificateId> owner, Framework framework, LocalDate today) {
        if (owner.isPresent()) {
            return Optional.of(Refusal.CODE_TAKEN);
        }
        if (command.levels().keySet().stream()
                .anyMatch(code -> framework.competence(code).isEmpty())) {
            return Optional.of(Refusal.COMPETENCE_OUTSIDE_FRAMEWORK);
        }
        if (command.levels().values().stream().anyMatch(level -> level.value() > framework.maxReachableLevel())) {
            return Optional.of(Refusal.LEVEL_ABOVE_SCALE);
        }
        if (command.examDate().isAfter(command.deliveredDate())
                || command.validUntil().isBefore(command.deliveredDate())) {
            return Optional.of(Refusal.DATES_INVERTED);
        }
        if (command.deliveredDate().isAfter(today)) {
            return Optional.of(Refusal.DATE_IN_FUTURE);
        }
        return Optional.empty();
    }

    private static Decision imported(
            ImportCertificate command, VerificationCode code, @Nullable String keyMac, Framework framework) {
        return new Accepted(
                new CodeReserved(code, command.certificateId()),
                new CertificateImported(
                        command.certificateId(),
                        command.learner(),
                        code,
                        keyMac,
                        framework.version(),
                        framework.maxReachableLevel(),
                        command.examDate(),
                        command.deliveredDate(),
                        command.validUntil(),
                        ValidityPolicy.inForceOn(command.deliveredDate()).version(),
                        command.centre(),
                        command.levels(),
                        command.pix(),
                        command.pixMax(),
                        command.overallLevel(),
                        command.source(),
                        Personal.of(command.learner().value(), command.holder())));
    }
}
