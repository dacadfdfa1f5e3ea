package fr.grandlivre.command.campaign;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.campaign.CampaignCommand.AmendCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CloseCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CompleteParticipation;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.command.campaign.CampaignCommand.ShareResults;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.campaign.CampaignRules;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.Passage;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what happens to campaigns and participations. Pure. */
final class CampaignDecider {
    private CampaignDecider() {}

    /**
     * @param campaign empty while it is unborn
     * @param free     a code that nobody has; empty when none was drawn
     * @param inForce  version whose tubes the target names
     * @return the campaign's event first, its code's last
     */
    static Decision decide(
            Optional<CampaignTerms> campaign, OpenCampaign command, Optional<CampaignCode> free, Framework inForce) {
        if (campaign.isPresent()) {
            return Accepted.nothing();
        }
        Plan plan = ordered(command.plan());
        Optional<Refusal> refusal = refusal(plan, inForce);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        return free.<Decision>map(code -> new Accepted(
                        new CampaignOpened(
                                command.campaign(),
                                code,
                                plan.title(),
                                command.school(),
                                plan.audience(),
                                plan.target(),
                                inForce.version(),
                                plan.opensAt(),
                                plan.closesAt(),
                                command.calendarStep()),
                        new CampaignCodeReserved(code, command.campaign())))
                .orElseGet(() -> new Refused(Refusal.CODE_SPACE_EXHAUSTED));
    }

    /** @param version the campaign's own framework version */
    static Decision decide(CampaignTerms campaign, AmendCampaign command, Framework version, Instant now) {
        if (!campaign.school().equals(command.school())) {
            return new Refused(Refusal.UNKNOWN_CAMPAIGN);
        }
        Plan plan = ordered(command.plan());
        Optional<Refusal> refusal = refusal(plan, version);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        if (campaign.phase(now) == CampaignTerms.Phase.CLOSED) {
            return closed(campaign);
        }
        if (campaign.targetFixed() && !plan.target().equals(campaign.target())) {
            return new Refused(Refusal.CAMPAIGN_STARTED);
        }
        CampaignAmended amended = new CampaignAmended(
                campaign.campaign(), plan.title(), plan.audience(), plan.target(), plan.opensAt(), plan.closesAt());
        return campaign.after(amended).equals(campaign) ? Accepted.nothing() : new Accepted(amended);
    }

    /** A campaign whose last day is over is as closed as one that was closed by hand. */
    static Decision decide(CampaignTerms campaign, CloseCampaign command, Instant now) {
        if (!campaign.school().equals(command.school())) {
            return new Refused(Refusal.UNKNOWN_CAMPAIGN);
        }
        return campaign.phase(now) == CampaignTerms.Phase.CLOSED
                ? Accepted.nothing()
                : new Accepted(new CampaignClosed(campaign.campaign(), now, command.reason()));
    }

    /**
     * @param campaign empty when nobody has the code
     * @param year     the learner's level of schooling in the campaign's school now; empty when not on its roster
     * @param last     the learner's latest attempt; empty when there is none
     * @param inForce  version whose delay counts
     * @return the attempt's event first; the campaign's after it when this is the first participation of all
     */
    static Decision decide(
            Optional<CampaignTerms> campaign,
            StartParticipation command,
            Optional<String> year,
            Optional<Passage> last,
            Framework inForce,
            Instant now) {
        if (campaign.isEmpty()) {
            return new Refused(Refusal.UNKNOWN_CODE);
        }
        CampaignTerms terms = campaign.get();
        switch (terms.phase(now)) {
            case NOT_OPEN -> {
                return new Refused(Refusal.NOT_OPEN_YET, "opensAt", terms.opensAt());
            }
            case CLOSED -> {
                return closed(terms);
            }
            case OPEN -> {}
        }
        if (year.filter(terms.audience()::contains).isEmpty()) {
            return new Refused(Refusal.WRONG_AUDIENCE);
        }
        if (last.isPresent() && !last.get().isShared()) {
            return Accepted.nothing();
        }
        Optional<Instant> from = last.flatMap(passage -> passage.retryFrom(inForce));
        if (from.filter(now::isBefore).isPresent()) {
            return new Refused(Refusal.TOO_EARLY_TO_RETRY, "from", from.get());
        }
        int attempt = last.map(Passage::attempt).orElse(0) + 1;
        List<LedgerEvent> events = new ArrayList<>(List.of(new ParticipationStarted(
                StreamIds.participation(terms.campaign(), command.learner(), attempt),
                terms.campaign(),
                command.learner(),
                attempt)));
        if (!terms.targetFixed()) {
            events.add(new TargetFixed(terms.campaign()));
        }
        return new Accepted(events);
    }

