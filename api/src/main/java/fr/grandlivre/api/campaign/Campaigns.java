package fr.grandlivre.api.campaign;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.campaign.CampaignBoard;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.campaign.Participant;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignRules;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.SchoolCalendar;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tube;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The campaigns that a teacher or head may see and change: those of the own establishment. Thread-safe. */
@Component
class Campaigns {
    static final int LONGEST_TITLE = 120;

    private final CampaignQueries queries;
    private final SchoolReportQueries schools;
    private final Frameworks frameworks;
    private final Accesses accesses;
    private final ServerClock clock;

    Campaigns(
            CampaignQueries queries,
            SchoolReportQueries schools,
            Frameworks frameworks,
            Accesses accesses,
            ServerClock clock) {
        this.queries = queries;
        this.schools = schools;
        this.frameworks = frameworks;
        this.accesses = accesses;
        this.clock = clock;
    }

    /** @throws ProblemException {@code not-found} while nobody registered the establishment */
    SchoolId school(SignedIn teacher) {
        return teacher.school().flatMap(schools::school).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return in what capacity the person acts */
    static Role as(SignedIn person) {
        return person.is(Role.TEACHER) ? Role.TEACHER : Role.HEAD;
    }

    /** @throws ProblemException {@code not-found} when the own establishment has no such campaign */
    CampaignBoard board(SignedIn teacher, UUID campaign) {
        return queries.board(school(teacher), new CampaignId(campaign))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * Records that somebody is about to see who takes part in a campaign, and how far each has come.
     *
     * @param seen participants of whom this reader was recorded before, on the same page
     * @return the campaign
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    CampaignBoard shown(CampaignBoard board, SignedIn teacher, FieldsClass fields, Set<LearnerId> seen) {
        List<LearnerId> fresh = board.participants().stream()
                .map(Participant::learner)
                .filter(learner -> !seen.contains(learner))
                .toList();
        accesses.record(teacher, as(teacher), Surface.CAMPAIGN, fields, fresh);
        return board;
    }

    /** @throws ProblemException {@code not-found} when the own establishment has no such campaign */
    CampaignTerms terms(SignedIn teacher, UUID campaign) {
        SchoolId own = school(teacher);
        return queries.terms(new CampaignId(campaign))
                .filter(terms -> terms.school().equals(own))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return the campaign's terms in the framework that they were written for */
    Framework framework(CampaignTerms terms) {
        return frameworks.of(terms.framework());
    }

    Framework framework() {
        return frameworks.inForce(clock.now());
    }

    Instant now() {
        return clock.now();
    }

    LocalDate today() {
        return ParisDays.of(clock.now());
    }

    /** @return the steps of this school year's calendar */
    List<SchoolCalendar.Step> calendar() {
        return SchoolCalendar.of(SchoolYear.of(today()));
    }

    /**
     * Reads what was typed; an impossible value is noted in {@code fields}.
     *
     * @param opens  first day
     * @param closes last day, inclusive
     */
    Plan plan(
            Fields fields,
            @Nullable String title,
            Collection<String> audience,
            List<TargetedCompetence> target,
            @Nullable String opens,
            @Nullable String closes) {
        audience.stream()
                .filter(year -> !CampaignRules.YEARS.contains(year))
                .forEach(_ -> fields.refuse("/audience", "invalid"));
        int before = fields.violations().size();
        LocalDate first = fields.day("/opensOn", opens);
        LocalDate last = fields.day("/closesOn", closes);
        boolean days = fields.violations().size() == before;
        if (days && first.isAfter(today().plus(CampaignRules.LONGEST))) {
            fields.refuse("/opensOn", "campaign.opens-too-late");
        } else if (days && last.isAfter(first.plus(CampaignRules.LONGEST))) {
            fields.refuse("/closesOn", "campaign.too-long");
        }
        return new Plan(
                fields.label("/title", title, LONGEST_TITLE),
                List.copyOf(new TreeSet<>(audience)),
                target,
                ParisDays.startOf(first),
                ParisDays.startOf(last.plusDays(1)).minusMillis(1));
    }

    /**
     * @param competences wanted with all their tubes
     * @param tubes       wanted alone; those of a wanted competence are part of it
     * @param framework   version whose tubes are meant
     * @return the target that these ticks mean; unknown names are noted in {@code fields}
     */
    static List<TargetedCompetence> target(
            Fields fields, Collection<String> competences, Collection<String> tubes, Framework framework) {
        Map<CompetenceCode, Optional<List<TubeId>>> target = new TreeMap<>();
        for (String typed : competences) {
            CompetenceCode code = fields.parsed("/target", typed, CompetenceCode::new, new CompetenceCode("1.1"));
            target.put(code, Optional.empty());
        }
        for (String typed : tubes) {
            Optional<Tube> tube = framework.tube(fields.parsed("/target", typed, TubeId::new, new TubeId("none")));
            if (tube.isEmpty()) {
                fields.refuse("/target", "invalid");
                continue;
            }
            target.merge(tube.get().competence(), Optional.of(List.of(tube.get().id())), Campaigns::both);
        }
        return target.entrySet().stream()
                .map(asked ->
                        new TargetedCompetence(asked.getKey(), asked.getValue().orElse(null)))
                .toList();
    }

    private static Optional<List<TubeId>> both(Optional<List<TubeId>> before, Optional<List<TubeId>> more) {
        if (before.isEmpty() || more.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<TubeId> all = new TreeSet<>(before.get());
        all.addAll(more.get());
        return Optional.of(List.copyOf(all));
    }
}
