package fr.grandlivre.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.ResolveIssue;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.session.Examination;
import fr.grandlivre.query.session.Examination.Preview;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.WaitingAct;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.session.ExamScoring;
import fr.grandlivre.rules.session.JuryRecord.Proposal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Results before the jury, for programs. */
@RestController
@Allowed(Role.JURY)
@Tag(name = "jury")
class JuryResource {
    private static final String ACT_PROBLEMS =
            " Problems: not-found, validation, refused-by-rule," + " idempotency-key-missing, idempotency-key-reused.";

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Juries juries;
    private final ServerClock clock;

    JuryResource(Dispatch dispatch, Sittings sittings, Juries juries, ServerClock clock) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.juries = juries;
        this.clock = clock;
    }

    record Identity(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String birthDate,
            @Nullable String birthPlace) {}

    /**
     * @param kind       neutralise-question, reinstate-question, rescore, cancel-exam, reinstate-exam, reject-for-fraud,
     *                   lift-fraud, correct-identity, suspend-certificate, reinstate-certificate or revoke-certificate
     * @param reasonCode issue-reported, fraud, identity-corrected, jury or administrative
     * @param reason     10 to 500 characters; a rescoring before publication needs none
     * @param number     of the question
     * @param issue      the reported issue behind it
     * @param identity   as it is to be, for correct-identity
     */
    record ActRequest(
            @Nullable String kind,
            @Nullable String reasonCode,
            @Nullable String reason,
            @Nullable Integer number,
            @Nullable String issue,
            @Nullable Identity identity) {
        JuryAct read(LocalDate today) {
            Fields fields = new Fields();
            JuryAct act = new JuryActForm(
                            kind,
                            reasonCode,
                            reason,
                            number == null ? null : number.toString(),
                            issue,
                            identity == null ? null : identity.firstName(),
                            identity == null ? null : identity.lastName(),
                            identity == null ? null : identity.birthDate(),
                            identity == null ? null : identity.birthPlace())
                    .read(fields, today);
            fields.check();
            return act;
        }

        /** Never shows reason and identity. */
        @Override
        public String toString() {
            return "ActRequest[kind=" + kind + "]";
        }
    }

    /**
     * @param text            1 to 500 characters
     * @param forOrganisation whether the centre reads it
     */
    record CommentRequest(@Nullable String text, @Nullable Boolean forOrganisation) {}

    /** @param sessions finalised ones in which nothing asks for a look */
    record PublicationRequest(@Nullable List<@Nullable String> sessions) {}

    /**
     * @param issue      the reported issue
     * @param resolution neutralised, no-effect or withdrawn
     */
    record ResolutionRequest(
            @Nullable String issue, @Nullable String resolution) {}

    record Waiting(List<WaitingLine> items) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WaitingLine(
            UUID proposal, UUID exam, @Nullable UUID certificate, String kind, LocalDate expires, boolean mine) {}

    record Publications(List<Publication> items) {}

    /**
     * @param position ledger position of the publication; absent when it was refused
     * @param refusal  code of the rule; absent when it is published
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Publication(
            UUID session, @Nullable Long position, @Nullable String refusal) {}

    /** @param certificate nothing, issued, replaced or revoked */
    record PreviewAnswer(Result before, Result after, String certificate) {}

    /** @param cause why it is not validated; absent when it is */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            int asked,
            int neutralised,
            int correct,
            int ratePercent,
            String outcome,
            @Nullable String cause,
            int pix,
            List<Competence> competences) {}

    /**
     * @param rule    row of the scoring table that decided; absent when the rate alone did
     * @param verdict keep, downgrade or not-certified; absent with it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Competence(
            String competence,
            int positionedLevel,
            int positionedPix,
            int asked,
            int correct,
            int neutralised,
            @Nullable Integer rule,
            @Nullable String verdict,
            int level,
            int pix) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Question(
            int number,
            String competence,
            String skill,
            String challenge,
            @Nullable String outcome,
            @Nullable Boolean focusedOut,
            boolean neutralised,
            List<String> issues) {}

    /** @param progress waiting, outdated, confirmed or withdrawn */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProposalLine(
            UUID proposal,
            String kind,
            @Nullable Integer number,
            String reasonCode,
            UUID proposer,
            LocalDate expires,
            String progress) {}

    /** @param act what happened, in the words of the ledger without its feature: question-neutralised, exam-scored */
    record TimelineEntry(long position, Instant at, String act, UUID actor, String role) {}

    /**
     * An exam before its jury.
     *
     * @param scoring  number of the result that stands; absent as long as there is none
     * @param result   by the rules of the exam day
     * @param whatIf   the result by later rules, recorded nowhere; absent when none came since
     * @param position ledger position up to which it was read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Exam(
            UUID exam,
            UUID session,
            UUID learner,
            boolean published,
            String framework,
            String rules,
            String endReason,
            @Nullable Integer scoring,
            Result result,
            @Nullable Result whatIf,
            boolean cancelled,
            boolean fraud,
            List<Question> questions,
            List<ProposalLine> proposals,
            List<UUID> certificates,
            List<TimelineEntry> timeline,
            long position) {}

    @GetMapping("/api/v1/jury/certifications/{exam}")
    @Operation(
            operationId = "juryExam",
            summary = "An exam of a finalised session, how its result came about and what was done to it",
            description = "Roles: jury. Read from the ledger itself. Problems: not-found.")
    Exam exam(@PathVariable UUID exam, @Parameter(hidden = true) SignedIn jury) {
        return answer(juries.shown(juries.exam(exam), jury), jury);
    }

    @PostMapping("/api/v1/jury/certifications/{exam}/previews")
    @Operation(
            operationId = "previewJuryAct",
            summary = "What an act would change; deciding it gives just this",
            description = "Roles: jury. Records nothing. Problems: not-found, validation.")
    PreviewAnswer preview(
            @PathVariable UUID exam, @RequestBody ActRequest body, @Parameter(hidden = true) SignedIn jury) {
        Examination found = juries.shown(juries.exam(exam), jury);
        JuryAct act = body.read(ParisDays.of(clock.now()));
        Integer number = act.number();
        if (number != null && number > found.answers().size()) {
            Fields fields = new Fields();
            fields.refuse("/number", "range");
            fields.check();
        }
        Preview preview = found.preview(act.kind(), number, act.identity());
        return new PreviewAnswer(
                result(preview.before()),
                result(preview.after()),
                WireName.of(preview.certificate().kind()));
    }

    @PostMapping("/api/v1/jury/certifications/{exam}/acts")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "performJuryAct",
            summary = "Do something to an exam whose result is not published",
            description = "Roles: jury. What is done already changes nothing. Refusals: session-not-finalised,"
                    + " reason-too-short, unknown-question, second-person-required (published:"
                    + " propose it)." + ACT_PROBLEMS)
    ResponseEntity<Acknowledged> perform(
            @PathVariable UUID exam,
            @RequestBody ActRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        Examination found = juries.exam(exam);
        JuryAct act = body.read(ParisDays.of(clock.now()));
        return Acknowledged.done(dispatch.send(juries.perform(found, act), key, jury, Role.JURY));
    }

    @PostMapping("/api/v1/jury/certifications/{exam}/proposals")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "proposeJuryAct",
            summary = "Propose an act on a published result",
            description = "Roles: jury. Another member confirms it within 14 days. Refusals: not-published,"
                    + " reason-too-short, unknown-question, already-revoked, not-suspended." + ACT_PROBLEMS)
    ResponseEntity<Proposed> propose(
            @PathVariable UUID exam,
            @RequestBody ActRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        Examination found = juries.exam(exam);
        JuryAct act = body.read(ParisDays.of(clock.now()));
        return Proposed.answer(dispatch.send(juries.propose(found, act, key, jury), key, jury, Role.JURY), key);
    }

    @PostMapping("/api/v1/jury/certifications/{exam}/confirmations")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "confirmJuryAct",
            summary = "Confirm an act that somebody else proposed",
            description = "Roles: jury. Refusals: same-person, act-lapsed, state-changed-since-preview." + ACT_PROBLEMS)
    ResponseEntity<Acknowledged> confirm(
            @PathVariable UUID exam,
            @RequestBody SettlementRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        Examination found = juries.exam(exam);
        return Acknowledged.done(dispatch.send(juries.confirm(found, body.read(), jury), key, jury, Role.JURY));
    }

    @PostMapping("/api/v1/jury/certifications/{exam}/withdrawals")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "withdrawJuryAct",
            summary = "Take one's own proposal back",
            description = "Roles: jury. Refusals: state-changed-since-preview (confirmed meanwhile)." + ACT_PROBLEMS)
    ResponseEntity<Acknowledged> withdraw(
            @PathVariable UUID exam,
            @RequestBody SettlementRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        Examination found = juries.exam(exam);
        return Acknowledged.done(dispatch.send(juries.withdraw(found, body.read(), jury), key, jury, Role.JURY));
    }

    @PostMapping("/api/v1/jury/certifications/{exam}/comments")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "commentExam",
            summary = "Say something about an exam, for the centre or for juries only",
            description = "Roles: jury." + ACT_PROBLEMS)
    ResponseEntity<Acknowledged> comment(
            @PathVariable UUID exam,
            @RequestBody CommentRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        Examination found = juries.exam(exam);
        Fields fields = new Fields();
        String text = fields.text("/text", body.text(), JuryAct.LONGEST_REASON);
        fields.check();
        return Acknowledged.created(dispatch.send(
                new CommentExam(found.started().exam(), Boolean.TRUE.equals(body.forOrganisation()), text),
                key,
                jury,
                Role.JURY));
    }

    @GetMapping("/api/v1/jury/proposals")
    @Operation(
            operationId = "waitingJuryActs",
            summary = "Acts that wait for their second person, those that lapse first first",
            description = "Roles: jury. Problems: validation, view-behind.")
    Waiting waiting(@RequestParam(defaultValue = "0") long atLeast, @Parameter(hidden = true) SignedIn jury) {
        dispatch.await(SessionQueries.VIEW, atLeast);
        return new Waiting(juries.waiting().stream().map(act -> line(act, jury)).toList());
    }

    @PostMapping("/api/v1/jury/publications")
    @Operation(
            operationId = "publishSessions",
            summary = "Publish sessions in which nothing asks for a look",
            description = "Roles: jury. Each session is answered for: exam-in-error or blocking-issue keep it out."
                    + ACT_PROBLEMS)
    Publications publish(
            @RequestBody PublicationRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        Fields fields = new Fields();
        List<SessionId> wanted = new ArrayList<>();
        List<@Nullable String> ids = body.sessions();
        for (int index = 0; ids != null && index < ids.size(); index++) {
            wanted.add(new SessionId(fields.uuid("/sessions/" + index, ids.get(index))));
        }
        if (wanted.isEmpty()) {
            fields.refuse("/sessions", "missing");
        }
        fields.check();
        wanted.forEach(session -> sittings.ofJury(session.value()));
        return new Publications(juries.publish(wanted, key, jury).entrySet().stream()
                .map(published -> switch (published.getValue()) {
                    case Outcome.Recorded(long position, var _, var _, var _) ->
                        new Publication(published.getKey().value(), position, null);
                    case Outcome.Unchanged() ->
                        new Publication(published.getKey().value(), null, null);
                    case Outcome.Refused(var code, var _) ->
                        new Publication(published.getKey().value(), null, code.code());
                })
                .toList());
    }

    @PostMapping("/api/v1/sessions/{session}/officer")
    @Operation(
            operationId = "assignOfficer",
            summary = "Take charge of a finalised session",
            description = "Roles: jury. Repeating it changes nothing." + ACT_PROBLEMS)
    ResponseEntity<Acknowledged> takeCharge(
            @PathVariable UUID session,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        SessionId found = sittings.ofJury(session).session();
        return Acknowledged.done(dispatch.send(new AssignOfficer(found, jury.account()), key, jury, Role.JURY));
    }

    @PostMapping("/api/v1/sessions/{session}/issue-resolutions")
    @Operation(
            operationId = "resolveIssue",
            summary = "Settle a reported issue",
            description = "Roles: jury. Refusals: session-published." + ACT_PROBLEMS)
    ResponseEntity<Acknowledged> resolve(
            @PathVariable UUID session,
            @RequestBody ResolutionRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        SessionId found = sittings.ofJury(session).session();
        Fields fields = new Fields();
        UUID issue = fields.uuid("/issue", body.issue());
        Resolution resolution = fields.parsed(
                "/resolution",
                body.resolution(),
                text -> JuryActForm.constant(Resolution.values(), text),
                Resolution.NO_EFFECT);
        fields.check();
        return Acknowledged.done(dispatch.send(new ResolveIssue(found, issue, resolution), key, jury, Role.JURY));
    }

    private static WaitingLine line(WaitingAct act, SignedIn jury) {
        return new WaitingLine(
                act.act(),
                act.exam().value(),
                act.certificate() == null ? null : act.certificate().value(),
                WireName.of(act.kind()),
                act.expires(),
                act.proposer().equals(jury.account()));
    }

    private Exam answer(Examination found, SignedIn jury) {
        return new Exam(
                found.started().exam().value(),
                found.started().session().value(),
                found.started().learner().value(),
                found.published(),
                found.started().framework().value(),
                found.started().rules().value(),
                WireName.of(found.endReason()),
                found.scored().map(ExamScored::scoring).orElse(null),
                result(found.scoring()),
                found.whatIf(clock.now())
                        .map(whatIf -> result(whatIf.scoring()))
                        .orElse(null),
                found.record().cancelled(),
                found.record().fraud(),
                found.answers().stream().map(JuryResource::question).toList(),
                found.record().proposals().values().stream()
                        .map(JuryResource::proposal)
                        .toList(),
                found.certificates().stream()
                        .map(certified -> certified.issued().certificateId().value())
                        .toList(),
                TimelineLine.of(found, jury).stream()
                        .map(line -> new TimelineEntry(
                                line.entry().position(),
                                line.entry().at(),
                                line.key(),
                                line.entry().actor(),
                                WireName.of(line.entry().role())))
                        .toList(),
                found.position());
    }

    private static Question question(Examination.Answer answer) {
        return new Question(
                answer.number(),
                answer.competence().value(),
                answer.skill().value(),
                answer.challenge().value(),
                answer.outcome() == null ? null : WireName.of(answer.outcome()),
                answer.focusedOut(),
                answer.neutralised(),
                answer.issues().stream()
                        .map(issue -> issue.reported().category())
                        .toList());
    }

    private static ProposalLine proposal(Proposal proposal) {
        var proposed = proposal.proposed();
        return new ProposalLine(
                proposed.act(),
                WireName.of(proposed.kind()),
                proposed.parameters().number(),
                WireName.of(proposed.parameters().reasonCode()),
                proposed.proposer().value(),
                proposed.expires(),
                WireName.of(proposal.progress()));
    }

    private static Result result(ExamScoring scoring) {
        return new Result(
                scoring.asked(),
                scoring.neutralised(),
                scoring.correct(),
                scoring.ratePercent(),
                WireName.of(scoring.outcome()),
                scoring.cause().map(ExamScoring.Cause::wireName).orElse(null),
                scoring.totalPix().value(),
                scoring.competences().stream().map(JuryResource::competence).toList());
    }

    private static Competence competence(ScoredCompetence scored) {
        return new Competence(
                scored.competence().value(),
                scored.positionedLevel().value(),
                scored.positionedPix().value(),
                scored.asked(),
                scored.correct(),
                scored.neutralised(),
                scored.rule(),
                scored.verdict() == null ? null : WireName.of(scored.verdict()),
                scored.level().value(),
                scored.pix().value());
    }
}
