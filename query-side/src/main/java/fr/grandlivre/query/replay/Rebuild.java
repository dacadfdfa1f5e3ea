package fr.grandlivre.query.replay;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.live.ViewLock;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds a view again from position 1 in a shadow schema, straight from the ledger, while the live view goes on
 * serving; then compares the two at one and the same position, or puts the shadow in the place of the live view.
 * One rebuild of a view at a time; several views may be rebuilt at once.
 */
public final class Rebuild {
    /** Events read, folded and committed at once: large enough to amortise a commit, small enough for 512 MB. */
    private static final int PAGE = 5_000;

    private final LedgerReader ledger;
    private final EventCodec codec;
    private final PersonalVault vault;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public Rebuild(
            LedgerReader ledger,
            EventCodec codec,
            PersonalVault vault,
            JdbcTemplate jdbc,
            TransactionTemplate transaction) {
        this.ledger = ledger;
        this.codec = codec;
        this.vault = vault;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Rebuilds, then says whether the rebuilt rows equal the live ones byte for byte. The live view is not touched.
     *
     * @param projection the view
     * @param progress   told after every page
     * @return both digests, taken at the same position
     */
    public Comparison compare(Projection projection, Consumer<Progress> progress) {
        ViewSchema shadow = fill(projection, progress);
        try {
            return atTheLivePosition(projection, shadow, live -> {
                ViewDigest digests = new ViewDigest(jdbc);
                return new Comparison(live.position(), digests.of(live), digests.of(shadow));
            });
        } finally {
            shadow.drop();
        }
    }

    /**
     * Rebuilds, then serves the rebuilt rows instead of the live ones. Readers see the old view until the switch.
     *
     * @param projection the view
     * @param progress   told after every page
     * @return the position at which the views were exchanged
     */
    public long replace(Projection projection, Consumer<Progress> progress) {
        ViewSchema shadow = fill(projection, progress);
        return atTheLivePosition(projection, shadow, live -> {
            long position = live.position();
            live.drop();
            jdbc.execute("ALTER SCHEMA " + shadow.name() + " RENAME TO " + live.name());
            return position;
        });
    }

    private ViewSchema fill(Projection projection, Consumer<Progress> progress) {
        ViewSchema shadow = new ViewSchema(projection.name() + "_shadow", jdbc);
        transaction.executeWithoutResult(_ -> {
            shadow.drop();
            shadow.create(projection);
        });
        long started = System.nanoTime();
        long head = ledger.head();
        RecordedEvents events = reader(projection);
        ledger.scan(0, head, PAGE, page -> {
            transaction.executeWithoutResult(_ -> fold(projection, shadow, events, page));
            progress.accept(new Progress(
                    projection.name(), page.getLast().position(), head, Duration.ofNanos(System.nanoTime() - started)));
        });
        return shadow;
    }

    /** Brings the shadow exactly to the live view's position, which cannot move meanwhile. */
    private <T> T atTheLivePosition(Projection projection, ViewSchema shadow, LiveWork<T> work) {
        ViewSchema live = new ViewSchema(projection.name(), jdbc);
        T result = transaction.execute(_ -> {
            ViewLock.exclusive(live);
            Tenants.every(jdbc);
            RecordedEvents events = reader(projection);
            ledger.scan(shadow.position(), live.position(), PAGE, page -> fold(projection, shadow, events, page));
            return work.on(live);
        });
        return java.util.Objects.requireNonNull(result);
    }

    private RecordedEvents reader(Projection projection) {
        @Nullable PersonalVault opener = projection.readsPersonalFields() ? vault : null;
        return RecordedEvents.of(codec, opener, projection.reads());
    }

    private static void fold(Projection projection, ViewSchema shadow, RecordedEvents events, List<StoredEvent> page) {
        Tenants.every(shadow.jdbc());
        projection.apply(events.read(page), shadow);
        shadow.reached(page.getLast().position());
    }

    private interface LiveWork<T> {
        T on(ViewSchema live);
    }

    /**
     * @param view     which view
     * @param done     last position folded
     * @param total    head of the ledger when the rebuild began
     * @param elapsed  time spent so far
     */
    public record Progress(String view, long done, long total, Duration elapsed) {
        /** @return 0..100 */
        public int percent() {
            return total == 0 ? 100 : (int) (100 * done / total);
        }

        /** @return time left at the speed so far */
        public Duration eta() {
            return done == 0
                    ? Duration.ZERO
                    : elapsed.multipliedBy(total - done).dividedBy(done);
        }
    }

    /**
     * @param position at which both digests were taken
     * @param live     SHA-256 of the live rows, 64 hexadecimal digits
     * @param rebuilt  SHA-256 of the rebuilt rows
     */
    public record Comparison(long position, String live, String rebuilt) {
        /** @return whether the live view equals a fresh replay */
        public boolean equal() {
            return live.equals(rebuilt);
        }
    }
}
