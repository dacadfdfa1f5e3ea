package fr.grandlivre.api.campaign;

import fr.grandlivre.api.campaign.ClassGrid.Cell;
import fr.grandlivre.api.campaign.ClassGrid.Row;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.campaign.SharedLevel;
import fr.grandlivre.query.campaign.SharedResults;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignRules;
import fr.grandlivre.rules.campaign.ClassMedian;
import fr.grandlivre.rules.campaign.Need;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.Certifiability;
import fr.grandlivre.rules.session.ExamRules;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The classes of a teacher's or head's own school, and what their pupils shared. Thread-safe. */
@Component
class Classes {
    private final Campaigns campaigns;
    private final CampaignQueries results;
    private final SchoolReportQueries rosters;
    private final ProfileQueries profiles;
    private final Frameworks frameworks;
    private final Accesses accesses;
    private final ServerClock clock;

    Classes(
            Campaigns campaigns,
            CampaignQueries results,
            SchoolReportQueries rosters,
            ProfileQueries profiles,
            Frameworks frameworks,
            Accesses accesses,
            ServerClock clock) {
        this.campaigns = campaigns;
        this.results = results;
        this.rosters = rosters;
        this.profiles = profiles;
        this.frameworks = frameworks;
        this.accesses = accesses;
        this.clock = clock;
    }

    /** @throws ProblemException {@code not-found} when the person has no establishment */
    Uai own(SignedIn teacher) {
        return teacher.school().orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @throws ProblemException {@code not-found} when it is not one's own, whether it exists or not */
    Uai own(SignedIn teacher, Uai asked) {
        if (!own(teacher).equals(asked)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return asked;
    }

    SchoolYear year() {
        return SchoolYear.of(ParisDays.of(clock.now()));
    }

    /** @return the classes of this school year with their number of pupils, by name */
    Map<Division, Integer> divisions(SignedIn teacher) {
        return rosters.divisions(own(teacher), year());
    }

    /** @return the most frequent levels of schooling of a class */
    List<String> years(SignedIn teacher, Division division) {
        return rosters.years(own(teacher), year(), division);
    }

    /**
     * Five statements, however many pupils: roster, shared levels and tubes (twice when two moments are compared), scores.
     *
     * @param since compared with; null to compare nothing
     * @throws ProblemException {@code not-found} for a class without pupils, whoever else has a class of that name
     */
    ClassGrid grid(SignedIn teacher, Division division, Moment moment, @Nullable Moment since) {
        SchoolYear year = year();
        List<RosterPupil> pupils = rosters.pupils(own(teacher), year, division);
        if (pupils.isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        SchoolId school = campaigns.school(teacher);
        List<LearnerId> learners = pupils.stream().map(RosterPupil::learner).toList();
        SharedResults now = results.shared(school, learners, upTo(moment));
        Optional<SharedResults> then =
                Optional.ofNullable(since).map(before -> results.shared(school, learners, upTo(before)));
        Map<LearnerId, Map<CompetenceCode, PixScore>> scores = moment.past()
                ? profiles.scoresAsOf(learners, moment.position(), moment.at())
                : profiles.scores(learners, moment.at());
        List<Competence> columns = frameworks.inForce(moment.at()).competences().stream()
                .sorted(Comparator.comparing(Competence::code))
                .toList();
        ExamRules rules = ExamRules.inForce(moment.at());
        return new ClassGrid(
                year,
                division,
                moment,
                since,
                now.position(),
                columns,
                pupils.stream()
                        .map(pupil -> row(
                                pupil,
                                columns,
                                now,
                                then,
                                Certifiability.of(scores.getOrDefault(pupil.learner(), Map.of()), rules)))
                        .toList(),
                columns.stream()
                        .map(column -> median(column.code(), learners, now))
                        .toList(),
                Need.priorities(now.tubes(), now.knownLevels(), CampaignRules.shipped()));
    }

    /**
     * Records that somebody is about to see a class.
     *
     * @return the class
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    ClassGrid shown(ClassGrid grid, SignedIn teacher) {
        accesses.record(
                teacher,
                Campaigns.as(teacher),
                Surface.CLASS,
                FieldsClass.IDENTITY_AND_RESULTS,
                grid.rows().stream().map(Row::learner).toList());
        return grid;
    }

    /** The same for one pupil. */
    Row shown(Row pupil, SignedIn teacher) {
        accesses.record(
                teacher,
                Campaigns.as(teacher),
                Surface.PUPIL,
                FieldsClass.IDENTITY_AND_RESULTS,
                List.of(pupil.learner()));
        return pupil;
    }

    /** The present is whatever the view shows: nothing is hidden because the clock ticked while it was read. */
    private static long upTo(Moment moment) {
        return moment.past() ? moment.position() : Long.MAX_VALUE;
    }

    private static Row row(
            RosterPupil pupil,
            List<Competence> columns,
            SharedResults now,
            Optional<SharedResults> then,
            Certifiability certifiability) {
        return new Row(
                pupil,
                now.levels().containsKey(pupil.learner()),
                columns.stream()
                        .map(column -> cell(pupil.learner(), column.code(), now, then))
                        .toList(),
                certifiability.certifiable(),
                certifiability.reached().size(),
                certifiability.needed(),
                certifiability.missing().stream().limit(certifiability.needed()).toList());
    }

    private static Cell cell(LearnerId learner, CompetenceCode code, SharedResults now, Optional<SharedResults> then) {
        Integer level = level(now, learner, code);
        Integer before = then.map(past -> level(past, learner, code)).orElse(null);
        return new Cell(code, level, level == null || before == null ? null : level - before);
    }

    private static @Nullable Integer level(SharedResults results, LearnerId learner, CompetenceCode code) {
        return results.of(learner, code).map(shared -> shared.level().value()).orElse(null);
    }

    private static Optional<Integer> median(CompetenceCode code, List<LearnerId> learners, SharedResults now) {
        List<Level> measured = learners.stream()
                .flatMap(learner -> now.of(learner, code).stream())
                .map(SharedLevel::level)
                .toList();
        return ClassMedian.of(measured).map(Level::value);
    }

    /**
     * @return everything a pupil shared with the school up to a moment, newest first
     * @throws ProblemException {@code not-found} when the pupil is not on this class's roster
     */
    List<SharedLevel> sharings(SignedIn teacher, ClassGrid grid, LearnerId learner) {
        if (grid.of(learner).isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return results.sharings(campaigns.school(teacher), learner, upTo(grid.moment()));
    }
}
