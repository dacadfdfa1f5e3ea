package fr.grandlivre.api.session;

import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.InvigilatorAct;
import fr.grandlivre.command.session.SessionCommand.ResolveAlert;
import fr.grandlivre.command.session.SessionCommand.RestoreTime;
import fr.grandlivre.command.session.SessionCommand.WithdrawAdmission;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What invigilators do to candidates, for their programs: each act carries the session's code. */
@RestController
@Tag(name = "session")
@Allowed(Role.INVIGILATOR)
class InvigilationResource {
    private static final int LONGEST_CODE = 100;
    private static final String SEAT = "/api/v1/sessions/{session}/candidates/{candidate}";

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Invigilation invigilation;

    InvigilationResource(Dispatch dispatch, Sittings sittings, Invigilation invigilation) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.invigilation = invigilation;
    }

    /** @param invigilatorCode of the session */
    record InvigilatorRequest(@Nullable String invigilatorCode) {}

    /**
     * @param invigilatorCode of the session
     * @param alert           the open one
     * @param resolution      replaced or dismissed
     */
    record AlertResolutionRequest(
            @Nullable String invigilatorCode,
            @Nullable String alert,
            @Nullable String resolution) {}

    /**
     * @param invigilatorCode of the session
     * @param minutes         to give back, 1 to 30
     */
    record TimeRequest(
            @Nullable String invigilatorCode, @Nullable Integer minutes) {}

    /**
     * @param invigilatorCode of the session
     * @param reason          invigilator or technical
     */
    record EndRequest(
            @Nullable String invigilatorCode, @Nullable String reason) {}

    @PostMapping(SEAT + "/presence")
    @Operation(
            operationId = "confirmPresence",
            summary = "Say that a candidate is in the room",
            description =
                    "Roles: invigilator with the session's code. Refusals: wrong-invigilator-code, session-finalised,"
                            + " exam-ended. Problems: not-found, forbidden, rate-limited, validation,"
                            + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> confirmPresence(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody InvigilatorRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person,
            HttpServletResponse response) {
        return onSeat(session, candidate, body, ConfirmPresence::new, key, person, response);
    }

    @PostMapping(SEAT + "/admission")
    @Operation(
            operationId = "grantAdmission",
            summary = "Let a candidate in, once",
            description = "Roles: invigilator with the session's code. Each entry uses an admission up. Refusals:"
                    + " wrong-invigilator-code, session-finalised, not-present, exam-ended. Problems: not-found,"
                    + " forbidden, rate-limited, validation, refused-by-rule, idempotency-key-missing,"
                    + " idempotency-key-reused.")
    ResponseEntity<Acknowledged> grantAdmission(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody InvigilatorRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person,
            HttpServletResponse response) {
        return onSeat(session, candidate, body, GrantAdmission::new, key, person, response);
    }

    @PostMapping(SEAT + "/admission/withdrawal")
    @Operation(
            operationId = "withdrawAdmission",
            summary = "Take an admission back that was not used",
            description =
                    "Roles: invigilator with the session's code. Refusals: wrong-invigilator-code, session-finalised,"
                            + " exam-ended. Problems: not-found, forbidden, rate-limited, validation,"
                            + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> withdrawAdmission(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody InvigilatorRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person,
            HttpServletResponse response) {
        return onSeat(session, candidate, body, WithdrawAdmission::new, key, person, response);
    }

    @PostMapping(SEAT + "/alert-resolution")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "resolveExamAlert",
            summary = "Replace the question of an alert, or leave it",
            description = "Roles: invigilator with the session's code. Refusals: exam-not-started, exam-ended,"
                    + " no-open-alert, no-replacement. Problems: not-found, forbidden (another code), rate-limited,"
                    + " validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> resolveAlert(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody AlertResolutionRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person,
            HttpServletResponse response) {
        Fields fields = new Fields();
        UUID alert = fields.uuid("/alert", body.alert());
        AlertResolution resolution = fields.parsed(
                "/resolution",
                body.resolution(),
                name -> constant(AlertResolution.class, name),
                AlertResolution.DISMISSED);
        return onExam(
                session,
                candidate,
                body.invigilatorCode(),
                fields,
                seat -> new ResolveAlert(seat.exam(), alert, resolution),
                key,
                person,
                response);
    }

    @PostMapping(SEAT + "/restored-time")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "restoreExamTime",
            summary = "Give time back that a candidate spent waiting",
            description = "Roles: invigilator with the session's code. At most 30 minutes in all. Refusals:"
                    + " exam-not-started, exam-ended, time-range. Problems: not-found, forbidden (another code),"
                    + " rate-limited, validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> restoreTime(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody TimeRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person,
            HttpServletResponse response) {
        Fields fields = new Fields();
        int minutes = fields.number("/minutes", body.minutes(), 1, InvigilationPages.MOST_RESTORED_MINUTES);
        return onExam(
                session,
                candidate,
                body.invigilatorCode(),
                fields,
                seat -> new RestoreTime(seat.exam(), Duration.ofMinutes(minutes)),
                key,
                person,
                response);
    }

    @PostMapping(SEAT + "/end")
    @Impersonal("the position of the act")
    @Operation(
            operationId = "endExamByInvigilator",
            summary = "End a candidate's exam",
            description = "Roles: invigilator with the session's code. After a technical end the questions without an"
                    + " answer do not count. Refusals: exam-not-started. Problems: not-found, forbidden (another code),"
                    + " rate-limited, validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> end(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestBody EndRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person,
            HttpServletResponse response) {
        Fields fields = new Fields();
        EndReason reason = fields.parsed(
                "/reason",
                body.reason(),
                name -> InvigilationPages.endReason(name.toUpperCase(Locale.ROOT)),
                EndReason.INVIGILATOR);
        return onExam(
                session,
                candidate,
                body.invigilatorCode(),
                fields,
                seat -> new EndExam(seat.exam(), reason),
                key,
                person,
                response);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    /** An act that the session decides, code and all. */
    private interface SeatAct {
        InvigilatorAct of(SessionId session, CandidateId candidate, String invigilatorCodeMac);
    }

    private ResponseEntity<Acknowledged> onSeat(
            UUID session,
            UUID candidate,
            InvigilatorRequest body,
            SeatAct act,
            CommandKey key,
            SignedIn person,
            HttpServletResponse response) {
        int number = sittings.watchedBy(session, person).number();
        Fields fields = new Fields();
        String code = fields.text("/invigilatorCode", body.invigilatorCode(), LONGEST_CODE);
        fields.check();
        InvigilatorAct command =
                act.of(new SessionId(session), new CandidateId(candidate), invigilation.mac(number, code));
        return Acknowledged.done(dispatch.done(command, invigilation.act(command, key, person, response)));
    }

    /** Acts that the exam itself decides: the code is asked for here. */
    private ResponseEntity<Acknowledged> onExam(
            UUID session,
            UUID candidate,
            @Nullable String code,
            Fields fields,
            Function<Candidate, Command> act,
            CommandKey key,
            SignedIn person,
            HttpServletResponse response) {
        SessionView found = sittings.watchedBy(session, person);
        String typed = fields.text("/invigilatorCode", code, LONGEST_CODE);
        fields.check();
        invigilation.require(found, typed, person, response);
        Command command = act.apply(Sittings.candidate(found, candidate));
        Outcome outcome = dispatch.outcome(command, key, person, Role.INVIGILATOR);
        return Acknowledged.done(dispatch.done(command, outcome));
    }
}
