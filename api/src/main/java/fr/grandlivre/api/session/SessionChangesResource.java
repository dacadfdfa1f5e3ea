package fr.grandlivre.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.CorrectCandidate;
import fr.grandlivre.command.session.SessionCommand.NameInvigilators;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.command.session.SessionCommand.RescheduleSession;
import fr.grandlivre.command.session.SessionCommand.WithdrawCandidate;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Issue;
import fr.grandlivre.rules.ParisDays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** Changes to a planned session, for programs of heads. */
@RestController
@Tag(name = "session")
@Allowed(Role.HEAD)
class SessionChangesResource {
    private final Dispatch dispatch;
    private final Sittings sittings;
    private final SessionQueries sessions;
    private final Enrolments enrolments;
    private final Invigilators invigilators;
    private final DrawnCodes codes;
    private final ServerClock clock;

    SessionChangesResource(
            Dispatch dispatch,
            Sittings sittings,
            SessionQueries sessions,
            Enrolments enrolments,
            Invigilators invigilators,
            DrawnCodes codes,
            ServerClock clock) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.sessions = sessions;
        this.enrolments = enrolments;
        this.invigilators = invigilators;
        this.codes = codes;
        this.clock = clock;
    }

    /**
     * @param date   {@code 2022-05-16}
     * @param time   {@code 08:30}, Europe/Paris
     * @param room   as written on the door
     * @param reason 1 to 500 characters, naming nobody
     */
    record PlanRequest(
            @Nullable String date,
            @Nullable String time,
            @Nullable String room,
            @Nullable String reason) {}

    /** What is known of a candidate, whole. */
    record CorrectionRequest(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String birthDate,
            @Nullable String birthPlace,
            @Nullable Integer extraTimePercent) {
        /** Never shows who it is. */
        @Override
        public String toString() {
            return "CorrectionRequest";
        }
    }

    /**
     * @param candidate   whom it concerns; left out when it concerns the whole session
     * @param category    code
     * @param number      of the question; left out when none
     * @param description up to 500 characters
     */
    record IssueRequest(
            @Nullable String candidate,
            @Nullable String category,
            @Nullable Integer number,
            @Nullable String description) {
        /** Never shows what was written. */
        @Override
        public String toString() {
            return "IssueRequest[" + category + "]";
        }
    }

    /** @param invigilators accounts, at most 20 */
    record InvigilatorsRequest(@Nullable List<@Nullable String> invigilators) {}

    record InvigilatorList(List<KnownInvigilator> items) {}

    /** @param name last name, first name; absent when erased */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KnownInvigilator(UUID account, @Nullable String name) {}

    /** @param csv text of the file, header included */
    record FileRequest(@Nullable String csv) {
        /** Never shows who is in it. */
        @Override
        public String toString() {
            return "FileRequest";
        }
    }

    /** @param problem why the line cannot be accepted; absent when it can */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileLine(int line, @Nullable String problem) {}

    /** @param accepted whether every line can be accepted */
    record FilePreview(boolean accepted, List<FileLine> lines) {}

    record IssueList(List<ReportedIssue> items) {}

    /** @param resolution neutralised, no-effect or withdrawn; absent as long as it is not settled */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportedIssue(
            UUID issue,
            @Nullable UUID candidate,
            String category,
            @Nullable Integer number,
            @Nullable String description,
            @Nullable String resolution) {}

    @PostMapping("/api/v1/sessions/{session}/plan")
    @Operation(
            operationId = "rescheduleSession",
            summary = "Move a session to another day, time or room",
            description = "Roles: head. What was planned stays readable. Refusals: date-in-past, date-too-far,"
                    + " session-finalised, exam-already-started. Problems: not-found, validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> reschedule(
            @PathVariable UUID session,
            @RequestBody PlanRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        RescheduleSession command =
                Scheduling.reschedule(fields, found.session(), body.date(), body.time(), body.room(), body.reason());
        fields.check();
        return send(command, key, head);
    }

    @PostMapping("/api/v1/sessions/{session}/invigilators")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "nameInvigilators",
            summary = "Say who may watch over a session, in the place of those named before",
            description = "Roles: head. Accounts of the establishment's invigilators, at most 20; none = whoever holds"
                    + " the invigilators' code. Refusals: session-finalised. Problems: not-found, validation,"
                    + " refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> nameInvigilators(
            @PathVariable UUID session,
            @RequestBody InvigilatorsRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        List<AccountId> chosen =
                invigilators.read(fields, "/invigilators", body.invigilators(), head, found.invigilators());
        fields.check();
        return send(new NameInvigilators(found.session(), chosen), key, head);
    }

    @GetMapping("/api/v1/invigilators")
    @Operation(
            operationId = "invigilators",
            summary = "Who can be named for a session of the establishment",
            description = "Roles: head. Everybody with the role of invigilator who told the establishment a name."
                    + " Problems: view-behind.")
    InvigilatorList invigilators(
            @RequestParam(defaultValue = "0") long atLeast, @Parameter(hidden = true) SignedIn head) {
        dispatch.await(SessionQueries.VIEW, atLeast);
        return new InvigilatorList(invigilators.toName(head, List.of()).stream()
                .map(member -> new KnownInvigilator(member.account().value(), member.name()))
                .toList());
    }

    @PostMapping("/api/v1/sessions/{session}/candidates/{candidate}/correction")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "correctCandidate",
            summary = "Put right what is known of a candidate before the exam",
            description = "Roles: head. Refusals: session-finalised, extra-time-range, birth-place-missing,"
                    + " exam-already-started. Problems: not-found, validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> correct(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody CorrectionRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        Candidate known = Sittings.candidate(found, candidate);
        Fields fields = new Fields();
        CorrectCandidate command = CandidatePages.correction(
                fields,
                found,
                known,
                body.firstName(),
                body.lastName(),
                body.birthDate(),
                body.birthPlace(),
                body.extraTimePercent() == null ? null : body.extraTimePercent().toString(),
                ParisDays.of(clock.now()));
        fields.check();
        return send(command, key, head);
    }

    @PostMapping("/api/v1/sessions/{session}/candidates/{candidate}/withdrawal")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "withdrawCandidate",
            summary = "Take a candidate off a session before the exam",
            description = "Roles: head. Refusals: session-finalised, exam-already-started. Problems: not-found,"
                    + " refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> withdraw(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        return send(
                new WithdrawCandidate(
                        found.session(), Sittings.candidate(found, candidate).candidate()),
                key,
                head);
    }

    @PostMapping("/api/v1/sessions/{session}/candidate-files/preview")
    @Impersonal("numbers of lines, and what is wrong with them")
    @Operation(
            operationId = "previewCandidateFile",
            summary = "Say what a file of candidates would do, line by line",
            description = "Roles: head. Nobody is enrolled. Problems: not-found, validation.")
    FilePreview preview(
            @PathVariable UUID session, @RequestBody FileRequest body, @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        CandidateFile file = CandidateFile.read(
                body.csv() == null ? "" : body.csv(), found, enrolments, learner -> codes.candidate(session, learner));
        return new FilePreview(
                file.accepted(),
                file.lines().stream()
                        .map(line -> new FileLine(line.number(), line.problem()))
                        .toList());
    }

    @PostMapping("/api/v1/sessions/{session}/candidate-files")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "enrolCandidateFile",
            summary = "Enrol the candidates of a file, all of them or none",
            description = "Roles: head. Refusals: session-finalised, session-full, already-candidate. Problems:"
                    + " not-found, validation (with the lines), refused-by-rule, idempotency-key-missing,"
                    + " idempotency-key-reused.")
    ResponseEntity<Acknowledged> enrolFile(
            @PathVariable UUID session,
            @RequestBody FileRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        CandidateFile file = CandidateFile.read(
                body.csv() == null ? "" : body.csv(),
                found,
                enrolments,
                learner -> codes.candidate(key.commandId(), learner));
        Fields fields = new Fields();
        file.lines().stream()
                .filter(line -> line.problem() != null)
                .forEach(line -> fields.refuse("/csv/" + line.number(), "session.file." + line.problem()));
        if (file.lines().isEmpty()) {
            fields.refuse("/csv", "missing");
        }
        fields.check();
        return send(file.command(found.session()), key, head);
    }

    @GetMapping("/api/v1/sessions/{session}/issues")
    @Operation(
            operationId = "sessionIssues",
            summary = "What was reported to the jury",
            description = "Roles: head. Problems: not-found, validation, view-behind.")
    IssueList issues(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn head) {
        dispatch.await(SessionQueries.VIEW, atLeast);
        SessionView found = sittings.shown(sittings.ofHead(session, head), head, Role.HEAD);
        return new IssueList(sessions.issues(found.session()).stream()
                .map(SessionChangesResource::reported)
                .toList());
    }

    private static ReportedIssue reported(Issue issue) {
        return new ReportedIssue(
                issue.issue(),
                issue.candidate() == null ? null : issue.candidate().value(),
                issue.category(),
                issue.number(),
                issue.description(),
                issue.resolution() == null ? null : WireName.of(issue.resolution()));
    }

    @PostMapping("/api/v1/sessions/{session}/issues")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "reportIssue",
            summary = "Report an issue to the jury",
            description = "Roles: head. Refusals: category-unknown, category-deprecated, question-required,"
                    + " unknown-question, session-published. Problems: not-found, validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> report(
            @PathVariable UUID session,
            @RequestBody IssueRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        ReportIssue command = Issues.command(
                fields,
                found,
                key.commandId(),
                body.candidate(),
                body.category(),
                body.number() == null ? null : body.number().toString(),
                body.description(),
                head);
        fields.check();
        Done done = dispatch.send(command, key, head, Role.HEAD);
        return Acknowledged.recorded(done);
    }

    private ResponseEntity<Acknowledged> send(Command command, CommandKey key, SignedIn head) {
        return Acknowledged.done(dispatch.send(command, key, head, Role.HEAD));
    }
}
