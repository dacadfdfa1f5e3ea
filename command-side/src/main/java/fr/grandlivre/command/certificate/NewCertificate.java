package fr.grandlivre.command.certificate;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.CertificateConsequence;
import fr.grandlivre.rules.certificate.ValidityPolicy;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate about to be issued for a validated, official result.
 *
 * @param id         which
 * @param result     what it certifies
 * @param identity   as it will be printed
 * @param printed    code and key
 * @param frameworks all versions; the one of the exam day is named
 */
record NewCertificate(
        CertificateId id, PublishedResult result, CandidateIdentity identity, Printed printed, Frameworks frameworks) {
    /** @return the reservation of the code, then the certificate, delivered that day */
    List<LedgerEvent> delivered(LocalDate day) {
        ValidityPolicy policy = ValidityPolicy.inForceOn(day);
        return issued(day, policy.validUntil(day), policy.version(), null);
    }

    /** @return the same with the dates of the certificate that it takes the place of */
    List<LedgerEvent> inPlaceOf(CertificateIssued old) {
        return issued(old.deliveredDate(), old.validUntil(), old.validityPolicy(), old.certificateId());
    }

    private List<LedgerEvent> issued(
            LocalDate delivered, LocalDate validUntil, RulesVersion policy, @Nullable CertificateId replaces) {
        Framework framework = frameworks.of(result.scored().framework());
        return List.of(
                new CodeReserved(printed.code(), id),
                new CertificateIssued(
                        id,
                        result.started().exam(),
                        result.scored().scoring(),
                        result.started().learner(),
                        printed.code(),
                        printed.keyMac(),
                        framework.version(),
                        framework.maxReachableLevel(),
                        ParisDays.of(result.started().startedAt()),
                        delivered,
                        validUntil,
                        policy,
                        result.centre(),
                        CertificateConsequence.certified(result.scored().competences()),
                        result.scored().totalPix(),
                        framework.scale().maxTotal(),
                        framework.scale().overallLevel(result.scored().totalPix()),
                        replaces,
                        Personal.of(
                                result.started().learner().value(),
                                new CertificateHolder(
                                        identity.firstName(),
                                        identity.lastName(),
                                        identity.birthDate(),
                                        identity.birthPlace(),
                                        printed.key()))));
    }
}
