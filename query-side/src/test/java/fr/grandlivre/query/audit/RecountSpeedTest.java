package fr.grandlivre.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.audit.Recount.Report;
import fr.grandlivre.query.audit.Recount.Rules;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Recounts a large ledger and prints how fast. {@code -Dledger.recount=1000000 -Dtest.jvm.extra=-Xmx512m} makes the long
 * version.
 */
class RecountSpeedTest {
    private static final int EVENTS = Integer.getInteger("ledger.recount", 5_000);

    /** Twenty answers a learner, each a copy of the first with its own learner; written past the writer. */
    private static final String FILL = """
        insert into ledger.event (position, recorded_at, seq, type, stream, event_id, metadata, payload)
        select 1 + i, e.recorded_at, (i - 1) %% 20, e.type, md5('s' || (i - 1) / 20)::uuid, gen_random_uuid(), e.metadata,
            convert_to(replace(convert_from(e.payload, 'UTF8'), '%1$s', md5('l' || (i - 1) / 20)::uuid::text), 'UTF8')
        from ledger.event e, generate_series(1, %2$d) as i where e.position = 1;
        update ledger.ledger_head set position = position + %2$d\
        """;

    @Test
    void a_large_ledger_is_recounted_with_the_same_digest_by_any_number_of_threads() {
        Frameworks frameworks = Frameworks.shipped();
        Framework framework = frameworks.versions().getLast();
        Competence competence = framework.competences().iterator().next();
        Skill skill = competence.skills().getFirst();
        try (TestViews views = new TestViews()) {
            views.append(
                    UUID.randomUUID(),
                    new AnswerRecorded(
                            new AnswerId(UUID.randomUUID()),
                            Facts.learner(1),
                            competence.code(),
                            skill.challenges().getFirst().id(),
                            skill.id(),
                            framework.version(),
                            Outcome.KO,
                            null,
                            1_000,
                            null,
                            List.of(0),
                            null));
            views.jdbc().execute(FILL.formatted(Facts.learner(1), EVENTS));
            Recount recount = new Recount(views.reader(), views.codec(), frameworks);
            String digest = "";
            for (int threads : List.of(1, 2, 4)) {
                long began = System.nanoTime();
                Report report = recount.all(views.reader().head(), Rules.AS_RECORDED, threads, _ -> {});
                System.out.printf(
                        "%d events, %d results, %d threads: %d ms, heap at most %d MB%n",
                        report.events(),
                        report.checked(),
                        threads,
                        Duration.ofNanos(System.nanoTime() - began).toMillis(),
                        Runtime.getRuntime().maxMemory() >> 20);
                assertThat(report.discrepancies()).isEmpty();
                assertThat(report.events()).isEqualTo(EVENTS + 1L);
                assertThat(digest).isIn("", report.digest());
                digest = report.digest();
            }
        }
    }
}
