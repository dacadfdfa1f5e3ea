package fr.grandlivre.api.campaign;

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
import fr.grandlivre.command.campaign.CampaignCommand;
import fr.grandlivre.command.campaign.CampaignCommand.AmendCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CloseCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.campaign.CampaignBoard;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.campaign.Participant;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.framework.Framework;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns for the programs of a school, and participations for those of learners. */
@RestController
@Tag(name = "campaign")
class CampaignResource {
    private final Campaigns campaigns;
    private final CampaignQueries queries;
    private final Participations participations;
    private final Dispatch dispatch;

    CampaignResource(Campaigns campaigns, CampaignQueries queries, Participations participations, Dispatch dispatch) {
        this.campaigns = campaigns;
        this.queries = queries;
        this.participations = participations;
        this.dispatch = dispatch;
    }

    /**
     * What a campaign says.
     *
     * @param title       1..120 characters
     * @param audience    levels of schooling: 6e 5e 4e 3e 2de 1re Tle
     * @param competences asked with all their subjects
     * @param tubes       subjects asked alone
     * @param opensOn     first day
     * @param closesOn    last day, inclusive
     */
    @Schema(
            example = "{\"title\":\"Rentrée 3e\",\"audience\":[\"3e\"],\"competences\":[\"1.1\"],\"tubes\":[],"
                    + "\"opensOn\":\"2022-05-16\",\"closesOn\":\"2022-05-30\"}")
    record PlanRequest(
            @Nullable String title,
            @Nullable List<String> audience,
            @Nullable List<String> competences,
            @Nullable List<String> tubes,
            @Nullable String opensOn,
            @Nullable String closesOn) {
        Plan parse(Campaigns campaigns, Framework framework) {
            Fields fields = new Fields();
            Plan plan = campaigns.plan(
                    fields,
                    title,
                    orNone(audience),
                    Campaigns.target(fields, orNone(competences), orNone(tubes), framework),
                    opensOn,
                    closesOn);
            fields.check();
            return plan;
        }

        private static List<String> orNone(@Nullable List<String> given) {
            return given == null ? List.of() : given;
        }
    }

    /** @param reason {@code finished} or {@code mistake} */
    record ClosureRequest(@Nullable String reason) {}

    record Items(List<Item> items) {}

    /**
     * A campaign.
     *
     * @param phase        not-open, open or closed
     * @param target       by competence; {@code tubes} absent for all of the competence
     * @param started      number of participants; absent in lists
     * @param participants latest attempts; absent in lists
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            UUID campaign,
            String code,
            String title,
            String phase,
            List<String> audience,
            List<Targeted> target,
            Instant opensAt,
            Instant closesAt,
            @Nullable Integer started,
            @Nullable Integer completed,
            @Nullable Integer shared,
            @Nullable Integer meanPercent,
            @Nullable List<Attempt> participants) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Targeted(String competence, @Nullable List<String> tubes) {}

    /** @param masteryPercent of the results that were sent; absent before */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attempt(
            UUID learner,
            int attempt,
            String status,
            @Nullable Integer masteryPercent) {}

