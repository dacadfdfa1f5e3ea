package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.ExamState.Ended;
import fr.grandlivre.command.session.ExamState.NotStarted;
import fr.grandlivre.command.session.ExamState.Running;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.JuryCommand.ResolveIssue;
import fr.grandlivre.command.session.JuryCommand.ScoreExam;
import fr.grandlivre.command.session.JuryCommand.WithdrawJuryAct;
import fr.grandlivre.command.session.SessionState.Candidate;
import fr.grandlivre.command.session.SessionState.Phase;
import fr.grandlivre.command.session.SessionState.Planned;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.ExamComment;
import fr.grandlivre.events.session.JuryReason;
import fr.grandlivre.events.session.ProposedAct;
import fr.grandlivre.events.session.SessionEvent.ActParameters;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.ExamCancelled;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamFraudLifted;
import fr.grandlivre.events.session.SessionEvent.ExamReinstated;
import fr.grandlivre.events.session.SessionEvent.ExamRejectedForFraud;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.QuestionNeutralised;
import fr.grandlivre.events.session.SessionEvent.QuestionReinstated;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Document;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.ExamScoring;
import fr.grandlivre.rules.session.IssueCategory;
import fr.grandlivre.rules.session.JuryRecord;
import fr.grandlivre.rules.session.JuryRecord.Progress;
import fr.grandlivre.rules.session.JuryRecord.Proposal;
import fr.grandlivre.rules.session.SessionDossier.Issue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides about results: scoring, the acts of the jury, and the second person they need once published. Pure. */
final class JuryDecider {
    private JuryDecider() {}

    /**
     * Scores an exam after its session was finalised, with the questions out that its reported issues take out.
     *
     * @return {@code exam-not-started}, {@code exam-not-ended} or {@code session-not-finalised} when refused
     */
    static Decision decide(Sitting state, ExamState exam, ScoreExam command, Frameworks frameworks) {
        return switch (exam) {
            case NotStarted _ -> new Refused(Refusal.EXAM_NOT_STARTED);
            case Running _ -> new Refused(Refusal.EXAM_NOT_ENDED);
            case Ended ended ->
                state instanceof Planned session && session.isClosed()
                        ? score(session, ended, frameworks)
                        : new Refused(Refusal.SESSION_NOT_FINALISED);
        };
    }

    private static Decision score(Planned session, Ended ended, Frameworks frameworks) {
        List<LedgerEvent> events = new ArrayList<>();
        JuryRecord record = ended.jury();
        if (session.phase() == Phase.FINALISED && ended.scored().isEmpty()) {
            for (Issue issue : session.dossier().issues().values()) {
                IssueReported reported = issue.reported();
                Integer number = reported.number();
                if (issue.isOpen() && number != null && takesOut(ended, reported, number, frameworks)) {
                    if (!record.neutralised().contains(number)) {
                        record = record.with(JuryActKind.NEUTRALISE_QUESTION, number);
                        events.add(new QuestionNeutralised(
                                ended.started().exam(), number, reported.issue(), ReasonCode.ISSUE_REPORTED, null));
                    }
                    events.add(new IssueResolved(reported.session(), reported.issue(), Resolution.NEUTRALISED));
                }
            }
        }
        rescored(ended, record, frameworks).ifPresent(events::add);
        return new Accepted(events);
    }

    /** @return whether the category of the issue neutralises the question without anybody's decision */
    private static boolean takesOut(Ended ended, IssueReported reported, int number, Frameworks frameworks) {
        if (!ended.started().candidate().equals(reported.candidate())
                || number > ended.started().questions().size()) {
            return false;
        }
        Challenge challenge = frameworks
                .of(ended.started().framework())
                .challenge(ended.started().questions().get(number - 1).challenge())
                .orElseThrow();
        Optional<Outcome> outcome = number > ended.outcomes().size()
                ? Optional.empty()
                : Optional.of(ended.outcomes().get(number - 1));
        boolean right = outcome.equals(Optional.of(Outcome.OK));
        return IssueCategory.of(reported.category())
                .map(category -> switch (category.neutralises()) {
                    case NEVER, IF_EMBED -> false; // No challenge of ours embeds an application.
                    case ALWAYS -> true;
                    case IF_IMAGE ->
                        !right && challenge.document().filter(Document::isImage).isPresent();
                    case IF_FILE ->
                        !right && challenge.document().filter(Document::isFile).isPresent();
                    case IF_TIMED -> !right && challenge.isTimed();
                    case IF_SKIPPED -> outcome.equals(Optional.of(Outcome.SKIPPED));
                })
                .orElse(false);
    }

