package fr.grandlivre.api.session;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.JuryCommand.WithdrawJuryAct;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.session.ProposedAct;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.session.Examination;
import fr.grandlivre.query.session.Examination.Preview;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Status;
import fr.grandlivre.query.session.WaitingAct;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.session.JuryRecord.Progress;
import fr.grandlivre.rules.session.JuryRecord.Proposal;
import fr.grandlivre.rules.session.SessionDossier;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What pages and programs of juries have in common. Thread-safe. */
@Component
class Juries {
    private final Dispatch dispatch;
    private final SessionQueries sessions;
    private final JuryQueries juries;
    private final DrawnCodes codes;
    private final Accesses accesses;
    private final ServerClock clock;

    Juries(
            Dispatch dispatch,
            SessionQueries sessions,
            JuryQueries juries,
            DrawnCodes codes,
            Accesses accesses,
            ServerClock clock) {
        this.dispatch = dispatch;
        this.sessions = sessions;
        this.juries = juries;
        this.codes = codes;
        this.accesses = accesses;
        this.clock = clock;
    }

    /**
     * A finalised session in a jury's list.
     *
     * @param session  as the view has it, without candidates
     * @param dossier  what there is to look at
     * @param unscored whether an exam has no result yet, or an error
     */
    record Finalised(SessionView session, SessionDossier dossier, boolean unscored) {
        /** @return whether its results can become official without anybody looking at it by itself */
        public boolean isPublishableInBulk() {
            return isUnpublished() && !unscored && dossier.isWithoutProblem();
        }

        public boolean isUnpublished() {
            return session.status() != Status.PROCESSED;
        }
    }

    /**
     * A proposed act before its second person.
     *
     * @param proposal what was proposed
     * @param preview  what confirming it would change; absent for acts on a certificate
     * @param mine     whether the reader proposed it
     * @param lapsed   whether it waited too long
     */
    record Pending(Proposal proposal, @Nullable Preview preview, boolean mine, boolean lapsed) {
        public boolean isConfirmable() {
            return !mine && !lapsed && proposal.progress() == Progress.WAITING;
        }
    }

    LocalDate today() {
        return ParisDays.of(clock.now());
    }

    /** @return the newest finalised sessions */
    List<Finalised> finalised() {
        List<SessionView> views = sessions.finalised();
        List<SessionId> ids = views.stream().map(SessionView::session).toList();
        Map<SessionId, SessionDossier> dossiers = juries.dossiers(ids);
        Set<SessionId> unscored = sessions.unscored();
        return views.stream()
                .map(view -> new Finalised(
                        view,
                        dossiers.getOrDefault(view.session(), SessionDossier.EMPTY),
                        unscored.contains(view.session())))
                .toList();
    }

    SessionDossier dossier(SessionId session) {
        return juries.dossiers(List.of(session)).getOrDefault(session, SessionDossier.EMPTY);
    }

    /** @return acts that wait for their second person */
    List<WaitingAct> waiting() {
        return sessions.waiting(today());
    }

    /** @throws ProblemException {@code not-found} unless the exam ended and its session is finalised */
    Examination exam(UUID exam) {
        return juries.byExam(new ExamId(exam)).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * Records that a member of a jury is about to see an exam.
     *
     * @return the exam
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    Examination shown(Examination exam, SignedIn jury) {
        accesses.record(
                jury,
                Role.JURY,
                Surface.JURY,
                FieldsClass.IDENTITY_AND_RESULTS,
                List.of(exam.started().learner()));
        return exam;
    }

    /** @return the open proposals, oldest first */
    List<Pending> pending(Examination exam, SignedIn reader) {
        return exam.record().proposals().values().stream()
                .filter(Proposal::isOpen)
                .map(proposal -> new Pending(
                        proposal,
                        proposal.proposed().kind().isOfCertificate()
                                ? null
                                : exam.preview(
                                        proposal.proposed().kind(),
                                        proposal.proposed().parameters().number(),
                                        proposal.proposed()
                                                .sealed()
                                                .value()
                                                .map(ProposedAct::identity)
                                                .orElse(null)),
                        proposal.proposed().proposer().equals(reader.account()),
                        today().isAfter(proposal.proposed().expires())))
                .toList();
    }

    /** @return the command that does the act at once, or proposes it where a second person is needed */
    JuryCommand.OfExam command(Examination exam, JuryAct act, CommandKey key, SignedIn jury) {
        return exam.published() ? propose(exam, act, key, jury) : perform(exam, act);
    }

    PerformJuryAct perform(Examination exam, JuryAct act) {
        return new PerformJuryAct(exam.started().exam(), act);
    }

    ProposeJuryAct propose(Examination exam, JuryAct act, CommandKey key, SignedIn jury) {
        return new ProposeJuryAct(key.commandId(), exam.started().exam(), act, jury.account());
    }

    ConfirmJuryAct confirm(Examination exam, UUID proposal, SignedIn jury) {
        return new ConfirmJuryAct(exam.started().exam(), proposal, jury.account());
    }

    WithdrawJuryAct withdraw(Examination exam, UUID proposal, SignedIn jury) {
        return new WithdrawJuryAct(exam.started().exam(), proposal, jury.account());
    }

    /** @return what became of each session, in the order asked for */
    SequencedMap<SessionId, Outcome> publish(List<SessionId> wanted, CommandKey key, SignedIn jury) {
        SequencedMap<SessionId, Outcome> outcomes = new LinkedHashMap<>();
        for (SessionId session : wanted) {
            CommandKey one = new CommandKey(codes.part(key.commandId(), session), key.fingerprint());
            outcomes.put(session, dispatch.outcome(new PublishSession(session, true), one, jury, Role.JURY));
        }
        return outcomes;
    }
}
