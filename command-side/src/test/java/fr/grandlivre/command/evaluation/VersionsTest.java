package fr.grandlivre.command.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.MemoryLedger;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.framework.FrameworkCommand.PublishFramework;
import fr.grandlivre.command.framework.PublishedFramework;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.framework.FrameworkEvent.VersionPublished;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Domain;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.PixScale;
import fr.grandlivre.rules.framework.Skill;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions of the framework one after the other: what is recorded stays, what is new counts from the next answer on. */
class VersionsTest {
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final CompetenceCode DATA = new CompetenceCode("1.2");
    private static final UUID STREAM = StreamIds.evaluation(ADA, DATA);
    private static final FrameworkVersion THIRD = new FrameworkVersion("2031");
    private static final Instant LAST_DAY_OF_2019 = Instant.parse("2021-08-31T21:59:00Z");
    private static final Instant FIRST_DAY_OF_2021 = Instant.parse("2021-08-31T22:00:00Z");
    private static final Instant FIRST_DAY_OF_THE_THIRD = Instant.parse("2031-08-31T22:00:00Z");

    /** Knows everything. */
    private static final class Learner {
        private final LedgerScenario scenario;
        private final Frameworks frameworks;
        private Instant now;
        private long answers;

        Learner(Instant now, Frameworks frameworks) {
            this.now = now;
            this.frameworks = frameworks;
            this.scenario = new LedgerScenario(now);
            scenario.with(side -> Evaluation.register(side, frameworks, _ -> Set.of()))
                    .with(side -> PublishedFramework.register(side, frameworks, scenario.ledger()));
        }

        Learner at(Instant later) {
            now = later;
            scenario.at(later);
            return this;
        }

        Learner answersEverything() {
            for (Optional<Challenge> due = due(); due.isPresent(); due = due()) {
                answer(due.get(), AnsweringModel.right(due.get()));
            }
            return this;
        }

        void answer(Challenge challenge, Response response) {
            if (challenge.isTimed()) {
                scenario.when(new EvaluationCommand.StartTimer(ADA, DATA, challenge.id(), null, now));
            }
            scenario.when(new RecordAnswer(
                            new AnswerId(new UUID(7, ++answers)), ADA, DATA, challenge.id(), response, null, null, now))
                    .thenRecorded();
            at(now.plus(Duration.ofMinutes(1)));
        }

        Optional<Challenge> due() {
            return NextChallenge.due(STREAM, knowledge(), frameworks.inForce(now), Set.of())
                    .map(NextChallenge::challenge);
        }

        Knowledge knowledge() {
            Knowledge knowledge = Knowledge.none(frameworks, DATA);
            for (LedgerHistory.Fact fact : scenario.ledger().of(List.of(STREAM)).facts()) {
                knowledge = knowledge.after((EvaluationEvent) fact.event(), fact.recordedAt());
            }
            return knowledge;
        }

        List<LedgerEvent> stream() {
            return scenario.stream(STREAM);
        }
    }

    @Test
    void both_shipped_versions_are_published_and_an_answer_under_2019_keeps_its_reading() {
        Frameworks shipped = Frameworks.shipped();
        Learner learner = new Learner(LAST_DAY_OF_2019, shipped);
        publish(learner.scenario, shipped.versions());
        MemoryLedger ledger = learner.scenario.ledger();
        assertThat(Stream.of("2019", "2021")
                        .flatMap(name -> ledger.of(StreamIds.framework(new FrameworkVersion(name))).stream())
                        .map(event -> ((VersionPublished) event).version().value()))
                .containsExactly("2019", "2021");

        Challenge first = learner.due().orElseThrow();
        learner.answer(first, AnsweringModel.right(first));
        List<LedgerEvent> written = learner.stream();
        Knowledge reading = learner.knowledge();
        learner.at(FIRST_DAY_OF_2021);
        assertThat(learner.stream()).isEqualTo(written);
        Challenge second = learner.due().orElseThrow();
        learner.answer(second, AnsweringModel.right(second));

        assertThat(learner.stream().subList(0, written.size())).isEqualTo(written);
        assertThat(answers(learner))
                .extracting(answer -> answer.framework().value())
                .containsExactly("2019", "2021");
        assertThat(learner.knowledge().of(first.skill())).isEqualTo(reading.of(first.skill()));
    }

    @Test
    void a_raised_ceiling_moves_a_level_at_the_next_answer_and_not_by_itself() {
        Learner learner = new Learner(FIRST_DAY_OF_2021, withThird()).answersEverything();
        assertThat(learner.knowledge().score().level()).isEqualTo(new Level(5));
        List<LedgerEvent> written = learner.stream();

        publish(learner.scenario, withThird().versions());
        learner.at(FIRST_DAY_OF_THE_THIRD);
        assertThat(learner.stream()).isEqualTo(written);
        assertThat(learner.knowledge().score().level()).isEqualTo(new Level(5));

        learner.answersEverything();
        assertThat(learner.stream().subList(0, written.size())).isEqualTo(written);
        List<LedgerEvent> since =
                learner.stream().subList(written.size(), learner.stream().size());
        assertThat(since)
                .filteredOn(AnswerRecorded.class::isInstance)
                .extracting(answer -> Skill.difficultyOf(((AnswerRecorded) answer).skill()))
                .containsExactly(6, 6);
        assertThat(since)
                .filteredOn(LevelChanged.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(LevelChanged.class, change -> {
                    assertThat(change.from()).isEqualTo(new Level(5));
                    assertThat(change.to()).isEqualTo(new Level(6));
                    assertThat(change.framework()).isEqualTo(THIRD);
                });
    }

    @Test
    void under_the_old_version_there_is_nothing_left_to_improve_or_ask() {
        Learner learner = new Learner(FIRST_DAY_OF_2021, withThird()).answersEverything();
        learner.at(FIRST_DAY_OF_THE_THIRD.minusSeconds(1));
        assertThat(learner.due()).isEmpty();
        learner.scenario.when(new ImproveCompetence(ADA, DATA)).thenRefused(Refusal.NOTHING_TO_IMPROVE);
    }

    private static List<AnswerRecorded> answers(Learner learner) {
        return learner.stream().stream()
                .filter(AnswerRecorded.class::isInstance)
                .map(AnswerRecorded.class::cast)
                .toList();
    }

    private static void publish(LedgerScenario scenario, List<Framework> versions) {
        versions.forEach(
                version -> scenario.when(new PublishFramework(version.version(), version.contentSha256(), true)));
    }

    private static Frameworks withThird() {
        Framework last = TestFrameworks.BOTH.of(TestFrameworks.V2021);
        Framework third = new Framework(
                THIRD,
                LocalDate.of(2031, 9, 1),
                new PixScale(8, 4, 6, 16),
                last.pick(),
                last.delays(),
                last.domains().stream()
                        .map(domain -> new Domain(
                                domain.code(),
                                domain.title(),
                                domain.competences().stream()
                                        .map(competence ->
                                                competence.code().equals(DATA) ? grown(competence) : competence)
                                        .toList()))
                        .toList(),
                TestFrameworks.HASH);
        return new Frameworks(Stream.concat(TestFrameworks.BOTH.versions().stream(), Stream.of(third))
                .toList());
    }

    private static Competence grown(Competence competence) {
        return new Competence(
                competence.code(),
                competence.domain(),
                competence.title(),
                competence.crcn(),
                competence.digComp(),
                competence.tubes().stream()
                        .map(tube -> TestFrameworks.tube(tube.id(), DATA, 6))
                        .toList());
    }
}
