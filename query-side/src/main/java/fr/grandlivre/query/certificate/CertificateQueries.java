package fr.grandlivre.query.certificate;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.certificate.CertificateStatement.Act;
import fr.grandlivre.query.certificate.CertificateStatement.Kind;
import fr.grandlivre.query.certificate.CertificateStatement.Replacement;
import fr.grandlivre.rules.certificate.CertificateStanding;
import fr.grandlivre.store.LedgerReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads whole certificates straight from the ledger: the birth place and the key are in no view, and whoever acts sees the
 * act at once. Thread-safe.
 */
public final class CertificateQueries {
    private final LedgerReader ledger;
    private final RecordedEvents events;

    /** @param vault opens the identity */
    public CertificateQueries(LedgerReader ledger, EventCodec codec, PersonalVault vault) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(
                codec,
                vault,
                Set.of(
                        CertificateIssued.class,
                        CertificateImported.class,
                        CertificateSuspended.class,
                        CertificateReinstated.class,
                        CertificateRevoked.class,
                        CertificateReplaced.class,
                        VisibilityChosen.class));
    }

    /** @return the certificate; empty when there is none */
    public Optional<CertificateStatement> byId(CertificateId certificate) {
        List<Recorded> facts = events.read(ledger.stream(certificate.value(), 0));
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        return standing(facts).map(standing -> statement(facts, standing));
    }

    private static Optional<CertificateStanding> standing(List<Recorded> facts) {
        Optional<CertificateStanding> standing =
                CertificateStanding.born((CertificateEvent) facts.getFirst().event());
        for (Recorded fact : facts.subList(1, facts.size())) {
            standing = standing.map(before -> before.after((CertificateEvent) fact.event()));
        }
        return standing;
    }

    private static CertificateStatement statement(List<Recorded> facts, CertificateStanding standing) {
        List<Act> acts = facts.stream().flatMap(CertificateQueries::act).toList();
        Replacement replacedBy = facts.stream()
                .flatMap(fact -> fact.event() instanceof CertificateReplaced(var _, var by, var code)
                        ? Stream.of(new Replacement(by, code))
                        : Stream.empty())
                .findFirst()
                .orElse(null);
        Recorded last = facts.getLast();
        return switch ((CertificateEvent) facts.getFirst().event()) {
            case CertificateIssued issued ->
                new CertificateStatement(
                        issued.certificateId(),
                        issued.learner(),
                        issued.code(),
                        issued.framework(),
                        issued.maxReachableLevel(),
                        issued.examDate(),
                        issued.deliveredDate(),
                        issued.centre().name(),
                        issued.levels(),
                        issued.pix(),
                        issued.pixMax(),
                        issued.overallLevel(),
                        null,
                        issued.sealed().value().orElse(null),
                        standing,
                        replacedBy,
                        acts,
                        last.position(),
                        last.seq());
            case CertificateImported imported ->
                new CertificateStatement(
                        imported.certificateId(),
                        imported.learner(),
                        imported.code(),
                        imported.framework(),
                        imported.maxReachableLevel(),
                        imported.examDate(),
                        imported.deliveredDate(),
                        imported.centre().name(),
                        imported.levels(),
                        imported.pix(),
                        imported.pixMax(),
                        imported.overallLevel(),
                        imported.source(),
                        imported.sealed().value().orElse(null),
                        standing,
                        replacedBy,
                        acts,
                        last.position(),
                        last.seq());
            case CertificateSuspended _,
                    CertificateReinstated _,
                    CertificateRevoked _,
                    CertificateReplaced _,
                    VisibilityChosen _ -> throw new AssertionError("a certificate begins with its issue or import");
        };
    }

    private static Stream<Act> act(Recorded fact) {
        return switch ((CertificateEvent) fact.event()) {
            case CertificateIssued _, CertificateImported _, CertificateReplaced _, VisibilityChosen _ ->
                Stream.empty();
            case CertificateSuspended(var _, var reason, var since) ->
                Stream.of(new Act(Kind.SUSPENDED, reason, since, fact.position()));
            case CertificateReinstated(var _, var reason, var since) ->
                Stream.of(new Act(Kind.REINSTATED, reason, since, fact.position()));
            case CertificateRevoked(var _, var reason, var since) ->
                Stream.of(new Act(Kind.REVOKED, reason, since, fact.position()));
        };
    }
}
