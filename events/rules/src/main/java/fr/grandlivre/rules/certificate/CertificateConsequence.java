package fr.grandlivre.rules.certificate;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a jury's act on a published result does to the certificate (domain rules, jury acts).
 *
 * @param kind   what happens
 * @param reason why the standing certificate ends; absent when it does not
 */
public record CertificateConsequence(Kind kind, @Nullable ReasonCode reason) {
    /** What happens to the certificate of an exam. */
    public enum Kind {
        NOTHING,
        /** There was none, and now there is. */
        ISSUED,
        /** Ended, and another one takes its place. */
        REPLACED,
        /** Ended. */
        REVOKED
    }

    /**
     * What a certificate says of a result.
     *
     * @param levels   certified levels, 1..8
     * @param pix      total
     * @param identity as printed; absent when erased
     */
    public record Content(
            SortedMap<CompetenceCode, Level> levels,
            Pix pix,
            @Nullable CandidateIdentity identity) {}

    /**
     * @param validatedBefore whether the result was validated before the act
     * @param outcome         of the result after it
     * @param fraud           whether the outcome is a rejection for fraud
     * @param standing        what the certificate says that is not revoked; absent when there is none
     * @param now             what it has to say after the act
     */
    public static CertificateConsequence of(
            boolean validatedBefore, ExamOutcome outcome, boolean fraud, @Nullable Content standing, Content now) {
        if (outcome != ExamOutcome.VALIDATED) {
            return standing == null ? nothing() : new CertificateConsequence(Kind.REVOKED, ending(outcome, fraud));
        }
        if (standing == null) {
            return validatedBefore ? nothing() : new CertificateConsequence(Kind.ISSUED, null);
        }
        if (now.identity() != null && !now.identity().equals(standing.identity())) {
            return new CertificateConsequence(Kind.REPLACED, ReasonCode.IDENTITY_CORRECTED);
        }
        return standing.levels().equals(now.levels()) && standing.pix().equals(now.pix())
                ? nothing()
                : new CertificateConsequence(Kind.REPLACED, ReasonCode.JURY);
    }

    /** @return the certified levels by competence; a level of 0 or below counts as not certified */
    public static SortedMap<CompetenceCode, Level> certified(List<ScoredCompetence> competences) {
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        competences.stream()
                .filter(competence -> competence.level().value() > 0)
                .forEach(competence -> levels.put(competence.competence(), competence.level()));
        return levels;
    }

    private static ReasonCode ending(ExamOutcome outcome, boolean fraud) {
        if (outcome == ExamOutcome.CANCELLED) {
            return ReasonCode.ADMINISTRATIVE;
        }
        return fraud ? ReasonCode.FRAUD : ReasonCode.JURY;
    }

    private static CertificateConsequence nothing() {
        return new CertificateConsequence(Kind.NOTHING, null);
    }
}
