package fr.grandlivre.query.replay;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.query.LongStatements;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.live.Folding;
import fr.grandlivre.query.live.ViewLock;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds a view again from position 1 in a shadow schema, straight from the ledger, while the live view goes on
 * serving; then compares the two at one and the same position, or puts the shadow in the place of the live view and keeps
 * the one that it replaced, so that it can come back. An event that cannot be folded is put aside for the rows that lack it,
 * as the live processor does, and its letter moves with those rows. One rebuild of a view at a time, on whatever node; several views
 * may be rebuilt at once.
 */
public final class Rebuild {
    /** Events read, folded and committed at once: large enough to amortise a commit, small enough for 512 MB. */
    private static final int PAGE = 5_000;

    private final LedgerReader ledger;
    private final EventCodec codec;
    private final PersonalVault vault;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DeadLetters letters;

    /** @param letters of events that cannot be folded; created */
    public Rebuild(
            LedgerReader ledger,
            EventCodec codec,
            PersonalVault vault,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            DeadLetters letters) {
        this.ledger = ledger;
        this.codec = codec;
        this.vault = vault;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.letters = letters;
    }

    /**
     * Rebuilds, then says whether the rebuilt rows equal the live ones byte for byte. The live view is not touched.
     *
     * @param projection the view
     * @param progress   told after every page
     * @return both digests, taken at the same position, and the rows that differ
     */
    public Comparison compare(Projection projection, Consumer<Progress> progress) {
        return alone(projection, () -> {
            ViewSchema live = live(projection);
            ViewSchema shadow = fill(projection, live.position(), progress);
            try {
                return underLock(live, () -> {
                    fold(projection, shadow, live.position());
                    return compared(projection, live, shadow);
                });
            } finally {
                drop(shadow);
            }
        });
    }

    /**
     * Rebuilds, compares, then serves the rebuilt rows instead of the live ones, which are kept: {@link #rollBack} brings
     * them back, {@link #confirm} lets them go, the next exchange replaces them. Readers see the old view until the switch.
     *
     * @param projection the view
     * @param progress   told after every page
     * @return how the exchanged views differed, at the position at which they were exchanged
     */
    public Comparison replace(Projection projection, Consumer<Progress> progress) {
        return alone(projection, () -> {
            ViewSchema live = live(projection);
            try {
                ViewSchema shadow = fill(projection, live.position(), progress);
                return underLock(live, () -> {
                    fold(projection, shadow, live.position());
                    Comparison comparison = compared(projection, live, shadow);
                    exchange(live, shadow);
                    return comparison;
                });
            } finally {
                drop(shadow(projection)); // What an interrupted rebuild leaves.
            }
        });
    }

    /**
     * Serves the rows that the last exchange replaced, brought up to the live view's position. What was live is kept in
     * their stead.
     *
     * @return the position at which the views were exchanged; empty when nothing is kept that this release can fold
     */
    public Optional<Long> rollBack(Projection projection, Consumer<Progress> progress) {
        return alone(
                projection,
                () -> kept(projection).filter(Kept::ofThisRelease).map(kept -> {
                    ViewSchema live = live(projection);
                    ViewSchema previous = previous(projection);
                    follow(projection, previous, live.position(), progress);
                    return underLock(live, () -> {
                        long position = live.position();
                        fold(projection, previous, position);
                        exchange(live, previous);
                        return position;
                    });
                }));
    }

    /** Lets go of the rows that the last exchange replaced, and of those that an interrupted rebuild left. */
    public void confirm(Projection projection) {
        alone(projection, () -> {
            drop(previous(projection));
            drop(shadow(projection));
            return true;
        });
    }

    /** @return the rows that the last exchange replaced; empty when there are none */
    public Optional<Kept> kept(Projection projection) {
        ViewSchema previous = previous(projection);
        try {
            return previous.version()
                    .map(version -> new Kept(previous.position(), version.equals(ViewSchema.version(projection))));
        } catch (BadSqlGrammarException _) {
            return Optional.empty(); // Let go or exchanged between the two readings.
        }
    }

    /**
     * Before a view is served: makes it if it is missing, and makes it anew when another release, with other tables or
     * another program, made it. That release's rows are kept, so that going back to it costs no rebuild.
     *
     * @param projection the view
     * @param progress   told after every page of a rebuild
     * @return whether the view was made or made anew
     */
    public boolean upToDate(Projection projection, Consumer<Progress> progress) {
        String wanted = ViewSchema.version(projection);
        return !isOf(live(projection), wanted)
                && alone(projection, () -> {
                    ViewSchema live = live(projection);
                    if (isOf(live, wanted)) {
                        return false; // Another node was faster.
                    }
                    ViewSchema next = isOf(previous(projection), wanted) ? previous(projection) : empty(projection);
                    follow(projection, next, ledger.head(), progress);
                    underLock(live, () -> {
                        // The live view's own position is unreadable to this release, and no further than the ledger's
                        // head.
                        fold(projection, next, ledger.head());
                        exchange(live, next);
                        return true;
                    });
                    return true;
                });
    }

    private static boolean isOf(ViewSchema schema, String version) {
        return schema.version().filter(version::equals).isPresent();
    }

    private ViewSchema live(Projection projection) {
        return new ViewSchema(projection.name(), jdbc);
    }

    private ViewSchema shadow(Projection projection) {
        return new ViewSchema(projection.name() + "_shadow", jdbc);
    }

