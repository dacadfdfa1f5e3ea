package fr.grandlivre.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.live.DeadLetters.Parked;
import fr.grandlivre.query.live.DeadLetters.Reason;
import fr.grandlivre.query.replay.Rebuild.Comparison;
import fr.grandlivre.store.StoredEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An event that cannot be folded holds up its own stream only, and is not lost. */
class PoisonTest {
    private static final String VIEW = "profile";
    private static final String SEEN = "CREATE TABLE IF NOT EXISTS ${schema}.seen (position bigint PRIMARY KEY)";

    private TestViews views;
    private DeadLetters letters;
    private TransactionTemplate transaction;
    private Fragile fragile;
    private ProjectionInvoker invoker;
    private Retries retries;

    /** Notes the positions it was shown, and fails on some. */
    private static final class Fragile implements Projection {
        final Set<Long> poisoned = new HashSet<>();
        Supplier<RuntimeException> failure = () -> new IllegalStateException("cannot be folded");

        @Override
        public String name() {
            return VIEW;
        }

        @Override
        public Set<Class<? extends LedgerEvent>> reads() {
            return Set.of(CompetenceReset.class);
        }

        @Override
        public void apply(List<Recorded> page, ViewSchema view) {
            view.jdbc().execute(view.sql(SEEN));
            for (Recorded recorded : page) {
                view.jdbc().update(view.sql("INSERT INTO ${schema}.seen VALUES (?)"), recorded.position());
                if (poisoned.contains(recorded.position())) {
                    throw failure.get();
                }
            }
        }
    }

