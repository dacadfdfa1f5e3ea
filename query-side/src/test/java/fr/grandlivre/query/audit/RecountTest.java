package fr.grandlivre.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.RandomHistories;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.audit.Recount.Discrepancy;
import fr.grandlivre.query.audit.Recount.Report;
import fr.grandlivre.query.audit.Recount.Rules;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.ExamScoring;
import fr.grandlivre.rules.session.JuryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecountTest {
    private static final long SEED = new Random().nextLong();

    private final Frameworks frameworks = Frameworks.shipped();
    private final Framework framework = frameworks.versions().getLast();
    private final Competence competence = framework.competences().iterator().next();
    private TestViews views;
    private Recount recount;

    @BeforeEach
    void create() {
        views = new TestViews();
        recount = new Recount(views.reader(), views.codec(), frameworks);
    }

    @AfterEach
    void close() {
        views.close();
    }

    private Report recount(int threads) {
        return recount.all(views.reader().head(), Rules.AS_RECORDED, threads, _ -> {});
    }

    private void histories(int happenings) {
        RandomHistories random = new RandomHistories(views, frameworks, SEED);
        for (int i = 0; i < happenings; i++) {
            random.somethingHappens();
        }
    }

    @Test
    void three_recounts_on_different_numbers_of_threads_give_the_same_digest_and_no_discrepancy() {
        histories(400);
        List<Report> reports = List.of(recount(1), recount(2), recount(7));
        assertThat(reports).as("seed %d", SEED).allSatisfy(report -> {
            assertThat(report.discrepancies()).isEmpty();
            assertThat(report.digest()).matches("[0-9a-f]{64}");
            assertThat(report.checked()).isPositive();
        });
        assertThat(reports)
                .extracting(Report::digest)
                .containsOnly(reports.getFirst().digest());
        assertThat(recount.all(views.reader().head() / 2, Rules.AS_RECORDED, 2, _ -> {})
                        .digest())
                .as("of another position")
                .isNotEqualTo(reports.getFirst().digest());
    }

    /** A right answer to the hardest skill of a tube: worth at least level 1. */
    private long answer(LearnerId learner, Skill skill, Outcome outcome, AnswerId id) {
        return views.append(
                StreamIds.evaluation(learner, competence.code()),
                new AnswerRecorded(
                        id,
                        learner,
                        competence.code(),
                        skill.challenges().getFirst().id(),
                        skill.id(),
                        framework.version(),
                        outcome,
                        null,
                        1_000,
                        null,
                        List.of(0),
                        null));
    }

    private long level(LearnerId learner, int from, int to, int pix, AnswerId because) {
        return views.append(
                StreamIds.evaluation(learner, competence.code()),
                new LevelChanged(
                        learner,
                        competence.code(),
                        new Level(from),
                        new Level(to),
                        new Pix(pix),
                        because.value(),
                        Cause.ANSWER,
                        framework.version()));
    }

    private Skill hardest() {
        return competence.tubes().getFirst().skills().getLast();
    }

    private int pix() {
        // Whole tube: five skills of 8/3 each.
        return 13;
    }

    @Test
    void a_planted_wrong_level_is_found_with_its_position() {
        histories(100);
        LearnerId learner = Facts.learner(1);
        AnswerId answer = new AnswerId(UUID.randomUUID());
        long answered = answer(learner, hardest(), Outcome.OK, answer);
        long planted = level(learner, 0, 3, pix(), answer);
        answer(learner, competence.tubes().get(1).skills().getFirst(), Outcome.KO, new AnswerId(UUID.randomUUID()));
        assertThat(recount(2).discrepancies())
                .as("seed %d", SEED)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.key()).isEqualTo("learner/" + learner + "/competence/" + competence.code());
                    assertThat(found.pointer()).isEqualTo("/level");
                    assertThat(found.recorded()).isEqualTo("3");
                    assertThat(found.recomputed()).isEqualTo("1");
                    assertThat(found.firstDivergingPosition()).isEqualTo(planted);
                    assertThat(found.because()).containsExactly(answered);
                    assertThat(found.frameworkVersion())
                            .isEqualTo(framework.version().value());
                });
        assertThat(recount.all(planted - 1, Rules.AS_RECORDED, 1, _ -> {}).discrepancies())
                .as("before the wrong level there is one that is not recorded yet")
                .extracting(Discrepancy::firstDivergingPosition)
                .containsExactly(answered);
    }

    @Test
    void a_level_that_nobody_recorded_is_found_at_the_answer_that_moved_it() {
        LearnerId learner = Facts.learner(1);
        long answered = answer(learner, hardest(), Outcome.OK, new AnswerId(UUID.randomUUID()));
        histories(20);
        assertThat(recount(3).discrepancies()).singleElement().satisfies(found -> {
            assertThat(found.recorded()).isEqualTo("0");
            assertThat(found.recomputed()).isEqualTo("1");
            assertThat(found.firstDivergingPosition()).isEqualTo(answered);
        });
    }

    @Test
    void only_what_concerns_somebody_is_recounted_when_asked_so() {
        LearnerId wrong = Facts.learner(1);
        answer(wrong, hardest(), Outcome.OK, new AnswerId(UUID.randomUUID()));
        LearnerId right = Facts.learner(2);
        AnswerId answer = new AnswerId(UUID.randomUUID());
        answer(right, hardest(), Outcome.OK, answer);
        level(right, 0, 1, pix(), answer);
        long head = views.reader().head();
        List<UUID> streams =
                List.of(StreamIds.evaluation(wrong, competence.code()), StreamIds.evaluation(right, competence.code()));
        assertThat(recount.of(streams, Set.of(right), head, Rules.AS_RECORDED).clean())
                .isTrue();
        assertThat(recount.of(streams, Set.of(wrong), head, Rules.AS_RECORDED).clean())
                .isFalse();
    }

    @Test
    void other_rules_are_tried_without_a_verdict() {
        LearnerId learner = Facts.learner(1);
        answer(learner, hardest(), Outcome.OK, new AnswerId(UUID.randomUUID()));
        long head = views.reader().head();
        assertThat(recount.rules("1999")).isEmpty();
        Rules other = recount.rules(frameworks.earliest().version().value()).orElseThrow();
        Report report = recount.all(head, other, 2, _ -> {});
        assertThat(report.discrepancies()).isEmpty();
        assertThat(report.alternatives())
                .extracting(Recount.Alternative::pointer)
                .containsOnly("/level");
        assertThat(report.digest())
                .as("other levels, another digest")
                .isNotEqualTo(recount.all(head, Rules.AS_RECORDED, 2, _ -> {}).digest());
        assertThat(views.reader().head()).as("nothing is written").isEqualTo(head);
    }

    /** An exam of one competence with three questions, two of them right. */
    private ExamId exam(LearnerId learner, int certifiablePix, int recordedPix) {
        ExamId exam = Facts.exam(1);
        ExamStarted blank = Facts.started(exam, learner);
        List<Question> questions = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            Skill skill = competence.tubes().getFirst().skills().get(number - 1);
            questions.add(new Question(
                    number,
                    competence.code(),
                    skill.id(),
                    skill.challenges().getFirst().id(),
                    null));
        }
        ExamStarted started = new ExamStarted(
                exam,
                blank.session(),
                blank.candidate(),
                learner,
                blank.startedAt(),
                blank.endsAt(),
                0,
                framework.version(),
                blank.rules(),
                views.reader().head(),
                List.of(new CertifiableCompetence(competence.code(), new Level(1), new Pix(certifiablePix))),
                questions,
                1);
        views.append(exam.value(), started);
        List<Outcome> outcomes = List.of(Outcome.OK, Outcome.OK, Outcome.KO);
        for (int number = 1; number <= 3; number++) {
            views.append(
                    exam.value(),
                    new ExamAnswerRecorded(
                            exam,
                            number,
                            questions.get(number - 1).challenge(),
                            outcomes.get(number - 1),
                            null,
                            1_000,
                            started.startedAt().plusSeconds(number),
                            List.of(0),
                            null));
        }
        views.append(exam.value(), new ExamEnded(exam, started.startedAt().plusSeconds(9), EndReason.COMPLETED, 3));
        ExamScored scored = ExamScoring.of(
                        started,
                        outcomes,
                        EndReason.COMPLETED,
                        JuryRecord.NONE,
                        ExamRules.of(started.rules()),
                        framework.scale())
                .scored(started, 1);
        views.append(
                exam.value(),
                new ExamScored(
                        exam,
                        1,
                        scored.framework(),
                        scored.rules(),
                        scored.asked(),
                        scored.neutralised(),
                        scored.correct(),
                        scored.ratePercent(),
                        scored.competences(),
                        new Pix(scored.totalPix().value() + recordedPix),
                        scored.outcome(),
                        scored.cause()));
        return exam;
    }

    @Test
    void an_exam_is_recounted_from_the_profile_of_its_start_and_its_answers() {
        LearnerId learner = Facts.learner(1);
        AnswerId answer = new AnswerId(UUID.randomUUID());
        answer(learner, hardest(), Outcome.OK, answer);
        level(learner, 0, 1, pix(), answer);
        exam(learner, pix(), 0);
        assertThat(recount(2).discrepancies()).isEmpty();
    }

    @Test
    void a_result_and_a_profile_that_the_answers_do_not_give_are_both_found() {
        LearnerId learner = Facts.learner(1);
        AnswerId answer = new AnswerId(UUID.randomUUID());
        answer(learner, hardest(), Outcome.OK, answer);
        level(learner, 0, 1, pix(), answer);
        ExamId exam = exam(learner, pix() + 1, 5);
        long head = views.reader().head();
        assertThat(recount(2).discrepancies())
                .allSatisfy(found -> assertThat(found.key()).isEqualTo("exam/" + exam))
                .anySatisfy(found -> {
                    assertThat(found.pointer()).isEqualTo("/certifiable/" + competence.code() + "/pix");
                    assertThat(found.recorded()).isEqualTo("14");
                    assertThat(found.recomputed()).isEqualTo("13");
                })
                .anySatisfy(found -> {
                    assertThat(found.pointer()).isEqualTo("/totalPix");
                    assertThat(found.firstDivergingPosition()).isEqualTo(head);
                });
    }
}
