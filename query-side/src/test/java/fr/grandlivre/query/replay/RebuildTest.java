package fr.grandlivre.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.profile.ProfileProjection;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rebuilt view equals the live one byte for byte; a row that was edited does not hide. */
class RebuildTest {
    private static final long SEED = 20_220_516;

    private final Frameworks frameworks = Frameworks.shipped();
    private final Random random = new Random(SEED);
    private final List<LearnerId> learners = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private TestViews views;
    private ProfileProjection profile;
    private ProfileQueries queries;

    @BeforeEach
    void aLedgerWithRandomHistories() {
        views = new TestViews();
        profile = new ProfileProjection(frameworks, views.reader(), views.codec());
        queries = new ProfileQueries(views.jdbc(), views.reader(), views.codec(), frameworks);
        views.create(profile);
        for (int i = 0; i < 6; i++) {
            learners.add(new LearnerId(new UUID(random.nextLong(), random.nextLong())));
        }
        for (int i = 0; i < 400; i++) {
            positions.add(somethingHappens());
        }
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void a_rebuilt_profile_equals_the_live_one_whatever_the_pages_were() {
        // Small pages, and a projection that forgets between them: every fold must be picked up from the ledger.
        for (int page = 1; page <= 3; page++) {
            views.catchUp(new ProfileProjection(frameworks, views.reader(), views.codec()), 7 * page);
        }
        List<Rebuild.Progress> told = new ArrayList<>();
        Rebuild.Comparison comparison = views.rebuild().compare(profile, told::add);
        assertThat(comparison.equal()).as("seed %d", SEED).isTrue();
        assertThat(comparison.position()).isEqualTo(views.reader().head());
        assertThat(told.getLast().percent()).isEqualTo(100);
    }

    @Test
    void an_edited_row_is_found() {
        views.catchUp(profile, 100);
        views.jdbc()
                .update("UPDATE profile.competence SET pix = pix + 1 WHERE ctid = (SELECT min(ctid) FROM"
                        + " profile.competence)");
        assertThat(views.rebuild().compare(profile, _ -> {}).equal()).isFalse();
    }

    @Test
    void a_replaced_view_serves_the_rebuilt_rows_and_goes_on_from_there() {
        views.catchUp(profile, 100);
        views.jdbc().update("UPDATE profile.competence SET pix = 0, level = 0");
        views.rebuild().replace(profile, _ -> {});
        somethingHappens();
        views.catchUp(profile, 100);
        assertThat(views.rebuild().compare(profile, _ -> {}).equal()).isTrue();
    }

    @Test
    void the_profile_as_of_every_position_equals_a_rebuild_that_stops_there() {
        for (int i = 0; i < positions.size(); i += 23) {
            long position = positions.get(i);
            views.jdbc().execute("DROP SCHEMA profile CASCADE");
            views.create(profile);
            views.catchUpTo(profile, position);
            for (LearnerId learner : learners) {
                ProfileView now = queries.current(learner, views.now());
                ProfileView then = queries.asOf(learner, position, views.now());
                assertThat(then.competences())
                        .as("seed %d, position %d", SEED, position)
                        .isEqualTo(now.competences());
                assertThat(then.total()).isEqualTo(now.total());
                assertThat(then.changed()).isEqualTo(now.changed()).isLessThanOrEqualTo(position);
                assertThat(then.nextStep()).isEqualTo(now.nextStep());
            }
        }
    }

    private long somethingHappens() {
        LearnerId learner = learners.get(random.nextInt(learners.size()));
        Framework framework =
                frameworks.versions().get(random.nextInt(frameworks.versions().size()));
        List<Competence> taught = framework.competences().stream()
                .filter(each -> !each.tubes().isEmpty())
                .toList();
        Competence competence = taught.get(random.nextInt(Math.min(3, taught.size())));
        views.setNow(views.now().plusMillis(1 + random.nextInt(60_000)));
        UUID stream = StreamIds.evaluation(learner, competence.code());
        return views.append(stream, event(learner, framework, competence));
    }

    private LedgerEvent event(LearnerId learner, Framework framework, Competence competence) {
        CompetenceCode code = competence.code();
        return switch (random.nextInt(20)) {
            case 0 -> new ImprovementStarted(learner, code, framework.version());
            case 1 -> new CompetenceReset(UUID.randomUUID(), learner, code, new Level(1), new Pix(8));
            default -> {
                var skill = competence
                        .skills()
                        .get(random.nextInt(competence.skills().size()));
                Challenge challenge = skill.challenges().getFirst();
                yield new AnswerRecorded(
                        new AnswerId(UUID.randomUUID()),
                        learner,
                        code,
                        challenge.id(),
                        skill.id(),
                        framework.version(),
                        random.nextInt(3) > 0 ? Outcome.OK : Outcome.KO,
                        null,
                        1_000,
                        null,
                        List.of(0),
                        null);
            }
        };
    }
}