    @BeforeEach
    void create() {
        views = new TestViews();
        fragile = new Fragile();
        views.create(fragile);
        views.jdbc().execute(new ViewSchema(VIEW, views.jdbc()).sql(SEEN));
        letters = views.letters(views.jdbc());
        transaction = new TransactionTemplate(new JdbcTransactionManager(
                java.util.Objects.requireNonNull(views.jdbc().getDataSource())));
        invoker = new ProjectionInvoker(
                fragile, views.codec(), views.vault(), new ViewPositions(views.jdbc()), letters, views.jdbc());
        retries = new Retries(views.reader(), letters, views.jdbc(), transaction);
        retries.add(VIEW, invoker);
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void a_poison_event_parks_its_stream_and_no_other() {
        UUID poisoned = UUID.randomUUID();
        happens(UUID.randomUUID());
        long culprit = happens(poisoned);
        long beside = happens(UUID.randomUUID());
        long behind = happens(poisoned);
        fragile.poisoned.add(culprit);

        fold(1, 4);

        assertThat(seen()).containsExactly(1L, beside);
        assertThat(position()).isEqualTo(4);
        Parked parked = letters.oldest(10).getFirst();
        assertThat(parked.position()).isEqualTo(culprit);
        assertThat(parked.stream()).isEqualTo(poisoned);
        assertThat(parked.cause()).isEqualTo("IllegalStateException");
        assertThat(parked.waiting()).isEqualTo(2);

        long later = happens(poisoned);
        long elsewhere = happens(UUID.randomUUID());
        fold(5, 6);
        assertThat(seen()).containsExactly(1L, beside, elsewhere);
        assertThat(letters.waiting(VIEW)).isEqualTo(3);

        fragile.poisoned.clear();
        assertThat(retries.retry(VIEW, poisoned)).isEqualTo(new Retries.Outcome(3, java.util.Optional.empty()));
        assertThat(seen()).containsExactly(1L, beside, elsewhere, culprit, behind, later);
        assertThat(letters.waiting(VIEW)).isZero();
    }

    @Test
    void a_retry_that_fails_again_keeps_the_order_and_the_newest_cause() {
        UUID stream = UUID.randomUUID();
        long culprit = happens(stream);
        happens(stream);
        fragile.poisoned.add(culprit);
        fold(1, 2);
        fragile.failure = () -> new UnsupportedOperationException("still not");

        assertThat(retries.retry(VIEW, stream)).isEqualTo(new Retries.Outcome(0, java.util.Optional.of(culprit)));

        assertThat(seen()).isEmpty();
        assertThat(letters.oldest(10).getFirst().cause()).isEqualTo("UnsupportedOperationException");
        assertThat(letters.waiting(VIEW)).isEqualTo(2);
    }

    @Test
    void what_stands_behind_a_skipped_event_can_be_tried() {
        UUID stream = UUID.randomUUID();
        long culprit = happens(stream);
        long behind = happens(stream);
        fragile.poisoned.add(culprit);
        fold(1, 2);

        assertThat(letters.skip(VIEW, culprit, Reason.MISTAKE)).isTrue();
        assertThat(letters.skip(VIEW, culprit, Reason.MISTAKE)).isFalse();
        retries.retry(VIEW, stream);

        assertThat(seen()).containsExactly(behind);
        assertThat(letters.waiting(VIEW)).isZero();
    }

    @Test
    void a_database_that_is_busy_parks_nothing() {
        fragile.poisoned.add(happens(UUID.randomUUID()));
        fragile.failure = () -> new IllegalStateException(new SQLException("disk full", "53100"));

        assertThatThrownBy(() -> fold(1, 1)).hasRootCauseInstanceOf(SQLException.class);

        assertThat(letters.waiting(VIEW)).isZero();
        assertThat(position()).isZero();
    }

    @Test
    void a_view_that_fails_on_everything_stops_instead_of_parking_the_ledger() {
        int many = Folding.MOST_PARKED_STREAMS + 1;
        for (int i = 0; i < many; i++) {
            fragile.poisoned.add(happens(UUID.randomUUID()));
        }

        assertThatThrownBy(() -> fold(1, many)).isInstanceOf(IllegalStateException.class);

        assertThat(letters.waiting(VIEW)).isZero();
        assertThat(position()).isZero();
    }

    @Test
    void a_rebuild_puts_aside_what_it_cannot_fold_and_says_how_much_both_versions_lack() {
        UUID poisoned = UUID.randomUUID();
        long culprit = happens(poisoned);
        long beside = happens(UUID.randomUUID());
        long behind = happens(poisoned);
        fragile.poisoned.add(culprit);
        fold(1, 3);

        Comparison compared = views.rebuild().compare(fragile, _ -> {});
        assertThat(compared.equal()).isTrue();
        assertThat(compared.lettersLive()).isEqualTo(2);
        assertThat(compared.lettersRebuilt()).isEqualTo(2);
        assertThat(letters.oldest(10)).as("those of the shadow are gone").hasSize(1);

        assertThat(views.rebuild().replace(fragile, _ -> {}).lettersRebuilt()).isEqualTo(2);
        assertThat(seen()).containsExactly(beside);
        assertThat(letters.waiting()).isEqualTo(Map.of(VIEW, 2L));
        fragile.poisoned.clear();
        retries.retry(VIEW, poisoned);
        assertThat(seen()).containsExactly(beside, culprit, behind);
    }

    @Test
    void letters_go_and_come_back_with_the_rows_that_lack_the_events() {
        UUID poisoned = UUID.randomUUID();
        long culprit = happens(poisoned);
        fragile.poisoned.add(culprit);
        fold(1, 1);
        fragile.poisoned.clear();

        Comparison cured = views.rebuild().replace(fragile, _ -> {});
        assertThat(cured.equal()).isFalse();
        assertThat(cured.lettersLive()).isEqualTo(1);
        assertThat(cured.lettersRebuilt()).isZero();
        assertThat(letters.waiting()).isEmpty();

        views.rebuild().rollBack(fragile, _ -> {});
        assertThat(seen()).isEmpty();
        assertThat(letters.waiting()).isEqualTo(Map.of(VIEW, 1L));
        views.rebuild().rollBack(fragile, _ -> {});
        assertThat(seen()).containsExactly(culprit);
        assertThat(letters.waiting()).isEmpty();
        views.rebuild().confirm(fragile);
        assertThat(letters.oldest(10)).isEmpty();
    }

    @Test
    void an_event_that_only_the_next_release_cannot_fold_does_not_keep_it_closed() {
        UUID poisoned = UUID.randomUUID();
        long culprit = happens(poisoned);
        long beside = happens(UUID.randomUUID());
        fold(1, 2);
        fragile.poisoned.add(culprit);
        views.jdbc().execute("COMMENT ON SCHEMA profile IS 'another release'");

        assertThat(views.rebuild().upToDate(fragile, _ -> {})).isTrue();

        assertThat(seen()).containsExactly(beside);
        assertThat(letters.waiting()).isEqualTo(Map.of(VIEW, 1L));
        happens(poisoned);
        fold(3, 3);
        assertThat(letters.oldest(10).getFirst().waiting())
                .as("the stream waits on")
                .isEqualTo(2);
    }

    @Test
    void what_was_let_go_stays_let_go_in_the_rebuilt_rows() {
        UUID stream = UUID.randomUUID();
        long culprit = happens(stream);
        long behind = happens(stream);
        fragile.poisoned.add(culprit);
        fold(1, 2);
        letters.skip(VIEW, culprit, Reason.MISTAKE);

        assertThat(views.rebuild().replace(fragile, _ -> {}).lettersRebuilt()).isZero();

        assertThat(seen()).containsExactly(behind);
        assertThat(letters.waiting()).isEmpty();
    }

    @Test
    void a_rebuild_that_fails_on_everything_stops_and_leaves_the_live_view_alone() {
        int many = Folding.MOST_PARKED_STREAMS + 1;
        for (int i = 0; i < many; i++) {
            happens(UUID.randomUUID());
        }
        fold(1, many);
        for (long position = 1; position <= many; position++) {
            fragile.poisoned.add(position);
        }

        assertThatThrownBy(() -> views.rebuild().replace(fragile, _ -> {})).isInstanceOf(IllegalStateException.class);

        assertThat(seen()).hasSize(many);
        assertThat(letters.oldest(10)).isEmpty();
    }

    @Test
    void a_batch_with_a_hole_is_not_folded() {
        happens(UUID.randomUUID());
        happens(UUID.randomUUID());
        happens(UUID.randomUUID());

        assertThatThrownBy(() -> fold(2, 3)).hasMessageContaining("1 events are missing");

        assertThat(invoker.missing()).isEqualTo(1);
        fold(1, 3);
        assertThat(invoker.missing()).isZero();
    }

    private long happens(UUID stream) {
        return views.append(
                stream,
                new CompetenceReset(
                        UUID.randomUUID(),
                        new LearnerId(UUID.randomUUID()),
                        new CompetenceCode("1.1"),
                        new Level(1),
                        new Pix(8)));
    }

    /** As Axon's processor does: a unit of work in a transaction. */
    private void fold(long from, long to) {
        transaction.executeWithoutResult(_ -> {
            List<StoredEvent> page = new ArrayList<>();
            views.reader().scan(from - 1, to, 100, page::addAll);
            var unitOfWork = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>(page.getFirst()));
            try {
                page.forEach(stored -> invoker.handle(new GenericEventMessage<>(stored), Segment.ROOT_SEGMENT));
                unitOfWork.commit();
            } finally {
                if (unitOfWork.isActive()) {
                    unitOfWork.rollback();
                }
            }
        });
    }

    private List<@Nullable Long> seen() {
        return views.jdbc().queryForList("SELECT position FROM profile.seen ORDER BY ctid", Long.class);
    }

    private long position() {
        return new ViewSchema(VIEW, views.jdbc()).position();
    }
}
