package fr.grandlivre.query.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.verification.VerificationQueries.ChangedCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Certificates looked up lately, in memory. {@link #refresh()} forgets those whose row changed in the view; unless it did
 * so within {@link #FRESH_FOR}, nothing remembered is believed, so that no answer is older than that. Codes that answer
 * nothing are never remembered: a private code takes the way of an unknown one each time. Thread-safe.
 */
public final class RememberedCertificates {
    /** How often {@link #refresh()} is to be called. */
    public static final Duration REFRESHED_EVERY = Duration.ofMillis(100);

    /** Ten missed refreshes; with the projection's own delay an answer stays within 2 s of the ledger. */
    static final Duration FRESH_FOR = Duration.ofSeconds(1);

    /** About 100 MB at 2 kB each. */
    private static final long MOST = 50_000;

    /** Loads hold one place of the table each; a small table would let strangers wait for each other. */
    private static final int TABLE = 16_384;

    /** A rebuilt view may differ without any new event: that is noticed no later than this. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int AT_ONCE = 1_000;

    private final VerificationQueries queries;
    private final LongSupplier nanoTime;
    private final Cache<VerificationCode, VerifiableCertificate> remembered = Caffeine.newBuilder()
            .initialCapacity(TABLE)
            .maximumSize(MOST)
            .expireAfterWrite(KEPT)
            .build();

    private volatile long refreshedAt;
    private volatile long seen = -1;

    public RememberedCertificates(VerificationQueries queries) {
        this(queries, System::nanoTime);
    }

    RememberedCertificates(VerificationQueries queries, LongSupplier nanoTime) {
        this.queries = queries;
        this.nanoTime = nanoTime;
        this.refreshedAt = nanoTime.getAsLong() - FRESH_FOR.toNanos() - 1;
    }

    /** @return the certificate that has the code; empty for a code that nobody holds, and for one that answers nothing */
    public Optional<VerifiableCertificate> answering(VerificationCode code) {
        if (nanoTime.getAsLong() - refreshedAt > FRESH_FOR.toNanos()) {
            return queries.answering(code);
        }
        // The load holds the entry: a change seen meanwhile waits, and then forgets what was loaded.
        return Optional.ofNullable(
                remembered.get(code, asked -> queries.answering(asked).orElse(null)));
    }

    /** Forgets what changed in the view. One caller at a time. */
    public synchronized void refresh() {
        long begun = nanoTime.getAsLong();
        if (seen < 0) {
            seen = queries.lastChange();
            remembered.invalidateAll();
        }
        List<ChangedCode> changed;
        do {
            changed = queries.changedAfter(seen, AT_ONCE);
            changed.forEach(change -> remembered.invalidate(change.code()));
            if (!changed.isEmpty()) {
                // One event may change two rows, of which a full page shows one only.
                seen = changed.getLast().position() - (changed.size() == AT_ONCE ? 1 : 0);
            }
        } while (changed.size() == AT_ONCE);
        refreshedAt = begun;
    }
}
