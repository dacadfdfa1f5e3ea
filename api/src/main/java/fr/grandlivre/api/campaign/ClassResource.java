package fr.grandlivre.api.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.campaign.CampaignQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the pupils of a class shared, for programs of their school. */
@RestController
@Tag(name = "campaign")
class ClassResource {
    private final Classes classes;
    private final Moments moments;
    private final Dispatch dispatch;

    ClassResource(Classes classes, Moments moments, Dispatch dispatch) {
        this.classes = classes;
        this.moments = moments;
        this.dispatch = dispatch;
    }

    /**
     * A class.
     *
     * @param median lower median of each competence; absent for those with fewer than two pupils measured
     * @param needs  greatest first
     * @param asOf   what the answer rests on
     */
    record Results(
            String schoolYear,
            String division,
            List<Pupil> pupils,
            SortedMap<String, Integer> median,
            List<Need> needs,
            AsOf asOf) {}

    /** @param position every event up to this ledger position is in the answer */
    record AsOf(long position) {}

    /**
     * One pupil.
     *
     * @param levels      by competence, as shared; what was not measured is absent
     * @param certifiable whether enough competences have level 1, shared or not
     * @param reached     number of competences with level 1
     * @param nearest     competences to reach first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pupil(
            UUID learner,
            @Nullable String firstName,
            @Nullable String lastName,
            SortedMap<String, Integer> levels,
            boolean certifiable,
            int reached,
            List<String> nearest) {}

    /**
     * One need.
     *
     * @param assessed   number of pupils asked
     * @param failed     those who lack a skill that was asked
     * @param underLevel those under level 2 in the competence
     */
    record Need(String tube, String competence, int assessed, List<UUID> failed, List<UUID> underLevel) {}

    @GetMapping("/api/v1/schools/{uai}/divisions/{classe}/results")
    @Allowed({Role.TEACHER, Role.HEAD})
    @Operation(
            operationId = "classResults",
            summary = "What the pupils of a class shared with the caller's establishment",
            description = "Roles: teacher, head of that establishment; another one's is absent. Only shared results"
                + " count, and one derived line on certifiability. au is a civil day, asOf an instant or a position;"
                + " atLeast waits until the view shows that position. Problems: not-found, validation, date-in-future,"
                + " view-behind.")
    Results results(
            @PathVariable Uai uai,
            @PathVariable("classe") Division division,
            @RequestParam(required = false) @Nullable String au,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn teacher,
            @Parameter(hidden = true) HttpServletResponse response) {
        Uai _ = classes.own(teacher, uai);
        dispatch.await(CampaignQueries.VIEW, atLeast);
        Moment moment = moments.read(au, asOf);
        ClassGrid grid = classes.shown(classes.grid(teacher, division, moment, null), teacher);
        Moments.describe(moment, grid.position(), response);
        return answer(grid);
    }

    private static Results answer(ClassGrid grid) {
        SortedMap<String, Integer> median = new TreeMap<>();
        for (int column = 0; column < grid.competences().size(); column++) {
            String code = grid.competences().get(column).code().value();
            grid.median().get(column).ifPresent(level -> median.put(code, level));
        }
        return new Results(
                grid.schoolYear().value(),
                grid.division().value(),
                grid.rows().stream().map(ClassResource::pupil).toList(),
                median,
                grid.priorities().stream()
                        .map(need -> new Need(
                                need.tube().value(),
                                need.competence().value(),
                                need.assessed(),
                                need.failed().stream()
                                        .map(learner -> learner.value())
                                        .toList(),
                                need.underLevel().stream()
                                        .map(learner -> learner.value())
                                        .toList()))
                        .toList(),
                new AsOf(grid.position()));
    }

    private static Pupil pupil(ClassGrid.Row row) {
        SortedMap<String, Integer> levels = new TreeMap<>();
        row.cells().forEach(cell -> {
            if (cell.level() != null) {
                levels.put(cell.competence().value(), cell.level());
            }
        });
        return new Pupil(
                row.learner().value(),
                row.pupil().firstName(),
                row.pupil().lastName(),
                levels,
                row.certifiable(),
                row.reached(),
                row.nearest().stream().map(CompetenceCode::value).toList());
    }
}
