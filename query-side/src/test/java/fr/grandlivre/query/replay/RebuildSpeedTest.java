package fr.grandlivre.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.audit.TieProjection;
import fr.grandlivre.query.campaign.CampaignProjection;
import fr.grandlivre.query.certificate.DocumentProjection;
import fr.grandlivre.query.evaluation.EvaluationProjection;
import fr.grandlivre.query.privacy.AccessProjection;
import fr.grandlivre.query.privacy.ErasureProjection;
import fr.grandlivre.query.profile.ProfileProjection;
import fr.grandlivre.query.replay.Rebuild.Comparison;
import fr.grandlivre.query.schoolreport.SchoolReportProjection;
import fr.grandlivre.query.session.SessionProjection;
import fr.grandlivre.query.verification.VerificationProjection;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Builds every view three times, by one, two and four threads, and prints how fast. {@code -Dledger.rebuild=1000000
 * -Dtest.jvm.extra=-Xmx512m} makes the long version.
 */
class RebuildSpeedTest {
    private static final int EVENTS = Integer.getInteger("ledger.rebuild", 2_000);
    private static final int ANSWERS = 8;
    private static final String CODE = "P-00000000";
    private static final List<Integer> THREADS = List.of(1, 2, 4);

    /** What one pupil left behind, copied with ids of its own; written past the writer. */
    private static final String FILL = """
        insert into ledger.event (position, recorded_at, seq, type, stream, event_id, metadata, payload)
        select t.position + i * %1$d, t.recorded_at, t.seq, t.type, md5(t.stream || '/' || i)::uuid, gen_random_uuid(),
            t.metadata, convert_to(%2$s, 'UTF8')
        from generate_series(1, %3$d) as i,
            (select *, convert_from(payload, 'UTF8') as text from ledger.event) t;
        update ledger.ledger_head set position = (select max(position) from ledger.event);
        vacuum analyze ledger.event\
        """;

    private final Frameworks frameworks = Frameworks.shipped();

    private List<Projection> projections(TestViews views) {
        return List.of(
                new ProfileProjection(frameworks, views.reader(), views.codec()),
                new CampaignProjection(frameworks, views.reader(), views.codec()),
                new EvaluationProjection(),
                new VerificationProjection(),
                new SessionProjection(),
                new SchoolReportProjection(),
                new AccessProjection(),
                new ErasureProjection(),
                new DocumentProjection(),
                new TieProjection());
    }

    /** @return how many events the model has */
    private long fill(TestViews views) {
        LearnerId learner = Facts.learner(1);
        List<UUID> own = new ArrayList<>(List.of(
                learner.value(), Facts.exam(1).value(), Facts.certificate(1).value()));
        views.append(StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, learner), Facts.enrolled(learner, "Zoé", "Martin"));
        Framework framework = frameworks.versions().getLast();
        for (Competence competence : framework.competences().stream()
                .filter(one -> !one.tubes().isEmpty())
                .limit(2)
                .toList()) {
            List<LedgerEvent> events = new ArrayList<>();
            for (Skill skill : competence.skills().stream().limit(ANSWERS).toList()) {
                var answer = new AnswerId(new UUID(13, own.size()));
                own.add(answer.value());
                events.add(new AnswerRecorded(
                        answer,
                        learner,
                        competence.code(),
                        skill.challenges().getFirst().id(),
                        skill.id(),
                        framework.version(),
                        Outcome.OK,
                        null,
                        1_000,
                        null,
                        List.of(0),
                        null));
            }
            events.add(new LevelChanged(
                    learner,
                    competence.code(),
                    new Level(0),
                    new Level(1),
                    new Pix(8),
                    own.getLast(),
                    Cause.ANSWER,
                    framework.version()));
            views.append(StreamIds.evaluation(learner, competence.code()), events.toArray(LedgerEvent[]::new));
        }
        views.append(Facts.exam(1).value(), Facts.started(Facts.exam(1), learner));
        views.append(Facts.exam(1).value(), Facts.scored(Facts.exam(1), ExamOutcome.VALIDATED, 640));
        long model = views.append(Facts.certificate(1).value(), Facts.issued(1, learner, CODE));
        String payload = "replace(t.text, '" + CODE + "', 'P-' || upper(lpad(to_hex(i), 8, '0')))";
        for (UUID id : own) {
            payload = "replace(" + payload + ", '" + id + "', md5('" + id + "/' || i)::uuid::text)";
        }
        for (String statement : FILL.formatted(model, payload, EVENTS / model).split(";\n")) {
            views.jdbc().execute(statement);
        }
        return model;
    }

    @Test
    void every_view_of_a_large_ledger_is_rebuilt_with_the_same_digest_by_any_number_of_threads() throws Exception {
        try (TestViews views = new TestViews()) {
            long model = fill(views);
            List<Projection> projections = projections(views);
            Rebuild rebuild = views.rebuild();
            for (int threads : THREADS) {
                try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
                    long began = System.nanoTime();
                    List<Callable<Boolean>> work = projections.stream()
                            .<Callable<Boolean>>map(one -> () -> same(rebuild, one))
                            .toList();
                    for (Future<Boolean> done : workers.invokeAll(work)) {
                        assertThat(done.get()).isTrue();
                    }
                    System.out.printf(
                            "%d events, %d views, %d threads: %d ms, heap at most %d MB%n",
                            views.reader().head(),
                            projections.size(),
                            threads,
                            Duration.ofNanos(System.nanoTime() - began).toMillis(),
                            Runtime.getRuntime().maxMemory() >> 20);
                }
            }
            assertThat(views.jdbc().queryForObject("SELECT count(*) FROM verification.certificate", Long.class))
                    .isEqualTo(views.reader().head() / model);
            assertThat(views.jdbc().queryForObject("SELECT count(*) FROM profile.competence", Long.class))
                    .isEqualTo(2 * (views.reader().head() / model));
        }
    }

    /** The first time rows come where none were, later they are compared with those. */
    private static boolean same(Rebuild rebuild, Projection projection) {
        long began = System.nanoTime();
        if (rebuild.upToDate(projection, _ -> {})) {
            System.out.printf(
                    "%-14s in %6d ms%n",
                    projection.name(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            return true;
        }
        Comparison found = rebuild.compare(projection, _ -> {});
        return found.equal() && found.lettersRebuilt() == 0;
    }
}
