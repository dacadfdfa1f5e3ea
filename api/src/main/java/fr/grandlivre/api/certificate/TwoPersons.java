package fr.grandlivre.api.certificate;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.api.session.Settlement;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.JuryCommand.WithdrawJuryAct;
import fr.grandlivre.events.session.ProposedAct;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.session.JuryQueries.Sitting;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.session.JuryRecord.Progress;
import fr.grandlivre.rules.session.JuryRecord.Proposal;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What one member of a jury proposes about a certificate, and another one settles. Thread-safe. */
@Component
class TwoPersons {
    private final JuryQueries juries;
    private final ServerClock clock;

    TwoPersons(JuryQueries juries, ServerClock clock) {
        this.juries = juries;
        this.clock = clock;
    }

    /**
     * A proposal about a certificate before its second person.
     *
     * @param proposed what is proposed
     * @param act      its name in messages
     * @param reason   as written; empty when erased
     * @param mine     whether the reader proposed it
     * @param outdated whether something else was decided since
     */
    record Waiting(JuryActProposed proposed, String act, String reason, boolean mine, boolean outdated) {}

    /** @return the open proposals about the certificate that have not lapsed, oldest first */
    List<Waiting> waiting(CertificateId certificate, SignedIn reader) {
        return juries.record(sitting(certificate).exam()).proposals().values().stream()
                .filter(Proposal::isOpen)
                .filter(proposal ->
                        certificate.equals(proposal.proposed().parameters().certificate()))
                .filter(proposal ->
                        !ParisDays.of(clock.now()).isAfter(proposal.proposed().expires()))
                .map(proposal -> new Waiting(
                        proposal.proposed(),
                        JuryActs.of(proposal.proposed().kind()).text(),
                        proposal.proposed()
                                .sealed()
                                .value()
                                .map(ProposedAct::reason)
                                .orElse(""),
                        proposal.proposed().proposer().equals(reader.account()),
                        proposal.progress() == Progress.OUTDATED))
                .toList();
    }

    JuryCommand propose(CertificateId certificate, JuryAct act, CommandKey key, SignedIn jury) {
        return new ProposeJuryAct(key.commandId(), sitting(certificate).exam(), certificate, act, jury.account());
    }

    JuryCommand settle(CertificateId certificate, UUID proposal, Settlement how, SignedIn jury) {
        Sitting sitting = sitting(certificate);
        return switch (how) {
            case CONFIRM -> new ConfirmJuryAct(sitting.exam(), proposal, certificate, jury.account());
            case WITHDRAW -> new WithdrawJuryAct(sitting.exam(), proposal, certificate, jury.account());
        };
    }

    /** @throws ProblemException {@code certificate-not-found} when there is no such certificate */
    Sitting sitting(CertificateId certificate) {
        return juries.sittingOf(certificate).orElseThrow(() -> new ProblemException(Slug.CERTIFICATE_NOT_FOUND));
    }
}
