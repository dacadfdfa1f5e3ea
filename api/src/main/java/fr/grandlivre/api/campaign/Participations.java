package fr.grandlivre.api.campaign;

import fr.grandlivre.api.evaluation.CampaignPassages;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.campaign.CampaignCommand.ShareResults;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.CampaignTerms.Phase;
import fr.grandlivre.rules.campaign.Passage;
import fr.grandlivre.rules.campaign.TargetProgress;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A learner's way through campaigns: the same for pages and programs. Thread-safe. */
@Component
class Participations implements CampaignPassages {
    /** Only codes that might exist and do not are counted: a whole class may enter at once. */
    private static final int WRONG_CODES_PER_MINUTE = 5;

    private final CampaignQueries campaigns;
    private final PersonAccounts accounts;
    private final SchoolReportQueries rosters;
    private final Frameworks frameworks;
    private final Withdrawals withdrawals;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final RateLimit wrongCodes = new RateLimit("campaign-code", WRONG_CODES_PER_MINUTE);

    Participations(
            CampaignQueries campaigns,
            PersonAccounts accounts,
            SchoolReportQueries rosters,
            Frameworks frameworks,
            Withdrawals withdrawals,
            Dispatch dispatch,
            ServerClock clock) {
        this.campaigns = campaigns;
        this.accounts = accounts;
        this.rosters = rosters;
        this.frameworks = frameworks;
        this.withdrawals = withdrawals;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** What a learner may do about a campaign now. */
    enum Step {
        NOT_OPEN,
        CLOSED,
        WRONG_AUDIENCE,
        READY,
        RUNNING,
        COMPLETED,
        SHARED
    }

    /**
     * A learner before a campaign.
     *
     * @param terms     what the campaign says
     * @param step      what is possible
     * @param passage   the latest attempt; absent before the first
     * @param next      competence with something left to ask; absent when nothing is
     * @param retryFrom first instant of another attempt; absent while the results are not sent
     * @param retry     whether another attempt may begin now
     */
    record Standing(
            CampaignTerms terms,
            Step step,
            @Nullable Passage passage,
            @Nullable CompetenceCode next,
            @Nullable Instant retryFrom,
            boolean retry) {}

    /** @return the campaign of a code as typed; wrong codes are counted by account */
    Optional<CampaignTerms> byCode(String typed, SignedIn learner, HttpServletResponse response) {
        Optional<CampaignCode> code = CampaignCodeText.parse(typed);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        String who = learner.account().toString();
        wrongCodes.peek(who, response);
        Optional<CampaignTerms> found = campaigns.byCode(code.get());
        if (found.isEmpty()) {
            wrongCodes.take(who, response);
        }
        return found;
    }

    /** @throws ProblemException {@code not-found} for an unknown code */
    CampaignTerms required(String typed, SignedIn learner, HttpServletResponse response) {
        return byCode(typed, learner, response).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    Standing standing(CampaignTerms terms, LearnerId learner) {
        Instant now = clock.now();
        Optional<Passage> passage = campaigns.latest(terms.campaign(), accounts.learners(learner));
        Phase phase = terms.phase(now);
        if (passage.isPresent() && passage.get().isShared()) {
            Instant from = passage.get().retryFrom(frameworks.inForce(now)).orElseThrow();
            boolean retry = phase == Phase.OPEN && isAudience(terms, learner, now) && !now.isBefore(from);
            return new Standing(terms, Step.SHARED, passage.get(), null, phase == Phase.OPEN ? from : null, retry);
        }
        if (phase != Phase.OPEN) {
            Step step = phase == Phase.CLOSED ? Step.CLOSED : Step.NOT_OPEN;
            return new Standing(terms, step, passage.orElse(null), null, null, false);
        }
        if (passage.isPresent()) {
            Optional<CompetenceCode> next = next(terms, learner, now);
            Step step = next.isEmpty() || passage.get().isCompleted() ? Step.COMPLETED : Step.RUNNING;
            return new Standing(terms, step, passage.get(), next.orElse(null), null, false);
        }
        Step step = isAudience(terms, learner, now) ? Step.READY : Step.WRONG_AUDIENCE;
        return new Standing(terms, step, null, null, null, false);
    }

    private boolean isAudience(CampaignTerms terms, LearnerId learner, Instant now) {
        return rosters.year(terms.school(), SchoolYear.of(ParisDays.of(now)), learner)
                .filter(terms.audience()::contains)
                .isPresent();
    }

    private Optional<CompetenceCode> next(CampaignTerms terms, LearnerId learner, Instant now) {
        Framework inForce = frameworks.inForce(now);
        return TargetProgress.next(
                terms,
                frameworks.of(terms.framework()),
                learner,
                campaigns.knowledge(terms, learner),
                inForce,
                withdrawals.of(inForce.version()));
    }

    @Override
    public Passing passing(LearnerId learner, ParticipationId participation) {
        Passage passage = campaigns
                .passage(participation)
                .filter(own -> own.learner().equals(learner))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        CampaignTerms terms = campaigns.terms(passage.campaign()).orElseThrow();
        if (terms.phase(clock.now()) == Phase.CLOSED) {
            throw new ProblemException(Refusals.problem(Refusal.CAMPAIGN_CLOSED, Map.of("closesAt", terms.closesAt())));
        }
        return new Passing(
                new Within(participation, terms.tubes(frameworks.of(terms.framework()))),
                address(terms) + "/suite",
                terms.title());
    }

    /** @return address of the campaign's page for learners */
    static String address(CampaignTerms terms) {
        return "/parcours/" + terms.code();
    }

    /** Enters; another attempt opens what failed again, where the waiting time of the competence is over. */
    Done start(CampaignTerms terms, SignedIn caller, CommandKey key) {
        LearnerId learner = learner(caller);
        StartParticipation command = new StartParticipation(terms.code(), learner);
        if (standing(terms, learner).retry()) {
            for (CompetenceCode code : terms.competences()) {
                // A competence without failures, or answered since, stays as it is.
                Outcome _ = dispatch.outcome(
                        new ImproveCompetence(learner, code), key.part("improve/" + code), caller, Role.LEARNER);
            }
        }
        return dispatch.send(command, key, caller, Role.LEARNER);
    }

    /** @throws ProblemException {@code not-found} before the first attempt, or the refusal */
    Done share(CampaignTerms terms, SignedIn caller, CommandKey key) {
        LearnerId learner = learner(caller);
        Passage passage = campaigns
                .latest(terms.campaign(), learner)
                .orElseThrow(() -> new ProblemException(Problem.of(Slug.NOT_FOUND)));
        return dispatch.send(new ShareResults(passage.participation(), learner), key, caller, Role.LEARNER);
    }

    /** @return the learner's campaigns, latest first */
    List<CampaignQueries.OwnPassage> own(SignedIn caller) {
        return campaigns.of(accounts.learners(learner(caller)));
    }

    static LearnerId learner(SignedIn caller) {
        return new LearnerId(caller.account().value());
    }
}
