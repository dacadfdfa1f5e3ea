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
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Certification sessions for programs of heads and juries. */
@RestController
@Tag(name = "session")
class SessionResource {
    static final int LONGEST_BIRTH_PLACE = 100;
    static final int MOST_EXTRA_TIME = 100;

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Enrolments enrolments;
    private final Invigilators invigilators;
    private final Scheduling scheduling;
    private final DrawnCodes codes;

    SessionResource(
            Dispatch dispatch,
            Sittings sittings,
            Enrolments enrolments,
            Invigilators invigilators,
            Scheduling scheduling,
            DrawnCodes codes) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.enrolments = enrolments;
        this.invigilators = invigilators;
        this.scheduling = scheduling;
        this.codes = codes;
    }

    /**
     * @param date {@code 2022-05-16}
     * @param time {@code 08:30}, Europe/Paris
     * @param room as written on the door
     * @param invigilators accounts that may watch over it, at most 20; none = whoever holds the invigilators' code
     */
    record ScheduleRequest(
            @Nullable String date,
            @Nullable String time,
            @Nullable String room,
            @Nullable List<@Nullable String> invigilators) {}

    /**
     * A session with its codes, which are told to whoever planned it and to nobody else.
     *
     * @param number          what people call it by
     * @param accessCode      read out in the room
     * @param invigilatorCode for invigilators; kept nowhere in clear
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Scheduled(
            long position, UUID stream, @Nullable Integer seq, int number, String accessCode, String invigilatorCode) {}

    /**
     * A new code for invigilators, which is told to whoever drew it and to nobody else.
     *
     * @param invigilatorCode kept nowhere in clear
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CodeDrawn(long position, UUID stream, @Nullable Integer seq, String invigilatorCode) {}

    /**
     * @param learner          a pupil of the establishment
     * @param birthPlace       as the certificate will print it
     * @param extraTimePercent 0 to 100, 0 when left out
     */
    record CandidateRequest(
            @Nullable String learner,
            @Nullable String birthPlace,
            @Nullable Integer extraTimePercent) {}

    /** @param candidate the candidacy */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Enrolled(long position, UUID stream, @Nullable Integer seq, UUID candidate) {}

    /**
     * @param incident whether the centre reports one
     * @param absent   candidates who did not come
     * @param comment  for the jury, at most 500 characters; left out when there is none
     */
    record FinaliseRequest(
            @Nullable Boolean incident,
            @Nullable List<@Nullable String> absent,
            @Nullable String comment) {
        /** Never shows the comment. */
        @Override
        public String toString() {
            return "FinaliseRequest[incident=" + incident + "]";
        }
    }

    record Sessions(List<Session> items) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Session(
            UUID session,
            int number,
            String status,
            String centre,
            LocalDate date,
            String time,
            String room,
            @Nullable String accessCode,
            @Nullable List<UUID> invigilators,
            @Nullable List<Seat> candidates) {}

    /** @param status expected, present, admitted, running, alert, ended or absent */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Seat(
            UUID candidate,
            UUID learner,
            UUID exam,
            @Nullable String firstName,
            @Nullable String lastName,
            int extraTimePercent,
            String status,
            int questions,
            int answered,
            @Nullable String endReason,
            @Nullable String outcome,
            @Nullable Integer pix) {}

    @PostMapping("/api/v1/sessions")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "scheduleSession",
            summary = "Plan a session in the establishment's centre",
            description =
                    "Roles: head. The codes are shown here and nowhere else; repeating the command shows them again."
                            + " Refusals: date-in-past, date-too-far. Problems: not-found (no centre), validation,"
                            + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Scheduled> schedule(
            @RequestBody ScheduleRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        Fields fields = new Fields();
        List<AccountId> named = invigilators.read(fields, "/invigilators", body.invigilators(), head, List.of());
        Scheduling.Plan plan = Scheduling.plan(fields, body.date(), body.time(), body.room(), named);
        fields.check();
        Scheduling.Scheduled scheduled = scheduling.schedule(plan, key, head);
        DrawnCodes.Drawn drawn = scheduled.drawn();
        Done done = dispatch.done(drawn.session().value(), scheduled.outcome());
        return Acknowledged.answer(
                HttpStatus.CREATED,
                done,
                new Scheduled(
                        done.position(),
                        done.stream(),
                        done.seq(),
                        drawn.number(),
                        drawn.accessCode(),
                        drawn.invigilatorCode()));
    }

    @PostMapping("/api/v1/sessions/{session}/invigilator-code")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "drawInvigilatorCode",
            summary = "Draw another code for the invigilators",
            description = "Roles: head. The former code opens nothing any more. The new one is shown here and nowhere"
                    + " else; repeating the command shows it again. Refusals: session-finalised. Problems: not-found,"
                    + " refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<CodeDrawn> drawInvigilatorCode(
            @PathVariable UUID session,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        Scheduling.Redrawn redrawn = scheduling.redraw(sittings.ofHead(session, head), key, head);
        Done done = dispatch.done(session, redrawn.outcome());
        return Acknowledged.answer(
                HttpStatus.CREATED, done, new CodeDrawn(done.position(), done.stream(), done.seq(), redrawn.code()));
    }

    @GetMapping("/api/v1/sessions")
    @Allowed({Role.HEAD, Role.JURY})
    @Impersonal("sessions without their candidates")
    @Operation(
            operationId = "sessions",
            summary = "The newest sessions: of the establishment for a head, finalised ones for a jury",
            description = "Roles: head, jury. Problems: validation, view-behind.")
    Sessions sessions(@RequestParam(defaultValue = "0") long atLeast, @Parameter(hidden = true) SignedIn person) {
        dispatch.await(SessionQueries.VIEW, atLeast);
        return new Sessions(sittings.of(person).stream()
                .map(session -> answer(session, null, null))
                .toList());
    }

    @GetMapping("/api/v1/sessions/{session}")
    @Allowed({Role.HEAD, Role.JURY})
    @Operation(
            operationId = "session",
            summary = "A session and how far its candidates are",
            description =
                    "Roles: head of the establishment; jury once it is finalised. Problems: not-found, validation,"
                            + " view-behind.")
    Session session(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn person) {
        dispatch.await(SessionQueries.VIEW, atLeast);
        SessionView found = person.is(Role.JURY)
                ? sittings.shown(sittings.ofJury(session), person, Role.JURY)
                : sittings.shown(sittings.ofHead(session, person), person, Role.HEAD);
        boolean open = person.is(Role.HEAD) && found.status() == Status.CREATED;
        return answer(
                found,
                found.candidates().stream()
                        .map(candidate -> seat(found, candidate, person))
                        .toList(),
                open ? found.accessCode() : null);
    }

    @PostMapping("/api/v1/sessions/{session}/candidates")
    @Allowed(Role.HEAD)
    @Impersonal("the position of the enrolment")
    @Operation(
            operationId = "enrolCandidate",
            summary = "Make a pupil of the establishment a candidate",
            description =
                    "Roles: head. Names and birth date are the roster's. Refusals: session-finalised, session-full,"
                            + " already-candidate. Problems: not-found, validation, refused-by-rule,"
                            + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Enrolled> enrol(
            @PathVariable UUID session,
            @RequestBody CandidateRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        LearnerId learner = new LearnerId(fields.uuid("/learner", body.learner()));
        String birthPlace = fields.text("/birthPlace", body.birthPlace(), LONGEST_BIRTH_PLACE);
        Integer asked = body.extraTimePercent();
        int extraTime =
                fields.number("/extraTimePercent", asked == null ? Integer.valueOf(0) : asked, 0, MOST_EXTRA_TIME);
        fields.check();
        CandidateId candidate = codes.candidate(key.commandId(), learner);
        Done done = dispatch.send(
                enrolments.command(found, candidate, learner, extraTime, birthPlace), key, head, Role.HEAD);
        return Acknowledged.answer(
                HttpStatus.CREATED, done, new Enrolled(done.position(), done.stream(), done.seq(), candidate.value()));
    }

    @PostMapping("/api/v1/sessions/{session}/finalisation")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "finaliseSession",
            summary = "Close a session and hand it to the jury",
            description = "Roles: head. Refusals: no-candidate, exam-in-progress, absent-unknown, candidate-present,"
                + " presence-unstated (each names the candidates). Repeating it changes nothing. Problems: not-found,"
                + " validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> finalise(
            @PathVariable UUID session,
            @RequestBody FinaliseRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        Set<CandidateId> absent = new HashSet<>();
        List<@Nullable String> named = body.absent() == null ? List.of() : body.absent();
        for (int i = 0; i < named.size(); i++) {
            absent.add(new CandidateId(fields.uuid("/absent/" + i, named.get(i))));
        }
        if (body.incident() == null) {
            fields.refuse("/incident", "missing");
        }
        FinaliseSession.Comment comment = SessionPages.comment(fields, body.comment(), head);
        fields.check();
        return Acknowledged.done(dispatch.send(
                new FinaliseSession(found.session(), Boolean.TRUE.equals(body.incident()), absent, comment),
                key,
                head,
                Role.HEAD));
    }

    @PostMapping("/api/v1/sessions/{session}/publication")
    @Allowed(Role.JURY)
    @Operation(
            operationId = "publishSession",
            summary = "Make the results of a session official",
            description =
                    "Roles: jury. Refusals: exam-in-error (names the exams). Repeating it changes nothing. Problems:"
                            + " not-found, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> publish(
            @PathVariable UUID session,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn jury) {
        SessionView found = sittings.ofJury(session);
        return Acknowledged.done(dispatch.send(new PublishSession(found.session()), key, jury, Role.JURY));
    }

    private static Session answer(SessionView session, @Nullable List<Seat> candidates, @Nullable String accessCode) {
        return new Session(
                session.session().value(),
                session.number(),
                WireName.of(session.status()),
                session.centreName(),
                session.plannedDate(),
                session.plannedTime(),
                session.room(),
                accessCode,
                candidates == null
                        ? null
                        : session.invigilators().stream().map(AccountId::value).toList(),
                candidates);
    }

    /** What an exam is worth is the jury's matter until it is published. */
    private static Seat seat(SessionView session, Candidate candidate, SignedIn reader) {
        boolean official = reader.is(Role.JURY) || session.status() == Status.PROCESSED;
        return new Seat(
                candidate.candidate().value(),
                candidate.learner().value(),
                candidate.exam().value(),
                candidate.firstName(),
                candidate.lastName(),
                candidate.extraTimePercent(),
                SeatStatus.of(session, candidate).text(),
                candidate.questions(),
                candidate.answered(),
                wireName(candidate.endReason()),
                official ? wireName(candidate.outcome()) : null,
                official ? candidate.totalPix() : null);
    }

    private static @Nullable String wireName(@Nullable String constant) {
        return constant == null ? null : WireName.of(constant);
    }
}
