package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.rules.certificate.CertificateConsequence;
import fr.grandlivre.rules.certificate.CertificateConsequence.Content;
import fr.grandlivre.rules.certificate.CertificateStanding;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.ExamScoring.Cause;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what a confirmed act of the jury does to the certificates of an exam. Pure. */
final class AmendmentDecider {
    private AmendmentDecider() {}

    /**
     * The certificate of an exam that is not revoked.
     *
     * @param issued     as it was issued
     * @param suspension why it is in doubt; absent when it is not
     * @param visibility what its holder lets the code reveal
     */
    record Standing(CertificateIssued issued, @Nullable ReasonCode suspension, Visibility visibility) {}

    /**
     * @param result          official by now; empty when none is published
     * @param validatedBefore whether the result before the act was validated; empty when nobody confirmed the act
     * @param standing        empty when the exam has no certificate, or a revoked one
     * @param next            id of the certificate after the last of the exam
     * @param printed         a code drawn because its stream was empty, and a key; empty when eight draws found none
     * @param owner           the certificate that has the code by now; empty while it is free
     * @param today           civil day, Europe/Paris
     * @return events of the standing certificate, the code and the next certificate; empty when nothing is to be done
     */
    static Decision decide(
            Optional<PublishedResult> result,
            Optional<Boolean> validatedBefore,
            Optional<Standing> standing,
            CertificateId next,
            Optional<Printed> printed,
            Optional<CertificateId> owner,
            Frameworks frameworks,
            LocalDate today) {
        if (validatedBefore.isEmpty()) {
            return new Refused(Refusal.SECOND_PERSON_REQUIRED);
        }
        if (result.isEmpty()) {
            return new Refused(Refusal.NOT_PUBLISHED);
        }
        ExamScored scored = result.get().scored();
        CertificateConsequence consequence = CertificateConsequence.of(
                validatedBefore.get(),
                scored.outcome(),
                Cause.FRAUD.wireName().equals(scored.cause()),
                standing.map(AmendmentDecider::content).orElse(null),
                new Content(
                        CertificateConsequence.certified(scored.competences()),
                        scored.totalPix(),
                        result.get().identity().orElse(null)));
        return switch (consequence.kind()) {
            case NOTHING -> Accepted.nothing();
            case REVOKED -> new Accepted(revoked(standing.orElseThrow(), consequence, today));
            case ISSUED, REPLACED -> {
                Optional<CandidateIdentity> identity = result.get().identity();
                if (identity.isEmpty()) {
                    yield new Refused(Refusal.ERASED_ACCOUNT);
                }
                if (printed.isEmpty()) {
                    yield new Refused(Refusal.CODE_SPACE_EXHAUSTED);
                }
                if (owner.isPresent()) {
                    yield new Refused(Refusal.CODE_TAKEN);
                }
                NewCertificate paper =
                        new NewCertificate(next, result.get(), identity.get(), printed.get(), frameworks);
                yield new Accepted(
                        consequence.kind() == CertificateConsequence.Kind.ISSUED
                                ? paper.delivered(today)
                                : replaced(standing.orElseThrow(), consequence, paper, today));
            }
        };
    }

    private static Content content(Standing standing) {
        Optional<CertificateHolder> holder = standing.issued().sealed().value();
        return new Content(
                standing.issued().levels(),
                standing.issued().pix(),
                holder.map(printed -> new CandidateIdentity(
                                printed.firstName(), printed.lastName(), printed.birthDate(), printed.birthPlace()))
                        .orElse(null));
    }

    private static CertificateRevoked revoked(Standing standing, CertificateConsequence consequence, LocalDate today) {
        return new CertificateRevoked(
                standing.issued().certificateId(), Objects.requireNonNull(consequence.reason()), today);
    }

    private static List<LedgerEvent> replaced(
            Standing standing, CertificateConsequence consequence, NewCertificate paper, LocalDate today) {
        CertificateIssued old = standing.issued();
        List<LedgerEvent> events = new ArrayList<>();
        events.add(revoked(standing, consequence, today));
        events.add(new CertificateReplaced(
                old.certificateId(), paper.id(), paper.printed().code()));
        events.addAll(paper.inPlaceOf(old));
        if (standing.suspension() != null) {
            // A doubt is about the person's result, not about a sheet of paper.
            events.add(new CertificateSuspended(paper.id(), standing.suspension(), today));
        }
        if (standing.visibility() != CertificateStanding.DEFAULT_VISIBILITY) {
            // What was closed stays closed: a replacement opens nothing without its holder.
            events.add(new VisibilityChosen(paper.id(), standing.visibility()));
        }
        return events;
    }
}
