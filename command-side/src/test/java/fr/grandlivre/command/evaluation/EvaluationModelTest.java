package fr.grandlivre.command.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Skill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random learners against a model of thirty lines that knows nothing of the rules' code. */
class EvaluationModelTest {
    private static final int ACTS = 120;
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final CompetenceCode DATA = new CompetenceCode("1.2");
    private static final UUID STREAM = StreamIds.evaluation(ADA, DATA);

    /** Of fixed seeds, and as many of today; {@code -Dledger.sequences=50000} makes the long run of 100,000. */
    private static final int SEQUENCES = Integer.getInteger("ledger.sequences", 1_000);

    private static final long TODAY = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void random_learners_have_the_levels_of_the_model_and_of_the_fold(boolean fixed) {
        long first = fixed ? 1 : TODAY;
        LongStream.range(first, first + SEQUENCES).parallel().forEach(EvaluationModelTest::play);
    }

    private static void play(long seed) {
        try {
            Learner learner = new Learner(seed);
            for (int act = 0; act < ACTS; act++) {
                learner.act();
            }
            learner.check();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError("seed " + seed, broken);
        }
    }

    private static final class Learner {
        private final RandomGenerator random;
        private final Model model = new Model();
        private final List<EvaluationEvent> events = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();
        private EvaluationState.OfCompetence state = new EvaluationState.NotStarted(TestFrameworks.BOTH);
        private Instant now = Instant.parse("2021-08-20T08:00:00Z");
        private long ids;

        Learner(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        }

        void act() {
            now = now.plus(random.nextInt(8) == 0 ? Duration.ofHours(random.nextInt(240)) : Duration.ofSeconds(30));
            switch (random.nextInt(10)) {
                case 0 -> send(new ImproveCompetence(ADA, DATA));
                case 1 -> send(new ResetCompetence(nextId(), ADA, DATA));
                case 2 -> answer(randomChallenge());
                default -> due().ifPresent(this::answer);
            }
        }

        private void answer(ChallengeId challenge) {
            Optional<ChallengeId> due = due();
            Response response =
                    random.nextInt(6) == 0 ? new Response.Skipped() : new Response.Chosen(List.of(random.nextInt(3)));
            if (inForce().challenge(challenge).orElseThrow().isTimed() && random.nextInt(4) > 0) {
                send(new StartTimer(ADA, DATA, challenge, null, now));
                now = now.plusSeconds(random.nextInt(80));
            }
            Decision decision =
                    send(new RecordAnswer(new AnswerId(nextId()), ADA, DATA, challenge, response, null, null, now));
            if (decision instanceof Accepted) {
                assertThat(due).contains(challenge);
            } else if (due.isPresent() && due.get().equals(challenge)) {
                assertThat(((Refused) decision).code()).isEqualTo(Refusal.NOT_STARTED);
            }
        }

        private Decision send(OfCompetence command) {
            Decision decision = EvaluationDecider.decide(state, command, TestFrameworks.BOTH, Set.of(), now);
            if (decision instanceof Accepted(var accepted)) {
                for (LedgerEvent event : accepted) {
                    record((EvaluationEvent) event);
                }
                checkLevel();
            }
            return decision;
        }

        private void record(EvaluationEvent event) {
            events.add(event);
            times.add(now);
            state = state.evolve(event, now);
            model.see(event);
        }

        private void checkLevel() {
            assertThat(knowledge().score().pix().value()).isEqualTo(model.pix());
            assertThat(knowledge().score().level().value())
                    .isEqualTo(model.pix() / 8)
                    .isEqualTo(model.level);
        }

        /** The state that grew event by event is the one folded from the whole stream. */
        void check() {
            EvaluationState.OfCompetence folded = new EvaluationState.NotStarted(TestFrameworks.BOTH);
            for (int i = 0; i < events.size(); i++) {
                folded = folded.evolve(events.get(i), times.get(i));
            }
            assertThat(folded).isEqualTo(state);
        }

        private Optional<ChallengeId> due() {
            return NextChallenge.due(STREAM, knowledge(), inForce(), Set.of())
                    .map(next -> next.challenge().id());
        }

        private Knowledge knowledge() {
            return state.knowledge(DATA);
        }

        private Framework inForce() {
            return TestFrameworks.BOTH.inForce(now);
        }

        private ChallengeId randomChallenge() {
            Skill skill = TestFrameworks.skill("1.2", random.nextBoolean() ? "A" : "B", 1 + random.nextInt(5));
            return skill.challenges().get(random.nextInt(2)).id();
        }

        private UUID nextId() {
            return new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0000L + ++ids);
        }
    }

    /** Every skill is worth 4. What is validated stays so until a reset; a failure holds for one pass. */
    private static final class Model {
        private final Map<String, Boolean> known = new HashMap<>();
        private final Map<String, Integer> failedIn = new HashMap<>();
        private int pass;
        private int level;

        void see(EvaluationEvent event) {
            switch (event) {
                case AnswerRecorded answer -> {
                    String tube = answer.skill()
                            .value()
                            .substring(0, answer.skill().value().length() - 1);
                    int asked = Skill.difficultyOf(answer.skill());
                    boolean ok = answer.outcome() == Outcome.OK;
                    for (int difficulty = ok ? 1 : asked; difficulty <= (ok ? asked : 5); difficulty++) {
                        learn(tube + difficulty, ok, difficulty == asked);
                    }
                }
                case LevelChanged changed -> {
                    assertThat(changed.from().value()).isEqualTo(level);
                    assertThat(changed.to().value() > level).isEqualTo(changed.cause() == Cause.ANSWER);
                    level = changed.to().value();
                }
                case ImprovementStarted _ -> pass++;
                case CompetenceReset _ -> {
                    known.clear();
                    pass++;
                }
                default -> {}
            }
        }

        private void learn(String skill, boolean ok, boolean direct) {
            boolean validated = known.getOrDefault(skill, false);
            boolean open = !known.containsKey(skill) || (!validated && failedIn.getOrDefault(skill, 0) < pass);
            if (!validated && (direct || open)) {
                known.put(skill, ok);
                failedIn.put(skill, pass);
            }
        }

        int pix() {
            return 4 * (int) known.values().stream().filter(ok -> ok).count();
        }
    }
}
