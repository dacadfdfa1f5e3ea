package fr.grandlivre.api.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Etag;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The profile of the account, now and at any past instant, and why each level is what it is. */
@RestController
@Tag(name = "profile")
@Allowed(Role.LEARNER)
class ProfileResource {
    private final ProfileQueries profiles;
    private final Explaining explaining;
    private final Frameworks frameworks;
    private final Moments moments;
    private final Dispatch dispatch;

    ProfileResource(
            ProfileQueries profiles, Explaining explaining, Frameworks frameworks, Moments moments, Dispatch dispatch) {
        this.profiles = profiles;
        this.explaining = explaining;
        this.frameworks = frameworks;
        this.moments = moments;
        this.dispatch = dispatch;
    }

    /**
     * A profile.
     *
     * @param learner         whose
     * @param framework       version whose names and scale are meant
     * @param maxLevel        greatest level of that version
     * @param totalPix        points of all competences
     * @param totalPixMax     greatest total
     * @param overallLevel    level of the total
     * @param certifiable     whether an exam could be taken
     * @param stillNeeded     competences that still need the certifiable level; 0 when certifiable
     * @param nextStep        the competence nearest to a level; absent when all have the greatest one
     * @param competences     all of the version, by code
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Profile(
            String learner,
            String framework,
            int maxLevel,
            int totalPix,
            int totalPixMax,
            int overallLevel,
            boolean certifiable,
            int stillNeeded,
            @Nullable NextStep nextStep,
            List<Row> competences) {}

    /**
     * What is nearest.
     *
     * @param competence 1.1 to 5.2
     * @param level      that would be reached
     * @param missing    points to it
     */
    record NextStep(String competence, int level, int missing) {
        static @Nullable NextStep of(ProfileView view) {
            return view.nextStep()
                    .map(row -> new NextStep(
                            row.competence().value(), row.level().value() + 1, Objects.requireNonNull(row.missing())))
                    .orElse(null);
        }
    }

    /**
     * One competence.
     *
     * @param code         1.1 to 5.2
     * @param level        0..8
     * @param pix          whole points
     * @param missing      points to the next level; absent at the greatest
     * @param answers      number of answers ever given in it
     * @param lastAnswerAt absent before the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String code,
            int level,
            int pix,
            @Nullable Integer missing,
            int answers,
            @Nullable Instant lastAnswerAt) {}

    @GetMapping("/api/v1/me/profile")
    @Operation(
            operationId = "myProfile",
            summary = "The learner's own profile, now or in the past",
            description =
                    "Roles: learner. au: end of a civil day in Paris; asOf: an instant or a ledger position; atLeast:"
                        + " wait until the view shows that position. Headers ETag, Ledger-Position and, for the past,"
                        + " Ledger-As-Of; If-None-Match answers 304. Problems: malformed-request, validation,"
                        + " date-in-future, view-behind.")
    ResponseEntity<Profile> profile(
            @RequestParam(required = false) @Nullable String au,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn caller,
            HttpServletResponse response) {
        Moment moment = moments.read(au, asOf);
        if (!moment.past()) {
            dispatch.await(ProfileQueries.VIEW, atLeast);
        }
        LearnerId learner = learner(caller);
        ProfileView view = read(profiles, learner, moment);
        Moments.describe(moment, view.position(), response);
        Framework framework = frameworks.of(view.framework());
        Standing standing = Standing.of(view, framework, moment.at());
        return ResponseEntity.ok()
                .eTag(Etag.of(view.changed(), view.framework(), standing.rules().version()))
                .body(profile(view, standing));
    }

    private static Profile profile(ProfileView view, Standing standing) {
        return new Profile(
                view.learner().toString(),
                view.framework().value(),
                view.maxLevel(),
                view.total().value(),
                view.totalMax().value(),
                view.overall().value(),
                standing.certifiability().certifiable(),
                standing.certifiability().needed(),
                NextStep.of(view),
                view.competences().stream()
                        .map(row -> new Row(
                                row.competence().value(),
                                row.level().value(),
                                row.pix().value(),
                                row.missing(),
                                row.answers(),
                                row.lastAnswerAt()))
                        .toList());
    }

    @GetMapping("/api/v1/me/profile/changes")
    @Operation(
            operationId = "myProfileChanges",
            summary = "What changed in the learner's own profile between two days",
            description =
                    "Roles: learner. depuis: end of a civil day in Paris, the earlier side; au: the later one, now when"
                            + " absent. Problems: validation, date-in-future.")
    ProfileChanges changes(
            @RequestParam @Schema(example = "2021-08-31") String depuis,
            @RequestParam(required = false) @Nullable String au,
            @Parameter(hidden = true) SignedIn caller,
            HttpServletResponse response) {
        Span span = Span.read(moments, depuis, au);
        ProfileChanges changes = span.changes(profiles, learner(caller));
        Moments.describe(span.until(), changes.after().position(), response);
        return changes;
    }

    @GetMapping("/api/v1/me/competences/{code}")
    @Operation(
            operationId = "myCompetence",
            summary = "Why a level is what it is, answer by answer, with exact fractions",
            description =
                    "Roles: learner. The contributions of the counted answers add up to the points exactly. au and"
                            + " asOf as for the profile. Problems: malformed-request, not-found, validation,"
                            + " date-in-future.")
    ResponseEntity<WhyLevel> competence(
            @PathVariable CompetenceCode code,
            @RequestParam(required = false) @Nullable String au,
            @RequestParam(required = false) @Nullable String asOf,
            @Parameter(hidden = true) SignedIn caller,
            HttpServletResponse response) {
        Moment moment = moments.read(au, asOf);
        WhyLevel why =
                explaining.why(learner(caller), code, moment).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        Moments.describe(moment, moment.position(), response);
        return ResponseEntity.ok().eTag(why.etag()).body(why);
    }

    static ProfileView read(ProfileQueries profiles, LearnerId learner, Moment moment) {
        return moment.past()
                ? profiles.asOf(learner, moment.position(), moment.at())
                : profiles.current(learner, moment.at());
    }

    static LearnerId learner(SignedIn caller) {
        return new LearnerId(caller.account().value());
    }
}