    /**
     * A learner before a campaign.
     *
     * @param step          not-open, closed, wrong-audience, ready, running, completed or shared
     * @param participation the latest attempt; absent before the first
     * @param competence    with something left to ask; absent when nothing is
     * @param retryFrom     first instant of another attempt; absent while results are not sent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Standing(
            String title,
            String step,
            @Nullable UUID participation,
            @Nullable String competence,
            @Nullable Instant retryFrom,
            Instant opensAt,
            Instant closesAt) {}

    @GetMapping("/api/v1/campaigns")
    @Allowed({Role.TEACHER, Role.HEAD})
    @Impersonal("campaigns without their participants")
    @Operation(
            operationId = "campaigns",
            summary = "The campaigns of the caller's establishment, newest first",
            description = "Roles: teacher, head. Problems: not-found, validation, view-behind.")
    Items list(@RequestParam(defaultValue = "0") long atLeast, @Parameter(hidden = true) SignedIn teacher) {
        dispatch.await(CampaignQueries.VIEW, atLeast);
        return new Items(queries.ofSchool(campaigns.school(teacher)).stream()
                .map(terms -> item(terms, null))
                .toList());
    }

    @PostMapping("/api/v1/campaigns")
    @Allowed({Role.TEACHER, Role.HEAD})
    @Operation(
            operationId = "openCampaign",
            summary = "Open a campaign; its id is the Idempotency-Key",
            description = "Roles: teacher, head. Refusals: dates-inverted, audience-empty, target-empty, unknown-tube,"
                    + " code-space-exhausted. Problems: not-found, validation.")
    ResponseEntity<Acknowledged> open(
            @RequestBody PlanRequest request,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn teacher) {
        OpenCampaign command = new OpenCampaign(
                new CampaignId(key.commandId()),
                campaigns.school(teacher),
                request.parse(campaigns, campaigns.framework()),
                null);
        return Acknowledged.created(dispatch.send(command, key, teacher, Campaigns.as(teacher)));
    }

    @GetMapping("/api/v1/campaigns/{campaign}")
    @Allowed({Role.TEACHER, Role.HEAD})
    @Operation(
            operationId = "campaign",
            summary = "A campaign of the caller's establishment with its participants",
            description = "Roles: teacher, head. Problems: not-found, validation, view-behind.")
    Item campaign(
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn teacher) {
        dispatch.await(CampaignQueries.VIEW, atLeast);
        CampaignBoard board =
                campaigns.shown(campaigns.board(teacher, campaign), teacher, FieldsClass.RESULTS, Set.of());
        return item(board.terms(), board);
    }

    @PostMapping("/api/v1/campaigns/{campaign}/amendments")
    @Allowed({Role.TEACHER, Role.HEAD})
    @Operation(
            operationId = "amendCampaign",
            summary = "Say anew what a campaign says; its target as long as nobody takes part",
            description = "Roles: teacher, head. Refusals: dates-inverted, audience-empty, target-empty, unknown-tube,"
                    + " campaign-closed, campaign-started. Problems: not-found, validation.")
    ResponseEntity<Acknowledged> amend(
            @PathVariable UUID campaign,
            @RequestBody PlanRequest request,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn teacher) {
        CampaignTerms terms = campaigns.terms(teacher, campaign);
        Plan plan = request.parse(campaigns, campaigns.framework(terms));
        return done(new AmendCampaign(terms.campaign(), terms.school(), plan), key, teacher);
    }

    @PostMapping("/api/v1/campaigns/{campaign}/closure")
    @Allowed({Role.TEACHER, Role.HEAD})
    @Operation(
            operationId = "closeCampaign",
            summary = "End a campaign now",
            description = "Roles: teacher, head. Problems: not-found, validation.")
    ResponseEntity<Acknowledged> close(
            @PathVariable UUID campaign,
            @RequestBody ClosureRequest request,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn teacher) {
        CampaignTerms terms = campaigns.terms(teacher, campaign);
        Fields fields = new Fields();
        ClosingReason reason = fields.parsed(
                "/reason",
                request.reason(),
                text -> ClosingReason.valueOf(text.toUpperCase(Locale.ROOT)),
                ClosingReason.FINISHED);
        fields.check();
        return done(new CloseCampaign(terms.campaign(), terms.school(), reason), key, teacher);
    }

    private ResponseEntity<Acknowledged> done(CampaignCommand command, CommandKey key, SignedIn teacher) {
        return Acknowledged.done(dispatch.send(command, key, teacher, Campaigns.as(teacher)));
    }

    @GetMapping("/api/v1/participations/{parcours}")
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "participation",
            summary = "Where the learner stands in the campaign of a code",
            description = "Roles: learner. Problems: not-found, rate-limited (wrong codes).")
    Standing standing(
            @PathVariable String parcours,
            @Parameter(hidden = true) SignedIn learner,
            @Parameter(hidden = true) HttpServletResponse response) {
        CampaignTerms terms = participations.required(parcours, learner, response);
        Participations.Standing standing = participations.standing(terms, Participations.learner(learner));
        return new Standing(
                terms.title(),
                WireName.of(standing.step()),
                standing.passage() == null
                        ? null
                        : standing.passage().participation().value(),
                standing.next() == null ? null : standing.next().value(),
                standing.retryFrom(),
                terms.opensAt(),
                terms.closesAt());
    }

    @PostMapping("/api/v1/participations/{parcours}")
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "startParticipation",
            summary = "Enter the campaign of a code",
            description = "Roles: learner. No body. Refusals: not-open-yet with opensAt, campaign-closed with closesAt,"
                    + " wrong-audience, too-early-to-retry with from. Problems: not-found, rate-limited.")
    ResponseEntity<Acknowledged> start(
            @PathVariable String parcours,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner,
            @Parameter(hidden = true) HttpServletResponse response) {
        CampaignTerms terms = participations.required(parcours, learner, response);
        Done done = participations.start(terms, learner, key);
        return Acknowledged.recorded(done);
    }

    @PostMapping("/api/v1/participations/{parcours}/sharing")
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "shareResults",
            summary = "Let the school see the results as they are now",
            description = "Roles: learner. No body. Refusals: not-completed, campaign-closed. Problems: not-found.")
    ResponseEntity<Acknowledged> share(
            @PathVariable String parcours,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner,
            @Parameter(hidden = true) HttpServletResponse response) {
        CampaignTerms terms = participations.required(parcours, learner, response);
        return Acknowledged.recorded(participations.share(terms, learner, key));
    }

    private Item item(CampaignTerms terms, @Nullable CampaignBoard board) {
        return new Item(
                terms.campaign().value(),
                terms.code().value(),
                terms.title(),
                WireName.of(terms.phase(campaigns.now())),
                terms.audience(),
                terms.target().stream()
                        .map(asked -> new Targeted(
                                asked.competence().value(),
                                asked.tubes() == null
                                        ? null
                                        : asked.tubes().stream()
                                                .map(TubeId::value)
                                                .toList()))
                        .toList(),
                terms.opensAt(),
                terms.closesAt(),
                board == null ? null : board.started(),
                board == null ? null : board.completed(),
                board == null ? null : board.shared(),
                board == null || board.meanPercent().isEmpty()
                        ? null
                        : Integer.valueOf(board.meanPercent().getAsInt()),
                board == null
                        ? null
                        : board.participants().stream()
                                .map(CampaignResource::attempt)
                                .toList());
    }

    private static Attempt attempt(Participant participant) {
        return new Attempt(
                participant.learner().value(),
                participant.attempt(),
                WireName.of(participant.status()),
                participant.masteryPercent());
    }
}
