package fr.grandlivre.api.demo;

import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.campaign.CampaignCommand.CloseCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.command.campaign.CampaignCommand.ShareResults;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The campaigns of the demonstration: who opens them, who takes part, who sends results. */
final class DemoCampaigns {
    /** Why a pupil stops before the end: the bell. */
    private static final int FEW_ANSWERS = 4;

    private static final int NO_BELL = 400;
    private static final Duration BEFORE_START = Duration.ofSeconds(3);

    private final DemoActs acts;
    private final VirtualLearners learners;
    private final Frameworks frameworks;
    private final DemoLedger ledger;

    DemoCampaigns(DemoActs acts, VirtualLearners learners, Frameworks frameworks, DemoLedger ledger) {
        this.acts = acts;
        this.learners = learners;
        this.frameworks = frameworks;
        this.ledger = ledger;
    }

    /**
     * A campaign of the past.
     *
     * @param name         in the seed
     * @param calendarStep absent when it follows none
     * @param competences  codes, separated by spaces
     */
    record Planned(
            String name,
            SchoolId school,
            String teacher,
            String title,
            String year,
            String opens,
            String closes,
            @Nullable Integer calendarStep,
            String competences) {
        CampaignId campaign() {
            return new CampaignId(DemoSeed.id("campaign/" + name));
        }

        UUID account() {
            return DemoAccount.accountOf(teacher).value();
        }

        List<TargetedCompetence> target() {
            return Stream.of(competences.split(" "))
                    .map(code -> new TargetedCompetence(new CompetenceCode(code), null))
                    .toList();
        }
    }

    void open(Planned planned) {
        acts.pass(Duration.ofMinutes(1));
        acts.send(
                "campaign/" + planned.name(),
                new OpenCampaign(
                        planned.campaign(),
                        planned.school(),
                        new Plan(
                                planned.title(),
                                List.of(planned.year()),
                                planned.target(),
                                ParisDays.startOf(LocalDate.parse(planned.opens())),
                                ParisDays.startOf(LocalDate.parse(planned.closes())
                                                .plusDays(1))
                                        .minusMillis(1)),
                        planned.calendarStep()),
                planned.account(),
                Role.TEACHER);
    }

    void close(Planned planned) {
        acts.pass(Duration.ofMinutes(1));
        acts.send(
                "campaign/" + planned.name() + "/close",
                new CloseCampaign(planned.campaign(), planned.school(), ClosingReason.FINISHED),
                planned.account(),
                Role.TEACHER);
    }

    /** Pupils go through the campaign one after the other and send their results. */
    void takePart(Planned planned, List<DemoPupil> pupils) {
        pupils.stream().filter(DemoPupil::takesPart).forEach(pupil -> {
            acts.pass(BEFORE_START);
            ParticipationId participation = start(planned, pupil);
            answer(planned, pupil, participation, NO_BELL);
            complete(pupil, participation);
            acts.pass(Duration.ofSeconds(5));
            share(planned, pupil);
        });
    }

    /**
     * Pupils go through the campaign at the same time. Who has finished sends the results at that very instant, so that it
     * does not matter whether the policy notes the completion first.
     */
    void takePartTogether(Planned planned, List<DemoPupil> pupils) {
        CampaignTerms terms = CampaignTerms.of(opened(planned));
        List<CompetenceCode> competences = terms.competences();
        Set<TubeId> tubes = terms.tubes(frameworks.of(terms.framework()));
        acts.pass(BEFORE_START);
        List<DemoPupil> busy = pupils.stream().filter(DemoPupil::takesPart).toList();
        List<Boolean> asked = acts.together(busy, pupil -> {
            Within within = new Within(start(planned, pupil), tubes);
            boolean more = learners.isAsked(pupil, competences, within);
            if (!more) {
                share(planned, pupil);
            }
            return more;
        });
        busy = IntStream.range(0, busy.size())
                .filter(asked::get)
                .mapToObj(busy::get)
                .toList();
        while (!busy.isEmpty()) {
            busy = learners.commonTurn(
                    busy,
                    competences,
                    pupil -> new Within(participation(planned, pupil), tubes),
                    pupil -> share(planned, pupil));
        }
    }

    private void share(Planned planned, DemoPupil pupil) {
        acts.send(
                step(planned, pupil) + "/share",
                new ShareResults(participation(planned, pupil), pupil.learner()),
                pupil.learner().value(),
                Role.LEARNER);
    }

    /** Pupils begin and leave it at that. */
    void begin(Planned planned, List<DemoPupil> pupils) {
        pupils.stream().filter(DemoPupil::takesPart).forEach(pupil -> {
            acts.pass(BEFORE_START);
            ParticipationId participation = start(planned, pupil);
            if (answer(planned, pupil, participation, FEW_ANSWERS)) {
                complete(pupil, participation);
            }
        });
    }

    private ParticipationId start(Planned planned, DemoPupil pupil) {
        acts.send(
                step(planned, pupil) + "/start",
                new StartParticipation(code(planned), pupil.learner()),
                pupil.learner().value(),
                Role.LEARNER);
        return participation(planned, pupil);
    }

    private static ParticipationId participation(Planned planned, DemoPupil pupil) {
        return StreamIds.participation(planned.campaign(), pupil.learner(), 1);
    }

    private boolean answer(Planned planned, DemoPupil pupil, ParticipationId participation, int most) {
        CampaignTerms terms = CampaignTerms.of(opened(planned));
        return learners.campaign(
                pupil,
                terms.competences(),
                new Within(participation, terms.tubes(frameworks.of(terms.framework()))),
                most);
    }

    /** Completion is a policy's matter: it must have acted before the next command, or two seedings would differ. */
    private void complete(DemoPupil pupil, ParticipationId participation) {
        ledger.await(
                "completion of " + pupil.name(),
                () -> ledger.event(participation.value(), ParticipationCompleted.class)
                        .isPresent());
    }

    private CampaignCode code(Planned planned) {
        return opened(planned).code();
    }

    private CampaignOpened opened(Planned planned) {
        return ledger.event(planned.campaign().value(), CampaignOpened.class).orElseThrow();
    }

    private static String step(Planned planned, DemoPupil pupil) {
        return "campaign/" + planned.name() + "/" + pupil.name();
    }
}
