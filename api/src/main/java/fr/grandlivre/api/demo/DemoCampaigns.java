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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The campaigns of the demonstration: who opens them, who takes part, who sends results. */
final class DemoCampaigns {
    /** Why a pupil stops before the end: the bell. */
    private static final int FEW_ANSWERS = 4;

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

    /**
     * Pupils go through the campaign at the same time. Who has finished sends the results at that very instant, so that it
     * does not matter whether the policy notes the completion first.
     */
    void takePart(Planned planned, List<DemoPupil> pupils) {
        answer(planned, pupils, Integer.MAX_VALUE, pupil -> share(planned, pupil));
    }

    /** Pupils begin and leave it at that. */
    void begin(Planned planned, List<DemoPupil> pupils) {
        answer(planned, pupils, FEW_ANSWERS, pupil -> complete(planned, pupil));
    }

    /**
     * @param most     answers of each
     * @param finished told at that very instant when nothing is left to ask a pupil
     */
    private void answer(Planned planned, List<DemoPupil> pupils, int most, Consumer<DemoPupil> finished) {
        CampaignTerms terms = CampaignTerms.of(opened(planned));
        List<CompetenceCode> competences = terms.competences();
        Set<TubeId> tubes = terms.tubes(frameworks.of(terms.framework()));
        acts.pass(BEFORE_START);
        List<DemoPupil> all = pupils.stream().filter(DemoPupil::takesPart).toList();
        List<Boolean> asked = acts.together(all, pupil -> {
            Within within = new Within(start(planned, pupil), tubes);
            boolean more = learners.isAsked(pupil, competences, within);
            if (!more) {
                finished.accept(pupil);
            }
            return more;
        });
        List<DemoPupil> busy = IntStream.range(0, all.size())
                .filter(asked::get)
                .mapToObj(all::get)
                .toList();
        for (int given = 0; given < most && !busy.isEmpty(); given++) {
            busy = learners.commonTurn(
                    busy, competences, pupil -> new Within(participation(planned, pupil), tubes), finished);
        }
    }

    private void share(Planned planned, DemoPupil pupil) {
        acts.send(
                step(planned, pupil) + "/share",
                new ShareResults(participation(planned, pupil), pupil.learner()),
                pupil.learner().value(),
                Role.LEARNER);
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

    /** Completion is a policy's matter: it must have acted before time passes, or two seedings would differ. */
    private void complete(Planned planned, DemoPupil pupil) {
        ledger.await(
                "completion of " + pupil.name(),
                () -> ledger.event(participation(planned, pupil).value(), ParticipationCompleted.class)
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
