package fr.grandlivre.query.profile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.profile.ProfileQueries.Timeline;
import fr.grandlivre.query.profile.ProfileView.CompetenceLevel;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfileQueriesTest {
    private static final LearnerId ADA = Facts.learner(1);
    private static final LearnerId BOB = Facts.learner(2);
    private static final Frameworks FRAMEWORKS = Frameworks.shipped();
    private static final int REPETITIONS = 50;

    private TestViews views;
    private ProfileProjection profile;
    private ProfileQueries queries;

    @BeforeEach
    void open() {
        views = new TestViews();
        profile = new ProfileProjection(FRAMEWORKS, views.reader(), views.codec());
        queries = new ProfileQueries(views.jdbc(), views.reader(), views.codec(), FRAMEWORKS);
        views.create(profile);
    }

    @AfterEach
    void close() {
        views.close();
    }

    /** All skills of a competence answered right, one a minute, with the changes of level that follow. */
    private List<LevelChanged> answersEverything(LearnerId learner, Competence competence) {
        Framework framework = FRAMEWORKS.versions().getLast();
        CompetenceCode code = competence.code();
        UUID stream = StreamIds.evaluation(learner, code);
        Knowledge knowledge = Knowledge.none(FRAMEWORKS, code);
        List<LevelChanged> changes = new ArrayList<>();
        for (Skill skill : competence.skills()) {
            views.setNow(views.now().plus(Duration.ofMinutes(1)));
            AnswerRecorded answer = new AnswerRecorded(
                    new AnswerId(UUID.randomUUID()),
                    learner,
                    code,
                    skill.challenges().getFirst().id(),
                    skill.id(),
                    framework.version(),
                    Outcome.OK,
                    null,
                    1_000,
                    null,
                    List.of(0),
                    null);
            Level before = knowledge.score().level();
            knowledge = knowledge.after(answer, views.now());
            Level after = knowledge.score().level();
            List<LedgerEvent> events = new ArrayList<>(List.of(answer));
            if (!after.equals(before)) {
                LevelChanged change = new LevelChanged(
                        learner,
                        code,
                        before,
                        after,
                        new Pix(knowledge.score().pix().value()),
                        answer.answer().value(),
                        Cause.ANSWER,
                        framework.version());
                events.add(change);
                changes.add(change);
            }
            views.append(stream, events.toArray(LedgerEvent[]::new));
        }
        return changes;
    }

    @Test
    void a_timeline_is_what_the_streams_say_and_costs_less_than_reading_them() {
        List<LevelChanged> changes = new ArrayList<>();
        Instant first = views.now().plus(Duration.ofMinutes(1));
        Framework framework = FRAMEWORKS.versions().getLast();
        framework.competences().forEach(competence -> changes.addAll(answersEverything(ADA, competence)));
        answersEverything(BOB, framework.competences().iterator().next());

        Timeline timeline = queries.timeline(ADA, Long.MAX_VALUE);
        assertThat(timeline.changes())
                .extracting(ProfileQueries.LevelChange::change)
                .isEqualTo(changes);
        assertThat(timeline.events()).hasSize(240 + changes.size()).isSorted();
        assertThat(timeline.events().getFirst()).isEqualTo(first);
        assertThat(queries.timeline(ADA, 1).events()).hasSize(1);

        RecordedEvents everything = RecordedEvents.all(views.codec(), null);
        List<UUID> streams = framework.competences().stream()
                .map(competence -> StreamIds.evaluation(ADA, competence.code()))
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%d events in 16 streams: the timeline takes %.2f ms, reading every event %.2f ms%n",
                timeline.events().size(),
                millis(() -> queries.timeline(ADA, Long.MAX_VALUE).events().size()),
                millis(() -> everything
                        .read(views.reader().streams(streams, Long.MAX_VALUE))
                        .size()));
    }

    private interface Read {
        int events();
    }

    private static double millis(Read read) {
        for (int warm = 0; warm < REPETITIONS; warm++) {
            assertThat(read.events()).isPositive();
        }
        long started = System.nanoTime();
        for (int measured = 0; measured < REPETITIONS; measured++) {
            assertThat(read.events()).isPositive();
        }
        return (System.nanoTime() - started) / 1e6 / REPETITIONS;
    }

    @Test
    void a_profile_changes_with_its_own_learner_s_events_only() {
        Framework framework = FRAMEWORKS.versions().getLast();
        var competences = framework.competences().iterator();
        answersEverything(ADA, competences.next());
        views.catchUp(profile, 100);
        ProfileView before = queries.current(ADA, views.now());
        assertThat(before.changed()).isEqualTo(before.position());

        answersEverything(BOB, competences.next());
        views.catchUp(profile, 100);
        ProfileView after = queries.current(ADA, views.now());
        assertThat(after.position()).isGreaterThan(before.position());
        assertThat(after.changed()).isEqualTo(before.changed());
        assertThat(after.competences()).isEqualTo(before.competences());
        assertThat(queries.current(Facts.learner(3), views.now()).changed()).isZero();
    }

    @Test
    void the_next_step_is_the_begun_competence_nearest_to_a_level() {
        Framework framework = FRAMEWORKS.versions().getLast();
        Competence begun = framework.competences().stream().skip(3).findFirst().orElseThrow();
        assertThat(queries.current(ADA, views.now()).nextStep().map(CompetenceLevel::competence))
                .contains(new CompetenceCode("1.1"));
        EvaluationEvent answer = new AnswerRecorded(
                new AnswerId(UUID.randomUUID()),
                ADA,
                begun.code(),
                begun.skills().getFirst().challenges().getFirst().id(),
                begun.skills().getFirst().id(),
                framework.version(),
                Outcome.OK,
                null,
                1_000,
                null,
                List.of(0),
                null);
        views.append(StreamIds.evaluation(ADA, begun.code()), answer);
        views.catchUp(profile, 100);
        assertThat(queries.current(ADA, views.now()).nextStep()).hasValueSatisfying(step -> {
            assertThat(step.competence()).isEqualTo(begun.code());
            assertThat(step.missing()).isEqualTo(6);
        });
    }
}
