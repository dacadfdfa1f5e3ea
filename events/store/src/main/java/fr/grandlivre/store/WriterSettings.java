package fr.grandlivre.store;

import java.time.Duration;

/**
 * Limits of a {@link LedgerWriter}.
 *
 * @param maxWaitingCommands commands that may wait; one more is refused at once
 * @param maxWaitingBytes    bytes of events that may wait
 * @param maxBatchEvents     events in one transaction; a command with more has a transaction of its own
 * @param maxBatchBytes      bytes of events in one transaction, unless a single command has more
 * @param giveUpAfter        how long a command may wait for a database that does not answer
 * @param replyTimeout       how long the database may take for one batch before the connection counts as lost
 * @param retryAfter         what refused callers are told
 * @param partitionSize      positions in one partition
 */
public record WriterSettings(
        int maxWaitingCommands,
        long maxWaitingBytes,
        int maxBatchEvents,
        long maxBatchBytes,
        Duration giveUpAfter,
        Duration replyTimeout,
        Duration retryAfter,
        long partitionSize) {
    /** About half a second of work at full speed. */
    public static final int MAX_WAITING_COMMANDS = 8_192;

    /** Bounds the heap when commands are large. */
    public static final long MAX_WAITING_BYTES = 64L << 20;

    /** A transaction of this size takes some 20 ms: larger ones only make callers wait longer. */
    public static final int MAX_BATCH_EVENTS = 1_000;

    public static final long MAX_BATCH_BYTES = 4L << 20;

    /** A browser user is still there, a restart of PostgreSQL usually over. */
    public static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);

    public static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);

    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** About 6 GB with indexes: small enough to move or rebuild, rare enough not to matter. */
    public static final long PARTITION_SIZE = 10_000_000;

    /** @return the defaults, each explained at its constant */
    public static WriterSettings defaults() {
        return new WriterSettings(
                MAX_WAITING_COMMANDS,
                MAX_WAITING_BYTES,
                MAX_BATCH_EVENTS,
                MAX_BATCH_BYTES,
                GIVE_UP_AFTER,
                REPLY_TIMEOUT,
                RETRY_AFTER,
                PARTITION_SIZE);
    }

    public WriterSettings {
        if (maxWaitingCommands < 1 || maxWaitingBytes < 1 || maxBatchEvents < 1 || maxBatchBytes < 1) {
            throw new IllegalArgumentException("limits of the writer start at 1");
        }
        if (partitionSize < 5) {
            throw new IllegalArgumentException("a partition has at least 5 positions");
        }
    }

    /** A new partition is made when fewer positions than this are left. */
    long partitionsAhead() {
        return Math.max(partitionSize / 5, AppendRequest.MAX_EVENTS);
    }
}