    /**
     * @param finished   whether nothing is left to ask in the target
     * @param atPosition head of the ledger when that was found
     */
    static Decision decide(Passage passage, CompleteParticipation command, boolean finished, long atPosition) {
        return passage.isCompleted() || !finished
                ? Accepted.nothing()
                : new Accepted(new ParticipationCompleted(command.participation(), atPosition));
    }

    /**
     * What is complete may be shared at once, also when nobody has noted the completion yet.
     *
     * @param finished   whether nothing is left to ask in the target
     * @param atPosition head of the ledger when that was found: the position of the results
     */
    static Decision decide(
            Passage passage,
            CampaignTerms campaign,
            ShareResults command,
            boolean finished,
            long atPosition,
            Instant now) {
        if (!passage.learner().equals(command.learner())) {
            return new Refused(Refusal.UNKNOWN_CAMPAIGN);
        }
        if (passage.isShared()) {
            return Accepted.nothing();
        }
        if (!passage.isCompleted() && !finished) {
            return new Refused(Refusal.NOT_COMPLETED);
        }
        if (campaign.phase(now) == CampaignTerms.Phase.CLOSED) {
            return closed(campaign);
        }
        List<LedgerEvent> events = new ArrayList<>();
        if (!passage.isCompleted()) {
            events.add(new ParticipationCompleted(command.participation(), atPosition));
        }
        events.add(new ResultsShared(
                command.participation(), campaign.campaign(), command.learner(), campaign.school(), atPosition));
        return new Accepted(events);
    }

    private static Refused closed(CampaignTerms campaign) {
        return new Refused(Refusal.CAMPAIGN_CLOSED, "closesAt", campaign.closesAt());
    }

    private static Optional<Refusal> refusal(Plan plan, Framework version) {
        if (plan.closesAt().isBefore(plan.opensAt())) {
            return Optional.of(Refusal.DATES_INVERTED);
        }
        if (plan.audience().isEmpty()) {
            return Optional.of(Refusal.AUDIENCE_EMPTY);
        }
        if (plan.target().isEmpty()
                || plan.target().stream()
                        .anyMatch(
                                asked -> asked.tubes() != null && asked.tubes().isEmpty())) {
            return Optional.of(Refusal.TARGET_EMPTY);
        }
        Set<Object> seen = new HashSet<>();
        boolean known =
                plan.target().stream().allMatch(asked -> seen.add(asked.competence()) && isKnown(asked, version));
        return known ? Optional.empty() : Optional.of(Refusal.UNKNOWN_TUBE);
    }

    private static boolean isKnown(TargetedCompetence asked, Framework version) {
        Optional<Competence> competence = version.competence(asked.competence());
        return competence.filter(known -> !known.tubes().isEmpty()).isPresent()
                && (asked.tubes() == null
                        || asked.tubes().stream()
                                .allMatch(id -> version.tube(id)
                                        .filter(tube -> tube.competence().equals(asked.competence()))
                                        .isPresent()));
    }

    /** What means the same is recorded the same. */
    private static Plan ordered(Plan plan) {
        return new Plan(
                plan.title(),
                CampaignRules.YEARS.stream().filter(plan.audience()::contains).toList(),
                plan.target().stream()
                        .sorted(Comparator.comparing(TargetedCompetence::competence))
                        .toList(),
                plan.opensAt(),
                plan.closesAt());
    }
}
