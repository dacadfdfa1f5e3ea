package fr.grandlivre.query.certificate;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.certificate.CertificateStanding;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a certificate says, with what happened to it.
 *
 * @param certificate       its id
 * @param learner           whose
 * @param code              verification code
 * @param framework         version whose labels are shown
 * @param maxReachableLevel scale of the levels
 * @param examDate          day of the exam
 * @param deliveredDate     day of delivery
 * @param centreName        where the exam took place
 * @param levels            certified levels by competence
 * @param pix               absent when the source did not state it
 * @param pixMax            absent with it
 * @param overallLevel      absent when the source did not state it
 * @param source            where an imported certificate comes from; absent on issued ones
 * @param holder            identity as printed, with the key; absent when erased
 * @param standing          validity, suspension and revocation
 * @param replacedBy        what took its place; absent unless replaced
 * @param acts              what the jury did, oldest first
 * @param position          ledger position of its last event
 * @param seq               place of that event in its stream
 */
@ShowsPeople
public record CertificateStatement(
        CertificateId certificate,
        LearnerId learner,
        VerificationCode code,
        FrameworkVersion framework,
        int maxReachableLevel,
        LocalDate examDate,
        LocalDate deliveredDate,
        String centreName,
        SortedMap<CompetenceCode, Level> levels,
        @Nullable Pix pix,
        @Nullable Pix pixMax,
        @Nullable Level overallLevel,
        @Nullable String source,
        @Nullable CertificateHolder holder,
        CertificateStanding standing,
        @Nullable Replacement replacedBy,
        List<Act> acts,
        long position,
        int seq) {
    public CertificateStatement {
        acts = List.copyOf(acts);
    }

    /** @return why it was revoked; absent unless it was */
    public @Nullable ReasonCode revokedFor() {
        return acts.stream()
                .filter(act -> act.kind() == Kind.REVOKED)
                .map(Act::reason)
                .findFirst()
                .orElse(null);
    }

    /** The certificate that took the place of another one. */
    public record Replacement(CertificateId certificate, VerificationCode code) {}

    /** What a jury may do to a certificate. */
    public enum Kind {
        SUSPENDED,
        REINSTATED,
        REVOKED
    }

    /**
     * @param kind     what was done
     * @param reason   why
     * @param since    day of the act
     * @param position its place in the ledger
     */
    public record Act(Kind kind, ReasonCode reason, LocalDate since, long position) {}

    /** Never shows who holds it. */
    @Override
    public String toString() {
        return "CertificateStatement[" + certificate + "]";
    }
}
