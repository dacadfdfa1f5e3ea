package fr.grandlivre.command.campaign;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LearnerKnowledge;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.campaign.CampaignCommand.CompleteParticipation;
import fr.grandlivre.command.campaign.CampaignCommand.OfParticipation;
import fr.grandlivre.command.campaign.CampaignCommand.ShareResults;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.Passage;
import fr.grandlivre.rules.campaign.TargetProgress;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;

/** Commands over a participation that also look at its campaign and at what the learner knows. Thread-safe. */
final class ParticipationCommands {
    private final LedgerRepository<Campaign> campaigns;
    private final LedgerRepository<Participation> participations;
    private final LedgerHistory history;
    private final Frameworks frameworks;
    private final Withdrawals withdrawals;

    ParticipationCommands(
            LedgerRepository<Campaign> campaigns,
            LedgerRepository<Participation> participations,
            LedgerHistory history,
            Frameworks frameworks,
            Withdrawals withdrawals) {
        this.campaigns = campaigns;
        this.participations = participations;
        this.history = history;
        this.frameworks = frameworks;
        this.withdrawals = withdrawals;
    }

    @CommandHandler
    Decision handle(StartParticipation command, ServerClock clock) {
        Instant now = clock.now();
        Framework inForce = frameworks.inForce(now);
        Optional<CampaignId> owner = history.of(command.stream()).stream()
                .map(event -> ((CampaignCodeReserved) event).campaign())
                .findFirst();
        if (owner.isEmpty()) {
            return CampaignDecider.decide(Optional.empty(), command, Optional.empty(), Optional.empty(), inForce, now);
        }
        LoadedStream<Optional<CampaignTerms>> campaign =
                LoadedStream.of(owner.get().value(), campaigns);
        LoadedStream.load(campaign);
        // The campaign stays locked, so that on this node nobody begins the same attempt meanwhile.
        Optional<Passage> last = lastAttempt(owner.get(), command.learner());
        Decision decision = CampaignDecider.decide(
                campaign.state(),
                command,
                campaign.state().flatMap(terms -> year(terms, command.learner(), now)),
                last,
                inForce,
                now);
        if (decision instanceof Accepted(var events) && !events.isEmpty()) {
            int attempt = last.map(Passage::attempt).orElse(0) + 1;
            LoadedStream<Optional<Passage>> participation = LoadedStream.of(
                    StreamIds.participation(owner.get(), command.learner(), attempt)
                            .value(),
                    participations);
            LoadedStream.load(participation);
            return LoadedStream.record(decision, event -> event instanceof TargetFixed ? campaign : participation);
        }
        return decision;
    }

    @CommandHandler
    Decision handle(CompleteParticipation command, ServerClock clock) {
        return onPassage(command, clock.now(), (passage, campaign, found) -> {
            if (passage.isCompleted()) {
                // Found after every answer: what is complete is not folded once more.
                return Accepted.nothing();
            }
            Progress progress = found.get();
            return CampaignDecider.decide(passage, command, progress.finished(), progress.position());
        });
    }

    @CommandHandler
    Decision handle(ShareResults command, ServerClock clock) {
        Instant now = clock.now();
        return onPassage(command, now, (passage, campaign, found) -> {
            Progress progress = found.get();
            return CampaignDecider.decide(passage, campaign, command, progress.finished(), progress.position(), now);
        });
    }

    private record Progress(boolean finished, long position) {}

    private interface Deciding {
        Decision on(Passage passage, CampaignTerms campaign, Supplier<Progress> progress);
    }

    private Decision onPassage(OfParticipation command, Instant now, Deciding deciding) {
        LoadedStream<Optional<Passage>> participation = LoadedStream.of(command.stream(), participations);
        LoadedStream.load(participation);
        Optional<Passage> passage = participation.state();
        Optional<CampaignTerms> campaign = passage.flatMap(known -> campaign(known.campaign()));
        if (passage.isEmpty() || campaign.isEmpty()) {
            return new Refused(Refusal.UNKNOWN_CAMPAIGN);
        }
        return participation.record(
                deciding.on(passage.get(), campaign.get(), () -> progress(passage.get(), campaign.get(), now)));
    }

    private Progress progress(Passage passage, CampaignTerms campaign, Instant now) {
        LearnerKnowledge known = LearnerKnowledge.of(passage.learner(), campaign.competences(), history, frameworks);
        Framework inForce = frameworks.inForce(now);
        boolean finished = TargetProgress.next(
                        campaign,
                        frameworks.of(campaign.framework()),
                        passage.learner(),
                        known.knowledge(),
                        inForce,
                        withdrawals.of(inForce.version()))
                .isEmpty();
        return new Progress(finished, known.position());
    }

    private Optional<CampaignTerms> campaign(CampaignId campaign) {
        return CampaignTerms.of(history.of(campaign.value()).stream()
                .map(CampaignEvent.class::cast)
                .toList());
    }

    /** @return the learner's level of schooling in the campaign's school; empty when not on its roster of this year */
    private Optional<String> year(CampaignTerms terms, LearnerId learner, Instant now) {
        String year = null;
        for (LedgerEvent event :
                history.of(StreamIds.enrolment(terms.school(), SchoolYear.of(ParisDays.of(now)), learner))) {
            if (event instanceof PupilEnrolled enrolled) {
                year = enrolled.year();
            } else if (event instanceof PupilLeft) {
                year = null;
            }
        }
        return Optional.ofNullable(year);
    }

    /** Attempts have derived streams, one after the other. */
    private Optional<Passage> lastAttempt(CampaignId campaign, LearnerId learner) {
        Optional<Passage> last = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Optional<Passage> next =
                    passage(StreamIds.participation(campaign, learner, attempt).value());
            if (next.isEmpty()) {
                return last;
            }
            last = next;
        }
    }

    private Optional<Passage> passage(UUID stream) {
        Passage passage = null;
        for (Fact fact : history.of(List.of(stream)).facts()) {
            passage = passage == null
                    ? Passage.of((ParticipationStarted) fact.event(), fact.recordedAt())
                    : passage.after((CampaignEvent) fact.event(), fact.recordedAt());
        }
        return Optional.ofNullable(passage);
    }
}
