package fr.grandlivre.query.verification;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.certificate.CertificateStatus;
import fr.grandlivre.rules.verification.PersonName;
import java.time.LocalDate;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as the view has it, whatever the day: what its code answers, and what a second fact is compared with.
 * Immutable.
 *
 * @param certificate       its id
 * @param holder            whose
 * @param visibility        what its code reveals
 * @param code              canonical code
 * @param firstName         absent when erased
 * @param lastName          absent when erased
 * @param birthDate         absent when erased
 * @param keyMac            HMAC of code and key; absent when there is no key, or erased
 * @param framework         version whose labels are shown
 * @param maxReachableLevel scale of the levels
 * @param levels            certified levels by competence, never empty
 * @param pix               absent when the source did not state it
 * @param pixMax            absent with it
 * @param overallLevel      absent when the source did not state it
 * @param centreName        where the exam took place
 * @param examDate          day of the exam
 * @param deliveredDate     day of delivery
 * @param validUntil        last valid day, inclusive
 * @param suspended         whether it is in doubt
 * @param revoked           whether it is ended for ever
 * @param reason            why; absent unless suspended or revoked
 * @param since             day of that act; absent with the reason
 * @param replacedBy        code of the certificate that took its place; absent unless replaced
 * @param position          ledger position of the last event about the certificate
 */
@ShowsPeople
public record VerifiableCertificate(
        CertificateId certificate,
        LearnerId holder,
        Visibility visibility,
        VerificationCode code,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable LocalDate birthDate,
        @Nullable String keyMac,
        FrameworkVersion framework,
        int maxReachableLevel,
        SortedMap<CompetenceCode, Level> levels,
        @Nullable Pix pix,
        @Nullable Pix pixMax,
        @Nullable Level overallLevel,
        String centreName,
        LocalDate examDate,
        LocalDate deliveredDate,
        LocalDate validUntil,
        boolean suspended,
        boolean revoked,
        @Nullable ReasonCode reason,
        @Nullable LocalDate since,
        @Nullable VerificationCode replacedBy,
        long position) {
    /** @return what the code alone answers on the day */
    public Verification on(LocalDate today) {
        return new Verification(
                code,
                CertificateStatus.on(today, validUntil, revoked, suspended),
                firstName == null || lastName == null ? null : PersonName.initials(firstName, lastName),
                framework,
                maxReachableLevel,
                levels,
                pix,
                pixMax,
                overallLevel,
                centreName,
                examDate,
                deliveredDate,
                validUntil,
                position);
    }

    /** Never shows who holds it. */
    @Override
    public String toString() {
        return "VerifiableCertificate[" + certificate + "]";
    }
}
