package fr.grandlivre.query.evaluation;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PastAnswer;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads a learner's evaluation from its streams, so that what was just recorded is there: only what spans learners comes
 * from a view. Thread-safe.
 */
public final class EvaluationQueries {
    /** Name of the view that counts useful tutorials. */
    public static final String VIEW = "evaluation";

    private final JdbcTemplate jdbc;
    private final LedgerReader ledger;
    private final Frameworks frameworks;
    private final RecordedEvents closed;
    private final RecordedEvents open;

    /** @param vault opens the text of an answer for its author */
    public EvaluationQueries(
            JdbcTemplate jdbc, LedgerReader ledger, EventCodec codec, PersonalVault vault, Frameworks frameworks) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.frameworks = frameworks;
        this.closed = RecordedEvents.all(codec, null);
        this.open = RecordedEvents.all(codec, vault);
    }

    /** @return what the learner's answers in one competence say, up to the newest event of its stream */
    public Knowledge knowledge(LearnerId learner, CompetenceCode competence) {
        Knowledge knowledge = Knowledge.none(frameworks, competence);
        for (Recorded recorded : closed.read(ledger.stream(StreamIds.evaluation(learner, competence), 0))) {
            knowledge = knowledge.after((EvaluationEvent) recorded.event(), recorded.recordedAt());
        }
        return knowledge;
    }

    /** @return one answer of the learner, opened; empty when the learner gave none of that id in the competence */
    public Optional<GivenAnswerView> answer(LearnerId learner, CompetenceCode competence, AnswerId answer) {
        Knowledge knowledge = Knowledge.none(frameworks, competence);
        List<PixScore> scores = new ArrayList<>();
        for (Recorded recorded : open.read(ledger.stream(StreamIds.evaluation(learner, competence), 0))) {
            Knowledge after = knowledge.after((EvaluationEvent) recorded.event(), recorded.recordedAt());
            if (after.pass() != knowledge.pass()) {
                scores.clear();
            }
            if (recorded.event() instanceof AnswerRecorded given) {
                scores.add(knowledge.score());
                if (given.answer().equals(answer)) {
                    return Optional.of(new GivenAnswerView(
                            new PastAnswer(given, recorded.recordedAt()),
                            recorded.position(),
                            scores,
                            knowledge,
                            after));
                }
            }
            knowledge = after;
        }
        return Optional.empty();
    }

    /** @return the tutorials that the learner saved and found useful */
    public TutorialMarks tutorials(LearnerId learner) {
        SequencedSet<TubeId> saved = new LinkedHashSet<>();
        Set<TubeId> useful = new HashSet<>();
        for (Recorded recorded : closed.read(ledger.stream(StreamIds.tutorials(learner), 0))) {
            switch ((EvaluationEvent) recorded.event()) {
                case TutorialSaved on -> saved.add(on.tutorial());
                case TutorialUnsaved off -> saved.remove(off.tutorial());
                case TutorialMarkedUseful on -> useful.add(on.tutorial());
                case TutorialUnmarkedUseful off -> useful.remove(off.tutorial());
                case EvaluationEvent _ -> throw new IllegalStateException("no event of a learner's tutorials");
            }
        }
        return TutorialMarks.of(saved, useful);
    }

    /** @return number of learners who find a tutorial useful; those without any are absent */
    public Map<TubeId, Integer> useful() {
        Map<TubeId, Integer> counts = new HashMap<>();
        jdbc.query(
                "SELECT tutorial, count(*) AS learners FROM evaluation.useful_tutorial WHERE useful GROUP BY tutorial",
                row -> {
                    counts.put(new TubeId(row.getString("tutorial")), row.getInt("learners"));
                });
        return counts;
    }

    /**
     * @param accounts     of one learner
     * @param upToPosition last position wanted
     * @return everything the learner did in all competences and with tutorials, in the order of the ledger; texts closed
     */
    public List<Recorded> history(Collection<LearnerId> accounts, long upToPosition) {
        Set<UUID> streams = new HashSet<>();
        accounts.forEach(learner -> streams.addAll(streams(learner)));
        return closed.read(ledger.streams(streams, upToPosition));
    }

    private Set<UUID> streams(LearnerId learner) {
        Set<UUID> streams = new HashSet<>();
        frameworks
                .versions()
                .forEach(version -> version.competences()
                        .forEach(competence -> streams.add(StreamIds.evaluation(learner, competence.code()))));
        streams.add(StreamIds.tutorials(learner));
        return streams;
    }
}
