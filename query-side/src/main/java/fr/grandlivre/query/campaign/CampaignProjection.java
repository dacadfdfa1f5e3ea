package fr.grandlivre.query.campaign;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.SharedResult;
import fr.grandlivre.rules.campaign.SharedResult.OfCompetence;
import fr.grandlivre.rules.campaign.SharedResult.OfTube;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Keeps which campaigns a school has, who takes part, and the results that were shared with it: the fold of the learner's
 * own streams up to the position of the sharing, made once, all that a page of events needs in two readings of the ledger.
 */
public final class CampaignProjection implements Projection {
    private final CampaignStreams streams;
    private final Frameworks frameworks;

    public CampaignProjection(Frameworks frameworks, LedgerReader ledger, EventCodec codec) {
        this.streams = new CampaignStreams(ledger, codec, frameworks);
        this.frameworks = frameworks;
    }

    @Override
    public String name() {
        return CampaignQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                CampaignOpened.class,
                ParticipationStarted.class,
                ParticipationCompleted.class,
                ResultsShared.class,
                AccountsMerged.class);
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Sharings sharings = sharings(page);
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            write(recorded, sharings, writes);
        }
        writes.into(view);
    }

    private void write(Recorded recorded, Sharings sharings, Writes writes) {
        OffsetDateTime at = utc(recorded.recordedAt());
        switch (recorded.event()) {
            case CampaignOpened opened ->
                writes.add("""
                    INSERT INTO ${schema}.campaign (campaign, school, opened_at, position) VALUES (?, ?, ?, ?)
                    ON CONFLICT (campaign) DO NOTHING\
                    """, opened.campaign().value(), opened.school().value(), at, recorded.position());
            case ParticipationStarted(var participation, var campaign, var learner, int attempt) ->
                writes.add("""
                    INSERT INTO ${schema}.participation (participation, campaign, school, learner, attempt, started_at)
                    SELECT ?, campaign, school, ?, ?, ? FROM ${schema}.campaign WHERE campaign = ?
                    ON CONFLICT (participation) DO NOTHING\
                    """, participation.value(), learner.value(), attempt, at, campaign.value());
            case ParticipationCompleted(var participation, long _) ->
                writes.add(
                        "UPDATE ${schema}.participation SET completed_at = ? WHERE participation = ?",
                        at,
                        participation.value());
            case AccountsMerged(var survivor, var absorbed, var _) -> {
                for (String table : List.of("participation", "result", "tube")) {
                    writes.add(
                            "UPDATE ${schema}." + table + " SET learner = ? WHERE learner = ?",
                            survivor.value(),
                            absorbed.value());
                }
            }
            case ResultsShared shared -> share(shared, recorded, sharings, writes);
            default -> throw new IllegalArgumentException(recorded.event().getClass() + " is not read by this view");
        }
    }

    private void share(ResultsShared shared, Recorded recorded, Sharings sharings, Writes writes) {
        OffsetDateTime at = utc(recorded.recordedAt());
        writes.add(
                "UPDATE ${schema}.participation SET shared_at = ?, at_position = ? WHERE participation = ?",
                at,
                shared.atPosition(),
                shared.participation().value());
        SharedResult result = sharings.result(shared);
        for (OfCompetence row : result.competences()) {
            writes.add(
                    """
                    INSERT INTO ${schema}.result (participation, competence, campaign, school, learner, level, pix, validated,
                      skills, at_position, shared_at, position)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (participation, competence) DO NOTHING\
                    """,
                    shared.participation().value(),
                    row.competence().value(),
                    shared.campaign().value(),
                    shared.school().value(),
                    shared.learner().value(),
                    row.level().value(),
                    row.pix().value(),
                    row.validated(),
                    row.skills(),
                    shared.atPosition(),
                    at,
                    recorded.position());
        }
        for (OfTube row : result.tubes()) {
            writes.add(
                    """
                    INSERT INTO ${schema}.tube (participation, tube, competence, school, learner, assessed, failed, validated,
                      skills, position)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (participation, tube) DO NOTHING\
                    """,
                    shared.participation().value(),
                    row.tube().value(),
                    row.competence().value(),
                    shared.school().value(),
                    shared.learner().value(),
                    row.assessed(),
                    row.failed(),
                    row.validated(),
                    row.skills(),
                    recorded.position());
        }
    }

    /** What the sharings of a page need: the campaigns' terms, and the facts of all the learners concerned. */
    private Sharings sharings(List<Recorded> page) {
        List<ResultsShared> shared = page.stream()
                .filter(recorded -> recorded.event() instanceof ResultsShared)
                .map(recorded -> (ResultsShared) recorded.event())
                .toList();
        if (shared.isEmpty()) {
            return new Sharings(Map.of(), List.of());
        }
        long upTo = shared.stream().mapToLong(ResultsShared::atPosition).max().orElseThrow();
        // A target no longer changes once somebody takes part: the terms at any later position are the same.
        Map<CampaignId, CampaignTerms> terms = streams.terms(
                shared.stream().map(ResultsShared::campaign).distinct().toList(),
                page.getLast().position());
        Map<LearnerId, Set<CompetenceCode>> learners = new HashMap<>();
        shared.forEach(each -> learners.computeIfAbsent(each.learner(), _ -> new TreeSet<>())
                .addAll(Objects.requireNonNull(terms.get(each.campaign())).competences()));
        return new Sharings(
                terms, streams.read(CampaignStreams.streams(learners).keySet(), upTo));
    }

    private final class Sharings {
        private final Map<CampaignId, CampaignTerms> terms;
        private final Map<UUID, List<Recorded>> facts = new HashMap<>();

        Sharings(Map<CampaignId, CampaignTerms> terms, List<Recorded> read) {
            this.terms = terms;
            read.forEach(recorded -> facts.computeIfAbsent(recorded.stream(), _ -> new ArrayList<>())
                    .add(recorded));
        }

        SharedResult result(ResultsShared shared) {
            CampaignTerms campaign = Objects.requireNonNull(terms.get(shared.campaign()));
            Map<LearnerId, List<CompetenceCode>> learner = Map.of(shared.learner(), campaign.competences());
            List<Recorded> own = CampaignStreams.streams(learner).keySet().stream()
                    .flatMap(stream -> facts.getOrDefault(stream, List.of()).stream())
                    .toList();
            Map<CompetenceCode, Knowledge> knowledge = Objects.requireNonNull(
                    streams.knowledge(learner, shared.atPosition(), own).get(shared.learner()));
            return SharedResult.of(campaign, frameworks.of(campaign.framework()), knowledge);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