    private ViewSchema previous(Projection projection) {
        return new ViewSchema(projection.name() + "_previous", jdbc);
    }

    private ViewSchema empty(Projection projection) {
        ViewSchema shadow = shadow(projection);
        transaction.executeWithoutResult(_ -> {
            drop(shadow);
            shadow.create(projection);
        });
        return shadow;
    }

    private ViewSchema fill(Projection projection, long upTo, Consumer<Progress> progress) {
        ViewSchema shadow = empty(projection);
        follow(projection, shadow, upTo, progress);
        return shadow;
    }

    private void follow(Projection projection, ViewSchema schema, long upTo, Consumer<Progress> progress) {
        long started = System.nanoTime();
        Folding folding = folding(projection);
        ledger.scan(schema.position(), upTo, PAGE, page -> {
            transaction.executeWithoutResult(_ -> fold(folding, schema, page));
            progress.accept(new Progress(
                    projection.name(), page.getLast().position(), upTo, Duration.ofNanos(System.nanoTime() - started)));
        });
    }

    /** While the live view cannot move. */
    private <T> T underLock(ViewSchema live, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            ViewLock.exclusive(live);
            Tenants.every(jdbc);
            return LongStatements.during(jdbc, work);
        }));
    }

    private void fold(Projection projection, ViewSchema schema, long upTo) {
        Folding folding = folding(projection);
        ledger.scan(schema.position(), upTo, PAGE, page -> fold(folding, schema, page));
    }

    private static void fold(Folding folding, ViewSchema schema, List<StoredEvent> page) {
        folding.fold(page, schema);
        schema.reached(page.getLast().position());
    }

    private Comparison compared(Projection projection, ViewSchema live, ViewSchema shadow) {
        ViewDigest digests = new ViewDigest(jdbc);
        ViewDifferences differences = new ViewDifferences(jdbc);
        String served = digests.of(live);
        String rebuilt = digests.of(shadow);
        boolean equal = served.equals(rebuilt);
        return new Comparison(
                live.position(),
                served,
                rebuilt,
                differences.rows(shadow),
                equal ? 0 : differences.count(live, shadow),
                equal ? List.of() : differences.between(projection, live, shadow),
                letters.waiting(live.name()),
                letters.waiting(shadow.name()));
    }

    /** The live view becomes the previous one, the other the live one. */
    private void exchange(ViewSchema live, ViewSchema next) {
        ViewSchema previous = new ViewSchema(live.name() + "_previous", jdbc);
        ViewSchema leaving = new ViewSchema(live.name() + "_leaving", jdbc);
        if (live.version().isPresent()) {
            rename(live, leaving.name());
        }
        rename(next, live.name());
        if (leaving.version().isPresent()) {
            drop(previous);
            rename(leaving, previous.name());
        }
    }

    private void rename(ViewSchema schema, String name) {
        schema.rename(name);
        letters.move(schema.name(), name);
    }

    private void drop(ViewSchema schema) {
        schema.drop();
        letters.forget(schema.name());
    }

    private Folding folding(Projection projection) {
        @Nullable PersonalVault opener = projection.readsPersonalFields() ? vault : null;
        return new Folding(projection, RecordedEvents.of(codec, opener, projection.reads()), letters);
    }

    /** A lock of the database on a connection of its own: it ends with the work, or with the process. */
    private <T> T alone(Projection projection, Supplier<T> work) {
        DataSource connections = Objects.requireNonNull(jdbc.getDataSource());
        try (Connection guard = connections.getConnection()) {
            LongStatements.on(guard);
            call(guard, "pg_advisory_lock", projection);
            try {
                return work.get();
            } finally {
                call(guard, "pg_advisory_unlock", projection);
            }
        } catch (SQLException unavailable) {
            throw new DataAccessResourceFailureException("no lock for a rebuild", unavailable);
        }
    }

    private static void call(Connection guard, String function, Projection projection) throws SQLException {
        try (PreparedStatement call =
                guard.prepareStatement("SELECT " + function + "(hashtext('grand-livre/rebuild'), hashtext(?))")) {
            call.setString(1, projection.name());
            call.execute();
        }
    }

    /**
     * @param view     which view
     * @param done     last position folded
     * @param total    position at which the rebuild ends, as known when it began
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
     * @param position      at which both digests were taken
     * @param live          SHA-256 of the live rows, 64 hexadecimal digits
     * @param rebuilt       SHA-256 of the rebuilt rows
     * @param rows          rows that the ledger gives
     * @param rowsDifferent rows that differ, or that one side does not have
     * @param differences   of the first of those rows, field by field
     * @param lettersLive   events that the live rows lack because they could not be folded
     * @param lettersRebuilt the same of the rebuilt rows; where both lack the same events, they can be equal
     */
    public record Comparison(
            long position,
            String live,
            String rebuilt,
            long rows,
            long rowsDifferent,
            List<RowDifference> differences,
            long lettersLive,
            long lettersRebuilt) {
        /** @return whether the live view equals a fresh replay */
        public boolean equal() {
            return live.equals(rebuilt);
        }
    }

    /**
     * Rows that the last exchange replaced.
     *
     * @param position      up to which they were folded
     * @param ofThisRelease whether this release can fold them further, and so serve them again
     */
    public record Kept(long position, boolean ofThisRelease) {}
}
