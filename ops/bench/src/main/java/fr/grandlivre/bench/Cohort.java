package fr.grandlivre.bench;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.AppendRequest;
import fr.grandlivre.store.Appended;
import fr.grandlivre.store.EncodedEvent;
import fr.grandlivre.store.StreamAppend;
import fr.grandlivre.store.TimeOrderedId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Learners who answer at the same time, in random order: fills a ledger with answers and the levels that truly follow from
 * them. Seeded. For one thread.
 */
final class Cohort {
    /** Learners × competences that take turns: far more than a page of events holds. */
    private static final int STREAMS = 20_000;

    /** Streams in one append, each with its next answer. */
    private static final int TURN = 250;

    /** Appends on their way at once. */
    private static final int AHEAD = 8;

    private static final byte[] NO_FINGERPRINT = {};

    private final Random random = new Random(Answers.SEED);
    private final Framework framework = Frameworks.shipped().versions().getLast();
    private final EventCodec codec = new EventCodec(EventCatalog.standard());
    private final Answers answers = new Answers();
    private final List<Learner> learners = new ArrayList<>();
    private int place;

    Cohort() {
        Map<CompetenceCode, List<Challenge>> challenges = new LinkedHashMap<>();
        for (Challenge challenge : framework.challenges()) {
            CompetenceCode competence =
                    framework.skill(challenge.skill()).orElseThrow().competence();
            challenges.computeIfAbsent(competence, _ -> new ArrayList<>()).add(challenge);
        }
        List<CompetenceCode> competences = List.copyOf(challenges.keySet());
        for (int i = 0; i < STREAMS; i++) {
            CompetenceCode competence = competences.get(i % competences.size());
            learners.add(new Learner(competence, challenges.getOrDefault(competence, List.of())));
        }
    }

    /**
     * @param ledger empty
     * @param events how many to append, at least
     * @return the head
     */
    long fill(Ledger ledger, long events) throws InterruptedException, ExecutionException {
        Deque<CompletableFuture<Appended>> onTheirWay = new ArrayDeque<>();
        long head = 0;
        while (head < events) {
            AppendRequest turn = turn();
            // The writer keeps the order in which it was asked, so a stream's next answer may follow at once.
            onTheirWay.add(ledger.writer().append(turn));
            if (onTheirWay.size() == AHEAD) {
                head = onTheirWay.remove().get().lastPosition();
            }
        }
        while (!onTheirWay.isEmpty()) {
            head = onTheirWay.remove().get().lastPosition();
        }
        return head;
    }

    private AppendRequest turn() {
        List<StreamAppend> streams = new ArrayList<>(TURN);
        for (int i = 0; i < TURN; i++) {
            if (place == 0) {
                Collections.shuffle(learners, random);
            }
            streams.add(learners.get(place).answer());
            place = (place + 1) % learners.size();
            if (place == 0) {
                // Shuffled again: the same learner might come twice in this turn.
                break;
            }
        }
        return new AppendRequest(TimeOrderedId.next(), NO_FINGERPRINT, streams);
    }

    /** One learner in one competence. */
    private final class Learner {
        private final LearnerId learner = new LearnerId(new UUID(random.nextLong(), random.nextLong()));
        private final CompetenceCode competence;
        private final List<Challenge> asked;
        private final UUID stream;
        private final double ability = random.nextDouble();
        private Knowledge knowledge;
        private int seq;

        Learner(CompetenceCode competence, List<Challenge> asked) {
            this.competence = competence;
            this.asked = asked;
            this.stream = StreamIds.evaluation(learner, competence);
            this.knowledge = Knowledge.none(Frameworks.shipped(), competence);
        }

        StreamAppend answer() {
            Challenge challenge = asked.get(random.nextInt(asked.size()));
            AnswerRecorded answer = new AnswerRecorded(
                    new AnswerId(TimeOrderedId.next()),
                    learner,
                    competence,
                    challenge.id(),
                    challenge.skill(),
                    framework.version(),
                    random.nextDouble() < ability ? Outcome.OK : Outcome.KO,
                    null,
                    random.nextInt(120_000),
                    null,
                    List.of(random.nextInt(4)),
                    null);
            Level before = knowledge.score().level();
            knowledge = knowledge.after(answer, Instant.EPOCH);
            Level after = knowledge.score().level();
            List<EncodedEvent> events = new ArrayList<>();
            events.add(encoded(answer));
            if (!after.equals(before)) {
                LevelChanged changed = new LevelChanged(
                        learner,
                        competence,
                        before,
                        after,
                        knowledge.score().pix(),
                        answer.answer().value(),
                        Cause.ANSWER,
                        framework.version());
                knowledge = knowledge.after(changed, Instant.EPOCH);
                events.add(encoded(changed));
            }
            StreamAppend append = new StreamAppend(stream, seq, events);
            seq += events.size();
            return append;
        }
    }

    private EncodedEvent encoded(EvaluationEvent event) {
        UUID id = TimeOrderedId.next();
        EventCatalog.Entry entry = codec.catalog().of(event.getClass());
        return new EncodedEvent(
                id,
                entry.name(),
                entry.version(),
                answers.next().metadataBytes(),
                codec.encode(id, event, Answers.NothingPersonal.INSTANCE));
    }
}
