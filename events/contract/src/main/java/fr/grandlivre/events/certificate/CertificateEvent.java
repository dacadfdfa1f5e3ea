package fr.grandlivre.events.certificate;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.LocalDate;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What happens to a certificate. Stream: one a certificate. */
public sealed interface CertificateEvent extends LedgerEvent {
    /** @return whose life this event belongs to */
    CertificateId certificateId();

    /**
     * A certificate is issued for an exam whose result was published.
     *
     * @param certificateId     its id
     * @param exam              the sitting it certifies
     * @param scoring           number of the scoring it rests on, from 1
     * @param learner           whose
     * @param code              verification code
     * @param keyMac            HMAC-SHA-256 of code and key under the pepper, base64url
     * @param framework         version on the exam day
     * @param maxReachableLevel greatest level of that version, frozen
     * @param examDate          day of the exam
     * @param deliveredDate     day (Europe/Paris) of publication
     * @param validUntil        last valid day, inclusive
     * @param validityPolicy    rule that gave {@code validUntil}
     * @param centre            where the exam took place
     * @param levels            certified levels, 1..8; a competence that is not certified is absent
     * @param pix               total of the certified competences
     * @param pixMax            greatest total of that version
     * @param overallLevel      level of the total
     * @param replaces          the certificate it takes the place of; absent for a first one
     * @param sealed            identity as printed, and the key
     */
    @EventType(name = "certificate.issued", version = 1)
    record CertificateIssued(
            CertificateId certificateId,
            ExamId exam,
            int scoring,
            LearnerId learner,
            VerificationCode code,
            String keyMac,
            FrameworkVersion framework,
            int maxReachableLevel,
            LocalDate examDate,
            LocalDate deliveredDate,
            LocalDate validUntil,
            RulesVersion validityPolicy,
            Centre centre,
            SortedMap<CompetenceCode, Level> levels,
            Pix pix,
            Pix pixMax,
            Level overallLevel,
            @Nullable CertificateId replaces,
            Personal<CertificateHolder> sealed)
            implements CertificateEvent {}

    /**
     * A certificate of the time before the ledger is taken over. What its source does not state is absent, never 0.
     *
     * @param certificateId     its id
     * @param learner           whose
     * @param code              verification code as printed
     * @param keyMac            absent when the source states no key
     * @param framework         version on the exam day, or the earliest when the exam is older
     * @param maxReachableLevel scale of its levels
     * @param examDate          day of the exam
     * @param deliveredDate     day of delivery
     * @param validUntil        last valid day, inclusive
     * @param validityPolicy    rule that {@code validUntil} follows
     * @param centre            where the exam took place
     * @param levels            certified levels, 1..8
     * @param pix               absent when not stated
     * @param pixMax            absent when not stated
     * @param overallLevel      absent when not stated
     * @param source            where it comes from, 1..120 characters
     * @param sealed            identity as printed
     */
    @EventType(name = "certificate.imported", version = 1)
    record CertificateImported(
            CertificateId certificateId,
            LearnerId learner,
            VerificationCode code,
            @Nullable String keyMac,
            FrameworkVersion framework,
            int maxReachableLevel,
            LocalDate examDate,
            LocalDate deliveredDate,
            LocalDate validUntil,
            RulesVersion validityPolicy,
            Centre centre,
            SortedMap<CompetenceCode, Level> levels,
            @Nullable Pix pix,
            @Nullable Pix pixMax,
            @Nullable Level overallLevel,
            String source,
            Personal<CertificateHolder> sealed)
            implements CertificateEvent {}

    /** A certificate is put in doubt, for a while. */
    @EventType(name = "certificate.suspended", version = 1)
    record CertificateSuspended(CertificateId certificateId, ReasonCode reasonCode, LocalDate since)
            implements CertificateEvent {}

    /** The doubt is lifted. */
    @EventType(name = "certificate.reinstated", version = 1)
    record CertificateReinstated(CertificateId certificateId, ReasonCode reasonCode, LocalDate since)
            implements CertificateEvent {}

    /**
     * A certificate is worth nothing any more, for ever.
     *
     * @param certificateId which
     * @param reasonCode    why
     * @param since         day (Europe/Paris) of the act
     */
    @EventType(name = "certificate.revoked", version = 1)
    record CertificateRevoked(CertificateId certificateId, ReasonCode reasonCode, LocalDate since)
            implements CertificateEvent {}

    /**
     * Another certificate takes the place of a revoked one.
     *
     * @param certificateId which is replaced
     * @param by            its replacement
     * @param code          verification code of the replacement
     */
    @EventType(name = "certificate.replaced", version = 1)
    record CertificateReplaced(CertificateId certificateId, CertificateId by, VerificationCode code)
            implements CertificateEvent {}

    /**
     * The holder chose what the verification code reveals.
     *
     * @param certificateId which
     * @param visibility    what it reveals from now on
     */
    @EventType(name = "certificate.visibility-chosen", version = 1)
    record VisibilityChosen(CertificateId certificateId, Visibility visibility) implements CertificateEvent {}

    /** What a verification code reveals. */
    enum Visibility {
        /** Nothing: the code answers like one that nobody holds. */
        NOBODY,
        /** Status and levels, with initials. */
        STATUS,
        /** The same, and the identity to whoever knows a second fact. */
        STATUS_AND_IDENTITY
    }

    /** Why a certificate was suspended, reinstated or revoked. */
    enum ReasonCode {
        FRAUD,
        IDENTITY_CORRECTED,
        JURY,
        ADMINISTRATIVE
    }

    /**
     * Where the exam took place.
     *
     * @param id   absent on imported certificates of unknown centres
     * @param name as printed
     */
    record Centre(@Nullable CentreId id, String name) {}
}