    /**
     * Does something to an exam before its result is published.
     *
     * @param exam of a candidate of the session
     * @return a code of the row of jury acts when refused
     */
    static Decision decide(Sitting state, ExamState exam, PerformJuryAct command, Frameworks frameworks) {
        if (!(state instanceof Planned session) || !session.isClosed()) {
            return new Refused(Refusal.SESSION_NOT_FINALISED);
        }
        if (!(exam instanceof Ended ended)) {
            return new Refused(Refusal.UNKNOWN_EXAM);
        }
        JuryAct act = command.act();
        if (act.kind().isOfCertificate()) {
            return new Refused(
                    session.phase() == Phase.PUBLISHED ? Refusal.SECOND_PERSON_REQUIRED : Refusal.UNKNOWN_CERTIFICATE);
        }
        if (act.kind() != JuryActKind.RESCORE && !act.isReasoned()) {
            return new Refused(Refusal.REASON_TOO_SHORT);
        }
        if (!concernsQuestion(ended, act)) {
            return new Refused(Refusal.UNKNOWN_QUESTION);
        }
        List<LedgerEvent> effects = effects(session, ended, act, frameworks);
        return !effects.isEmpty() && session.phase() == Phase.PUBLISHED
                ? new Refused(Refusal.SECOND_PERSON_REQUIRED)
                : new Accepted(effects);
    }

    private static boolean concernsQuestion(Ended ended, JuryAct act) {
        Integer number = act.number();
        return !act.kind().isOfQuestion()
                || number != null
                        && number >= 1
                        && number <= ended.started().questions().size();
    }

    /** @return what the act changes: the act, then the new result when it differs; empty when it was done already */
    private static List<LedgerEvent> effects(Planned session, Ended ended, JuryAct act, Frameworks frameworks) {
        JuryRecord after = ended.jury().with(act.kind(), act.number());
        if (act.kind() == JuryActKind.RESCORE) {
            return rescored(ended, after, frameworks)
                    .<List<LedgerEvent>>map(List::of)
                    .orElse(List.of());
        }
        if (act.kind() == JuryActKind.CORRECT_IDENTITY) {
            return corrected(session, ended, act);
        }
        if (after.equals(ended.jury())) {
            return List.of();
        }
        List<LedgerEvent> effects = new ArrayList<>();
        effects.add(event(ended, act));
        rescored(ended, after, frameworks).ifPresent(effects::add);
        Issue issue = act.issue() == null ? null : session.dossier().issues().get(act.issue());
        if (act.kind() == JuryActKind.NEUTRALISE_QUESTION && issue != null && issue.isOpen()) {
            effects.add(new IssueResolved(
                    session.facts().session(), issue.reported().issue(), Resolution.NEUTRALISED));
        }
        return effects;
    }

    private static LedgerEvent event(Ended ended, JuryAct act) {
        ExamId exam = ended.started().exam();
        ReasonCode code = act.reasonCode();
        Personal<JuryReason> reason = Personal.of(
                ended.started().learner().value(), new JuryReason(act.reason().strip()));
        return switch (act.kind()) {
            case NEUTRALISE_QUESTION ->
                new QuestionNeutralised(exam, Objects.requireNonNull(act.number()), act.issue(), code, reason);
            case REINSTATE_QUESTION -> new QuestionReinstated(exam, Objects.requireNonNull(act.number()), code, reason);
            case CANCEL_EXAM -> new ExamCancelled(exam, code, reason);
            case REINSTATE_EXAM -> new ExamReinstated(exam, code, reason);
            case REJECT_FOR_FRAUD -> new ExamRejectedForFraud(exam, code, reason);
            case LIFT_FRAUD -> new ExamFraudLifted(exam, code, reason);
            case RESCORE, CORRECT_IDENTITY, SUSPEND_CERTIFICATE, REINSTATE_CERTIFICATE, REVOKE_CERTIFICATE ->
                throw new AssertionError(act.kind() + " has no event of its own on an exam");
        };
    }

