package fr.grandlivre.query.campaign;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.Need.Assessment;
import fr.grandlivre.rules.campaign.Passage;
import fr.grandlivre.rules.campaign.SharedResult;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads campaigns. What a school asks for is read within that school alone; what a campaign says is folded from its own
 * stream. Thread-safe.
 */
public final class CampaignQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "campaign";

    private final JdbcTemplate jdbc;
    private final Tenants tenants;
    private final CampaignStreams streams;
    private final Frameworks frameworks;

    public CampaignQueries(
            JdbcTemplate jdbc, Tenants tenants, LedgerReader ledger, EventCodec codec, Frameworks frameworks) {
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.streams = new CampaignStreams(ledger, codec, frameworks);
        this.frameworks = frameworks;
    }

    /** @return the campaign that has the code; empty when nobody has */
    public Optional<CampaignTerms> byCode(CampaignCode code) {
        return streams.byCode(code);
    }

    /** @return what a campaign says now; empty when it does not exist */
    public Optional<CampaignTerms> terms(CampaignId campaign) {
        return Optional.ofNullable(
                streams.terms(List.of(campaign), Long.MAX_VALUE).get(campaign));
    }

    /** @return one attempt; empty when it never started */
    public Optional<Passage> passage(ParticipationId participation) {
        return streams.passage(participation);
    }

    /** @return a learner's latest attempt; empty when there is none */
    public Optional<Passage> latest(CampaignId campaign, LearnerId learner) {
        return streams.latest(campaign, learner);
    }

    /** @return what a learner knows in the competences that a campaign asks, up to the newest event */
    public Map<CompetenceCode, Knowledge> knowledge(CampaignTerms campaign, LearnerId learner) {
        return streams.knowledge(learner, campaign.competences(), Long.MAX_VALUE);
    }

    /** @return the result of an attempt: as it was sent, or as it would be sent now */
    public SharedResult result(CampaignTerms campaign, Passage passage) {
        long upTo = Objects.requireNonNullElse(passage.atPosition(), Long.MAX_VALUE);
        return SharedResult.of(
                campaign,
                frameworks.of(campaign.framework()),
                streams.knowledge(passage.learner(), campaign.competences(), upTo));
    }

    /**
     * @param terms   what the campaign says
     * @param passage the learner's latest attempt
     */
    public record OwnPassage(CampaignTerms terms, Passage passage) {}

    /**
     * @param learners the accounts of one person, the one that goes on first
     * @return the latest attempt of that account, or what another account shared last; empty when there is neither. An
     *         attempt that another account left unshared is begun again
     */
    public Optional<Passage> latest(CampaignId campaign, List<LearnerId> learners) {
        return learners.stream()
                .flatMap(learner -> latest(campaign, learner).stream())
                .filter(passage -> passage.learner().equals(learners.getFirst()) || passage.isShared())
                .max(Comparator.comparing(passage -> passage.startedAt()));
    }

    /**
     * @param learners the accounts of one person, the one that goes on first
     * @return the campaigns in which the person takes part, latest first
     */
    public List<OwnPassage> of(List<LearnerId> learners) {
        LearnerId learner = learners.getFirst();
        List<CampaignId> entered = tenants.within(
                learner,
                () -> jdbc.query("""
                    SELECT campaign FROM campaign.participation WHERE learner = ?
                    GROUP BY campaign ORDER BY max(started_at) DESC, campaign\
                    """, (row, _) -> new CampaignId(row.getObject(1, UUID.class)), learner.value()));
        Map<CampaignId, CampaignTerms> terms = streams.terms(entered, Long.MAX_VALUE);
        return entered.stream()
                .flatMap(campaign -> latest(campaign, learners)
                        .map(passage -> new OwnPassage(Objects.requireNonNull(terms.get(campaign)), passage))
                        .stream())
                .toList();
    }

    /** @return the campaigns of a school, newest first */
    public List<CampaignTerms> ofSchool(SchoolId school) {
        List<CampaignId> ids = tenants.within(
                school,
                () -> jdbc.query(
                        "SELECT campaign FROM campaign.campaign WHERE school = ? ORDER BY position DESC",
                        (row, _) -> new CampaignId(row.getObject(1, UUID.class)),
                        school.value()));
        Map<CampaignId, CampaignTerms> terms = streams.terms(ids, Long.MAX_VALUE);
        return ids.stream().map(terms::get).filter(Objects::nonNull).toList();
    }

    /** @return a campaign of the school with its participants; empty when the school has no such campaign */
    public Optional<CampaignBoard> board(SchoolId school, CampaignId campaign) {
        return terms(campaign)
                .filter(terms -> terms.school().equals(school))
                .map(terms -> tenants.within(
                        school,
                        () -> new CampaignBoard(
                                terms,
                                new ViewSchema(VIEW, jdbc).position(),
                                jdbc.query(
                                        """
                                        SELECT DISTINCT ON (p.learner) p.learner, p.attempt, p.started_at, p.completed_at,
                                          s.shared_at, s.mastery
                                        FROM campaign.participation p
                                        LEFT JOIN (
                                          SELECT DISTINCT ON (q.learner) q.learner, q.shared_at, (
                                            SELECT (100 * sum(r.validated) / nullif(sum(r.skills), 0))::integer
                                            FROM campaign.result r WHERE r.participation = q.participation) AS mastery
                                          FROM campaign.participation q
                                          WHERE q.school = ? AND q.campaign = ? AND q.shared_at IS NOT NULL
                                          ORDER BY q.learner, q.shared_at DESC) s ON s.learner = p.learner
                                        WHERE p.school = ? AND p.campaign = ? ORDER BY p.learner, p.started_at DESC\
                                        """,
                                        (row, _) -> participant(row),
                                        school.value(),
                                        campaign.value(),
                                        school.value(),
                                        campaign.value()))));
    }

    /**
     * @param upToPosition results shared later do not count
     * @return what the learners shared with the school; two statements, however many learners
     */
    public SharedResults shared(SchoolId school, Collection<LearnerId> learners, long upToPosition) {
        UUID[] ids = learners.stream().map(LearnerId::value).toArray(UUID[]::new);
        return tenants.within(school, () -> {
            long position = new ViewSchema(VIEW, jdbc).position();
            Map<LearnerId, Map<CompetenceCode, SharedLevel>> levels = new HashMap<>();
            jdbc.query(
                    """
                    SELECT DISTINCT ON (learner, competence) learner, competence, campaign, level, pix, validated, skills,
                      at_position, shared_at
                    FROM campaign.result WHERE school = ? AND learner = ANY (?) AND position <= ?
                    ORDER BY learner, competence, position DESC\
                    """,
                    row -> {
                        SharedLevel level = level(row);
                        levels.computeIfAbsent(level.learner(), _ -> new TreeMap<>())
                                .put(level.competence(), level);
                    },
                    school.value(),
                    ids,
                    upToPosition);
            List<Assessment> tubes = jdbc.query(
                    """
                    SELECT DISTINCT ON (learner, tube) learner, tube, competence, assessed, failed
                    FROM campaign.tube WHERE school = ? AND learner = ANY (?) AND position <= ?
                    ORDER BY learner, tube, position DESC\
                    """,
                    (row, _) -> new Assessment(
                            new LearnerId(row.getObject("learner", UUID.class)),
                            new TubeId(row.getString("tube")),
                            new CompetenceCode(row.getString("competence")),
                            row.getBoolean("assessed"),
                            row.getBoolean("failed")),
                    school.value(),
                    ids,
                    upToPosition);
            return new SharedResults(Math.min(position, upToPosition), levels, tubes);
        });
    }

    /** @return everything that one learner ever shared with the school up to a position, newest first */
    public List<SharedLevel> sharings(SchoolId school, LearnerId learner, long upToPosition) {
        return tenants.within(
                school, () -> jdbc.query("""
                    SELECT learner, competence, campaign, level, pix, validated, skills, at_position, shared_at
                    FROM campaign.result WHERE school = ? AND learner = ? AND position <= ?
                    ORDER BY position DESC, competence\
                    """, (row, _) -> level(row), school.value(), learner.value(), upToPosition));
    }

    private static SharedLevel level(ResultSet row) throws SQLException {
        return new SharedLevel(
                new LearnerId(row.getObject("learner", UUID.class)),
                new CompetenceCode(row.getString("competence")),
                new CampaignId(row.getObject("campaign", UUID.class)),
                new Level(row.getInt("level")),
                new Pix(row.getInt("pix")),
                row.getInt("validated"),
                row.getInt("skills"),
                row.getLong("at_position"),
                row.getObject("shared_at", OffsetDateTime.class).toInstant());
    }

    private static Participant participant(ResultSet row) throws SQLException {
        return new Participant(
                new LearnerId(row.getObject("learner", UUID.class)),
                row.getInt("attempt"),
                Objects.requireNonNull(instant(row, "started_at")),
                instant(row, "completed_at"),
                instant(row, "shared_at"),
                row.getObject("mastery", Integer.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
