package fr.grandlivre.query.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.ViewSchema.Column;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one row a learner and competence: the level and points now. Points move with every answer and not only with
 * the level, so each row is the fold of its whole stream: recently seen streams are remembered, the others are read
 * from the ledger, all that a page needs in one query.
 */
public final class ProfileProjection implements Projection {
    /** About 2 kB each: 60 MB at most, and a class at work stays in memory. */
    private static final long REMEMBERED_STREAMS = 30_000;

    private static final String UPSERT = """
        INSERT INTO ${schema}.competence AS c
          (learner, competence, stream, framework, level, pix, answers, last_answer_at, position)
        SELECT * FROM unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::smallint[], ?::smallint[], ?::integer[],
          ?::timestamptz[], ?::bigint[])
        ON CONFLICT (learner, competence) DO UPDATE SET framework = EXCLUDED.framework, level = EXCLUDED.level,
          pix = EXCLUDED.pix, answers = EXCLUDED.answers, last_answer_at = EXCLUDED.last_answer_at,
          position = EXCLUDED.position\
        """;

    private final Frameworks frameworks;
    private final LedgerReader ledger;
    private final RecordedEvents events;
    private final Cache<Key, Folded> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED_STREAMS).build();

    public ProfileProjection(Frameworks frameworks, LedgerReader ledger, EventCodec codec) {
        this.frameworks = frameworks;
        this.ledger = ledger;
        this.events = RecordedEvents.of(codec, null, reads());
    }

    @Override
    public String name() {
        return ProfileQueries.VIEW;
    }

    /** Every event of an evaluation's stream, so that its sequence shows whether a remembered fold is the latest. */
    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                AnswerRecorded.class,
                TimerStarted.class,
                LevelChanged.class,
                ImprovementStarted.class,
                CompetenceReset.class,
                HistoryAbsorbed.class,
                HistoryHandedOver.class);
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Map<UUID, List<Recorded>> streams = new LinkedHashMap<>();
        page.forEach(recorded -> streams.computeIfAbsent(recorded.stream(), _ -> new ArrayList<>())
                .add(recorded));
        Map<UUID, Folded> before = before(streams, view);
        List<Folded> after = new ArrayList<>(streams.size());
        streams.forEach((stream, news) -> {
            Folded folded = before.get(stream);
            for (Recorded recorded : news) {
                folded = next(folded, recorded);
            }
            if (folded != null) {
                after.add(folded);
                remembered.put(new Key(view.name(), stream), folded);
            }
        });
        write(after, view);
    }

    private Map<UUID, Folded> before(Map<UUID, List<Recorded>> streams, ViewSchema view) {
        Map<UUID, Folded> known = new HashMap<>();
        List<UUID> unknown = new ArrayList<>();
        streams.forEach((stream, news) -> {
            int firstSeq = news.getFirst().seq();
            Folded folded = remembered.getIfPresent(new Key(view.name(), stream));
            if (folded != null && folded.seq() == firstSeq - 1) {
                known.put(stream, folded);
            } else if (firstSeq > 0) {
                unknown.add(stream);
            }
        });
        if (!unknown.isEmpty()) {
            long upTo = streams.values().iterator().next().getFirst().position() - 1;
            for (Recorded recorded : events.read(ledger.streams(unknown, upTo))) {
                known.compute(recorded.stream(), (_, folded) -> next(folded, recorded));
            }
        }
        return known;
    }

    private Folded next(@Nullable Folded folded, Recorded recorded) {
        EvaluationEvent event = (EvaluationEvent) recorded.event();
        Knowledge knowledge = folded == null ? start(event) : folded.knowledge();
        return new Folded(
                recorded.stream(),
                recorded.seq(),
                recorded.position(),
                learner(event),
                knowledge.after(event, recorded.recordedAt()));
    }

    private Knowledge start(EvaluationEvent event) {
        return switch (event) {
            case AnswerRecorded answer -> Knowledge.none(frameworks, answer.competence());
            case LevelChanged changed -> Knowledge.none(frameworks, changed.competence());
            case ImprovementStarted started -> Knowledge.none(frameworks, started.competence());
            case HistoryAbsorbed absorbed -> Knowledge.none(frameworks, absorbed.competence());
            case HistoryHandedOver handed -> Knowledge.none(frameworks, handed.competence());
            case CompetenceReset reset -> Knowledge.none(frameworks, reset.competence());
            case TimerStarted timer -> Knowledge.none(frameworks, competenceOf(timer));
            default -> throw new IllegalArgumentException(event.getClass() + " begins no evaluation");
        };
    }

    private CompetenceCode competenceOf(TimerStarted timer) {
        return frameworks.versions().stream()
                .flatMap(framework -> framework.challenge(timer.challenge()).stream()
                        .flatMap(challenge -> framework.skill(challenge.skill()).stream()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no framework holds " + timer.challenge()))
                .competence();
    }

    private static UUID learner(EvaluationEvent event) {
        return switch (event) {
            case AnswerRecorded answer -> answer.learner().value();
            case LevelChanged changed -> changed.learner().value();
            case ImprovementStarted started -> started.learner().value();
            case CompetenceReset reset -> reset.learner().value();
            case HistoryAbsorbed absorbed -> absorbed.learner().value();
            case HistoryHandedOver handed -> handed.learner().value();
            case TimerStarted timer -> timer.learner().value();
            default -> throw new IllegalArgumentException(event.getClass() + " is no event of an evaluation");
        };
    }

    private static void write(Collection<Folded> rows, ViewSchema view) {
        view.unnest(
                UPSERT,
                column("uuid", rows, Folded::learner),
                column("text", rows, row -> row.knowledge().competence().value()),
                column("uuid", rows, Folded::stream),
                column("text", rows, Folded::framework),
                column("smallint", rows, row -> row.score().level().value()),
                column("smallint", rows, row -> row.score().pix().value()),
                column("integer", rows, row -> row.knowledge().answers().size()),
                column("timestamptz", rows, Folded::lastAnswerAt),
                column("bigint", rows, Folded::position));
    }

    private static Column column(String type, Collection<Folded> rows, Function<Folded, @Nullable Object> value) {
        return new Column(type, rows.stream().map(value).toArray());
    }

    private record Key(String view, UUID stream) {}

    /** A stream folded up to one of its events. */
    private record Folded(UUID stream, int seq, long position, UUID learner, Knowledge knowledge) {
        PixScore score() {
            return knowledge.score();
        }

        String framework() {
            return knowledge
                    .framework()
                    .orElse(knowledge.frameworks().earliest().version())
                    .value();
        }

        @Nullable
        Object lastAnswerAt() {
            return knowledge.lastAnswerAt().map(Folded::atUtc).orElse(null);
        }

        private static Object atUtc(Instant instant) {
            return instant.atOffset(ZoneOffset.UTC).toString();
        }
    }
}