    private static List<LedgerEvent> corrected(Planned session, Ended ended, JuryAct act) {
        Candidate known = session.candidates().get(ended.started().candidate());
        if (known == null || act.identity() == null || known.identity().equals(Optional.of(act.identity()))) {
            return List.of();
        }
        return List.of(new CandidateCorrected(
                session.facts().session(),
                ended.started().candidate(),
                known.learner(),
                known.extraTimePercent(),
                Personal.of(known.learner().value(), act.identity())));
    }

    /** @return the new result by the rules of the exam day; empty when it is the one that stands */
    private static Optional<ExamScored> rescored(Ended ended, JuryRecord record, Frameworks frameworks) {
        ExamScoring result = ExamScoring.of(
                ended.started(),
                ended.outcomes(),
                ended.ended().reason(),
                record,
                ExamRules.of(ended.started().rules()),
                frameworks.of(ended.started().framework()).scale());
        int before = ended.scored().map(ExamScored::scoring).orElse(0);
        return ended.scored()
                        .filter(result.scored(ended.started(), before)::equals)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(result.scored(ended.started(), before + 1));
    }

    /**
     * Proposes an act on a published result.
     *
     * @param held the latest certificate of the exam; absent when there is none
     * @return {@code not-published} or a code of the row of jury acts or of certificates when refused
     */
    static Decision decide(
            Sitting state,
            ExamState exam,
            ProposeJuryAct command,
            @Nullable HeldCertificate held,
            Frameworks frameworks,
            Instant now) {
        if (!(state instanceof Planned session) || !session.isClosed()) {
            return new Refused(Refusal.SESSION_NOT_FINALISED);
        }
        if (!(exam instanceof Ended ended)) {
            return new Refused(Refusal.UNKNOWN_EXAM);
        }
        if (session.phase() != Phase.PUBLISHED) {
            return new Refused(Refusal.NOT_PUBLISHED);
        }
        JuryAct act = command.act();
        if (!act.isReasoned()) {
            return new Refused(Refusal.REASON_TOO_SHORT);
        }
        if (!concernsQuestion(ended, act)) {
            return new Refused(Refusal.UNKNOWN_QUESTION);
        }
        if (act.kind().isOfCertificate()) {
            return ofCertificate(ended.jury(), command, held, now);
        }
        return effects(session, ended, act, frameworks).isEmpty()
                ? Accepted.nothing()
                : proposed(ended.jury(), command, ended.started().learner(), null, now);
    }

    /**
     * Proposes an act on an imported certificate, whose exam was sat before the ledger.
     *
     * @param record what was proposed about it before
     * @param held   the certificate; absent when there is none
     */
    static Decision decide(JuryRecord record, ProposeJuryAct command, @Nullable HeldCertificate held, Instant now) {
        if (!command.act().kind().isOfCertificate()) {
            return new Refused(Refusal.UNKNOWN_EXAM);
        }
        return command.act().isReasoned()
                ? ofCertificate(record, command, held, now)
                : new Refused(Refusal.REASON_TOO_SHORT);
    }

    private static Decision ofCertificate(
            JuryRecord record, ProposeJuryAct command, @Nullable HeldCertificate held, Instant now) {
        if (held == null) {
            return new Refused(Refusal.UNKNOWN_CERTIFICATE);
        }
        return switch (held.worth(command.act().kind())) {
            case CHANGES -> proposed(record, command, held.learner(), held.certificate(), now);
            case DONE -> Accepted.nothing();
            case REVOKED -> new Refused(Refusal.ALREADY_REVOKED);
            case NOT_SUSPENDED -> new Refused(Refusal.NOT_SUSPENDED);
        };
    }

