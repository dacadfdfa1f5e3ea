package fr.grandlivre.api.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.EvaluationCommand;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A learner's program asks for the due question and answers it. The account of the token is the learner. */
@RestController
@Tag(name = "evaluation")
@Allowed(Role.LEARNER)
class EvaluationResource {
    private final Asking asking;
    private final EvaluationQueries evaluations;
    private final Frameworks frameworks;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final CampaignPassages campaigns;

    EvaluationResource(
            Asking asking,
            EvaluationQueries evaluations,
            Frameworks frameworks,
            Dispatch dispatch,
            ServerClock clock,
            CampaignPassages campaigns) {
        this.asking = asking;
        this.evaluations = evaluations;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
        this.clock = clock;
        this.campaigns = campaigns;
    }

    private @Nullable Within within(@Nullable UUID participation, SignedIn caller) {
        return participation == null
                ? null
                : campaigns
                        .passing(learner(caller), new ParticipationId(participation))
                        .within();
    }

    /**
     * What is to be answered next.
     *
     * @param competence code
     * @param framework  version in force
     * @param finished   whether nothing is left to ask in this pass
     * @param number     of the due question in this pass, from 1; absent when finished
     * @param challenge  its id; absent when finished
     * @param kind       qcu, qcm, qroc or qrocm; absent when finished
     * @param timerMs    time allowed; absent when untimed
     * @param startedAt  when its clock started; absent before
     * @param endsAt     when its time is over; absent before
     * @param focus      whether leaving the page is to be reported; absent when finished
     * @param question   the content; absent when finished and while a timed challenge is not started
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Next(
            String competence,
            String framework,
            boolean finished,
            @Nullable Integer number,
            @Nullable String challenge,
            @Nullable String kind,
            @Nullable Long timerMs,
            @Nullable Instant startedAt,
            @Nullable Instant endsAt,
            @Nullable Boolean focus,
            @Nullable Question question) {}

    /**
     * Names a timed challenge.
     *
     * @param challenge     the due one
     * @param participation passage in a campaign within which it is asked; absent outside campaigns
     */
    @Schema(example = "{\"challenge\":\"mediaFileQuality1a\"}")
    record TimerRequest(
            @Nullable String challenge, @Nullable UUID participation) {}

    @GetMapping("/api/v1/evaluations/{competence}/next")
    @Operation(
            operationId = "nextChallenge",
            summary = "The challenge that is due, without its solutions",
            description = "Roles: learner. The same at every reading until it is answered. Problems: not-found.")
    Next next(
            @PathVariable CompetenceCode competence,
            @RequestParam(required = false) @Nullable UUID participation,
            @Parameter(hidden = true) SignedIn caller) {
        Asking.Asked asked = asking.next(learner(caller), competence, within(participation, caller));
        Optional<Challenge> due = asked.due();
        return new Next(
                competence.value(),
                asked.framework().version().value(),
                due.isEmpty(),
                due.map(_ -> asked.number()).orElse(null),
                due.map(challenge -> challenge.id().value()).orElse(null),
                due.map(Question::kind).orElse(null),
                due.flatMap(Challenge::timer).map(Duration::toMillis).orElse(null),
                asked.startedAt().orElse(null),
                asked.endsAt().orElse(null),
                due.map(Challenge::focus).orElse(null),
                due.filter(_ -> asked.open())
                        .map(challenge -> Question.of(challenge, LocaleContextHolder.getLocale()))
                        .orElse(null));
    }

    @GetMapping("/api/v1/evaluations/{competence}/answers/{answer}")
    @Operation(
            operationId = "answerFeedback",
            summary = "What became of an answer, the expected one and why",
            description = "Roles: learner, for the own answers. Problems: not-found.")
    Feedback answer(
            @PathVariable CompetenceCode competence,
            @PathVariable UUID answer,
            @Parameter(hidden = true) SignedIn caller) {
        LearnerId learner = learner(caller);
        return evaluations
                .answer(learner, competence, new AnswerId(answer))
                .map(view -> Feedback.of(
                        view,
                        frameworks.of(view.given().recorded().framework()),
                        evaluations.tutorials(learner),
                        evaluations.useful(),
                        LocaleContextHolder.getLocale()))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    @PostMapping("/api/v1/evaluations/{competence}/answers")
    @Operation(
            operationId = "recordAnswer",
            summary = "Answer the due challenge",
            description =
                    "Roles: learner. Exactly one of choices, fields and skipped. The Idempotency-Key becomes the id of"
                        + " the answer. Problems: malformed-request, not-found, validation (rule answer-shape),"
                        + " refused-by-rule (already-answered, not-the-due-challenge, nothing-to-ask, not-started).")
    ResponseEntity<Acknowledged> answer(
            @PathVariable CompetenceCode competence,
            @RequestBody AnswerRequest request,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn caller) {
        Instant receivedAt = clock.now();
        AnswerRequest.Parsed parsed = request.parse();
        return send(
                new RecordAnswer(
                        new AnswerId(key.commandId()),
                        learner(caller),
                        competence,
                        parsed.challenge(),
                        parsed.response(),
                        request.focusedOut(),
                        within(request.participation(), caller),
                        receivedAt),
                key,
                caller);
    }

    @PostMapping("/api/v1/evaluations/{competence}/timers")
    @Operation(
            operationId = "startTimer",
            summary = "Start the clock of the due challenge; the first start counts",
            description = "Roles: learner. Problems: malformed-request, not-found, validation, refused-by-rule"
                    + " (already-answered, not-the-due-challenge, nothing-to-ask).")
    ResponseEntity<Acknowledged> timer(
            @PathVariable CompetenceCode competence,
            @RequestBody TimerRequest request,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn caller) {
        Instant receivedAt = clock.now();
        ChallengeId challenge = AnswerRequest.challengeId(request.challenge());
        return send(
                new StartTimer(
                        learner(caller), competence, challenge, within(request.participation(), caller), receivedAt),
                key,
                caller);
    }

    @PostMapping("/api/v1/evaluations/{competence}/improvements")
    @Operation(
            operationId = "improveCompetence",
            summary = "Take a competence up again: failed skills are open once more",
            description =
                    "Roles: learner. No body. Problems: not-found, refused-by-rule (not-started, too-early with from,"
                            + " nothing-to-improve).")
    ResponseEntity<Acknowledged> improve(
            @PathVariable CompetenceCode competence,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn caller) {
        return send(new ImproveCompetence(learner(caller), competence), key, caller);
    }

    @PostMapping("/api/v1/evaluations/{competence}/resets")
    @Operation(
            operationId = "resetCompetence",
            summary = "Start a competence from nothing again; history stays",
            description =
                    "Roles: learner. No body. Problems: not-found, refused-by-rule (not-started, too-early with from).")
    ResponseEntity<Acknowledged> reset(
            @PathVariable CompetenceCode competence,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn caller) {
        return send(new ResetCompetence(key.commandId(), learner(caller), competence), key, caller);
    }

    private ResponseEntity<Acknowledged> send(EvaluationCommand command, CommandKey key, SignedIn caller) {
        return Acknowledged.recorded(dispatch.send(command, key, caller, Role.LEARNER));
    }

    static LearnerId learner(SignedIn caller) {
        return new LearnerId(caller.account().value());
    }
}
