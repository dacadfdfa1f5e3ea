package fr.grandlivre.query.campaign;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.Passage;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Folds of the streams of campaigns, participations and their learners, straight from the ledger. Thread-safe. */
final class CampaignStreams {
    private final LedgerReader ledger;
    private final RecordedEvents events;
    private final Frameworks frameworks;

    CampaignStreams(LedgerReader ledger, EventCodec codec, Frameworks frameworks) {
        this.ledger = ledger;
        this.events = RecordedEvents.all(codec, null);
        this.frameworks = frameworks;
    }

    /** @return the campaign that has the code; empty when nobody has */
    Optional<CampaignTerms> byCode(CampaignCode code) {
        return events.read(ledger.stream(StreamIds.campaignCode(code), 0)).stream()
                .map(recorded -> ((CampaignCodeReserved) recorded.event()).campaign())
                .findFirst()
                .flatMap(campaign -> Optional.ofNullable(
                        terms(List.of(campaign), Long.MAX_VALUE).get(campaign)));
    }

    /** @return what the campaigns say as of a position; those that did not exist are left out */
    Map<CampaignId, CampaignTerms> terms(Collection<CampaignId> campaigns, long upTo) {
        Map<UUID, List<CampaignEvent>> streams = new LinkedHashMap<>();
        for (Recorded recorded : read(campaigns.stream().map(CampaignId::value).toList(), upTo)) {
            streams.computeIfAbsent(recorded.stream(), _ -> new ArrayList<>()).add((CampaignEvent) recorded.event());
        }
        Map<CampaignId, CampaignTerms> terms = new HashMap<>();
        streams.forEach((stream, events) ->
                CampaignTerms.of(events).ifPresent(known -> terms.put(new CampaignId(stream), known)));
        return terms;
    }

    /** @return the attempt; empty when it never started */
    Optional<Passage> passage(ParticipationId participation) {
        Passage passage = null;
        for (Recorded recorded : events.read(ledger.stream(participation.value(), 0))) {
            passage = passage == null
                    ? Passage.of((ParticipationStarted) recorded.event(), recorded.recordedAt())
                    : passage.after((CampaignEvent) recorded.event(), recorded.recordedAt());
        }
        return Optional.ofNullable(passage);
    }

    /** @return the learner's latest attempt; empty when there is none */
    Optional<Passage> latest(CampaignId campaign, LearnerId learner) {
        Optional<Passage> last = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Optional<Passage> next = passage(StreamIds.participation(campaign, learner, attempt));
            if (next.isEmpty()) {
                return last;
            }
            last = next;
        }
    }

    /** @return what the learner's answers say in each of the competences, as of a position */
    Map<CompetenceCode, Knowledge> knowledge(LearnerId learner, Collection<CompetenceCode> competences, long upTo) {
        return knowledge(
                        Map.of(learner, competences),
                        upTo,
                        read(streams(Map.of(learner, competences)).keySet(), upTo))
                .getOrDefault(learner, Map.of());
    }

    /** @return evaluation streams of the learners, with their owners */
    static Map<UUID, LearnerId> streams(Map<LearnerId, ? extends Collection<CompetenceCode>> learners) {
        Map<UUID, LearnerId> streams = new HashMap<>();
        learners.forEach((learner, competences) ->
                competences.forEach(code -> streams.put(StreamIds.evaluation(learner, code), learner)));
        return streams;
    }

    /** @return events of the streams in order of position */
    List<Recorded> read(Collection<UUID> streams, long upTo) {
        return streams.isEmpty() ? List.of() : events.read(ledger.streams(streams, upTo));
    }

    /** @return the fold of those events that stand up to the position */
    Map<LearnerId, Map<CompetenceCode, Knowledge>> knowledge(
            Map<LearnerId, ? extends Collection<CompetenceCode>> learners, long upTo, List<Recorded> facts) {
        Map<UUID, Knowledge> folds = new HashMap<>();
        learners.forEach((learner, competences) -> competences.forEach(
                code -> folds.put(StreamIds.evaluation(learner, code), Knowledge.none(frameworks, code))));
        for (Recorded recorded : facts) {
            if (recorded.position() <= upTo) {
                folds.computeIfPresent(
                        recorded.stream(),
                        (_, before) -> before.after((EvaluationEvent) recorded.event(), recorded.recordedAt()));
            }
        }
        Map<LearnerId, Map<CompetenceCode, Knowledge>> known = new HashMap<>();
        learners.forEach((learner, competences) -> {
            Map<CompetenceCode, Knowledge> own = new TreeMap<>();
            competences.forEach(code -> own.put(
                    code, folds.getOrDefault(StreamIds.evaluation(learner, code), Knowledge.none(frameworks, code))));
            known.put(learner, own);
        });
        return known;
    }
}