    private static Decision proposed(
            JuryRecord record,
            ProposeJuryAct command,
            LearnerId learner,
            @Nullable CertificateId certificate,
            Instant now) {
        JuryAct act = command.act();
        ActParameters parameters = new ActParameters(act.reasonCode(), act.number(), act.issue(), certificate);
        boolean waits = record.proposals().containsKey(command.id())
                || record.proposals().values().stream()
                        .filter(known -> known.progress() == Progress.WAITING && !hasLapsed(known, now))
                        .anyMatch(known -> isSame(known.proposed(), act, certificate));
        return waits
                ? Accepted.nothing()
                : new Accepted(new JuryActProposed(
                        command.id(),
                        command.exam(),
                        command.by(),
                        act.kind(),
                        parameters,
                        ParisDays.of(now).plusDays(ExamRules.inForce(now).proposalDays()),
                        Personal.of(
                                learner.value(), new ProposedAct(act.reason().strip(), act.identity()))));
    }

    private static boolean isSame(JuryActProposed known, JuryAct act, @Nullable CertificateId certificate) {
        return known.kind() == act.kind()
                && Objects.equals(known.parameters().number(), act.number())
                && Objects.equals(known.parameters().certificate(), certificate)
                && Objects.equals(
                        known.sealed().value().map(ProposedAct::identity).orElse(null), act.identity());
    }

    private static boolean hasLapsed(Proposal proposal, Instant now) {
        return ParisDays.of(now).isAfter(proposal.proposed().expires());
    }

    /**
     * Confirms an act on an exam that was sat here.
     *
     * @param held the latest certificate of the exam; absent when there is none
     * @return {@code unknown-exam}, {@code same-person}, {@code act-lapsed} or {@code state-changed-since-preview} when
     *     refused
     */
    static Decision decide(
            Sitting state,
            ExamState exam,
            ConfirmJuryAct command,
            @Nullable HeldCertificate held,
            Frameworks frameworks,
            Instant now) {
        if (!(state instanceof Planned session) || !(exam instanceof Ended ended)) {
            return new Refused(Refusal.UNKNOWN_EXAM);
        }
        Proposal proposal = ended.jury().proposals().get(command.id());
        Optional<Decision> settled = unconfirmable(proposal, command, now);
        if (settled.isPresent() || proposal == null) {
            return settled.orElseGet(() -> new Refused(Refusal.UNKNOWN_EXAM));
        }
        if (proposal.proposed().kind().isOfCertificate()) {
            return ofCertificate(proposal, held);
        }
        Optional<ProposedAct> sealed = proposal.proposed().sealed().value();
        if (sealed.isEmpty()) {
            return new Refused(Refusal.ERASED_ACCOUNT);
        }
        List<LedgerEvent> effects = effects(session, ended, act(proposal.proposed(), sealed.get()), frameworks);
        if (effects.isEmpty()) {
            return new Refused(Refusal.STATE_CHANGED_SINCE_PREVIEW);
        }
        List<LedgerEvent> events = new ArrayList<>();
        events.add(new JuryActConfirmed(command.id(), command.exam()));
        events.addAll(effects);
        return new Accepted(events);
    }

    /** Confirms an act on an imported certificate. */
    static Decision decide(JuryRecord record, ConfirmJuryAct command, @Nullable HeldCertificate held, Instant now) {
        Proposal proposal = record.proposals().get(command.id());
        Optional<Decision> settled = unconfirmable(proposal, command, now);
        return settled.isPresent() || proposal == null
                ? settled.orElseGet(() -> new Refused(Refusal.UNKNOWN_EXAM))
                : ofCertificate(proposal, held);
    }

    private static Decision ofCertificate(Proposal proposal, @Nullable HeldCertificate held) {
        JuryActProposed proposed = proposal.proposed();
        boolean stands = held != null
                && held.certificate().equals(proposed.parameters().certificate())
                && held.worth(proposed.kind()) == HeldCertificate.Worth.CHANGES;
        return stands
                ? new Accepted(new JuryActConfirmed(proposed.act(), proposed.exam()))
                : new Refused(Refusal.STATE_CHANGED_SINCE_PREVIEW);
    }

    /** @return why a proposal cannot be confirmed, or that it is; empty when it can */
    private static Optional<Decision> unconfirmable(@Nullable Proposal proposal, ConfirmJuryAct command, Instant now) {
        if (proposal == null) {
            return Optional.of(new Refused(Refusal.UNKNOWN_EXAM));
        }
        if (proposal.progress() == Progress.CONFIRMED) {
            return Optional.of(Accepted.nothing());
        }
        if (proposal.proposed().proposer().equals(command.by())) {
            return Optional.of(new Refused(Refusal.SAME_PERSON));
        }
        if (proposal.progress() == Progress.WITHDRAWN || hasLapsed(proposal, now)) {
            return Optional.of(new Refused(Refusal.ACT_LAPSED));
        }
        return proposal.progress() == Progress.OUTDATED
                ? Optional.of(new Refused(Refusal.STATE_CHANGED_SINCE_PREVIEW))
                : Optional.empty();
    }

    private static JuryAct act(JuryActProposed proposed, ProposedAct sealed) {
        return new JuryAct(
                proposed.kind(),
                proposed.parameters().reasonCode(),
                sealed.reason(),
                proposed.parameters().number(),
                proposed.parameters().issue(),
                sealed.identity());
    }

    /** @return {@code unknown-exam} for a proposal of somebody else, {@code state-changed-since-preview} once confirmed */
    static Decision decide(JuryRecord record, WithdrawJuryAct command) {
        Proposal proposal = record.proposals().get(command.id());
        if (proposal == null || !proposal.proposed().proposer().equals(command.by())) {
            return new Refused(Refusal.UNKNOWN_EXAM);
        }
        return switch (proposal.progress()) {
            case WITHDRAWN -> Accepted.nothing();
            case CONFIRMED -> new Refused(Refusal.STATE_CHANGED_SINCE_PREVIEW);
            case WAITING, OUTDATED -> new Accepted(new JuryActWithdrawn(command.id(), command.exam()));
        };
    }

    /** @return {@code session-not-finalised} or {@code unknown-exam} when refused */
    static Decision decide(Sitting state, ExamState exam, CommentExam command) {
        if (!(state instanceof Planned session) || !session.isClosed()) {
            return new Refused(Refusal.SESSION_NOT_FINALISED);
        }
        return exam instanceof Ended ended
                ? new Accepted(new ExamCommented(
                        command.exam(),
                        command.forOrganisation(),
                        Personal.of(
                                ended.started().learner().value(),
                                new ExamComment(command.text().strip()))))
                : new Refused(Refusal.UNKNOWN_EXAM);
    }

    /** @return {@code unknown-session} or {@code session-not-finalised} when refused */
    static Decision decide(Sitting state, AssignOfficer command) {
        return switch (state) {
            case Planned session when !session.isClosed() -> new Refused(Refusal.SESSION_NOT_FINALISED);
            case Planned session
            when session.dossier().officer().equals(Optional.of(command.officer())) -> Accepted.nothing();
            case Planned _ -> new Accepted(new OfficerAssigned(command.session(), command.officer()));
            case SessionState.Unplanned _ -> new Refused(Refusal.UNKNOWN_SESSION);
        };
    }

    /** @return {@code unknown-session}, {@code session-not-finalised} or {@code session-published} when refused */
    static Decision decide(Sitting state, ResolveIssue command) {
        if (!(state instanceof Planned session)) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        if (!session.isClosed()) {
            return new Refused(Refusal.SESSION_NOT_FINALISED);
        }
        Issue issue = session.dossier().issues().get(command.issue());
        if (issue == null) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        if (issue.resolution().equals(Optional.of(command.resolution()))) {
            return Accepted.nothing();
        }
        return session.phase() == Phase.PUBLISHED
                ? new Refused(Refusal.SESSION_PUBLISHED)
                : new Accepted(new IssueResolved(command.session(), command.issue(), command.resolution()));
    }

    /** @return the ids of the issues that keep the session out of a publication in bulk */
    static List<String> blocking(Planned session) {
        return session.dossier().blocking().stream()
                .map(issue -> issue.reported().issue())
                .map(UUID::toString)
                .toList();
    }
}
