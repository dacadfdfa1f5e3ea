package fr.grandlivre.store;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Identifiers that grow with time (RFC 9562 version 7): an index over them is appended to, not scattered. Each is larger
 * than the one before it in this process. Thread-safe.
 */
public final class TimeOrderedId {
    /** Milliseconds since 1970 in the upper 52 bits, a counter in the lower 12. */
    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedId() {}

    /** @return a new identifier; 62 of its bits are random */
    public static UUID next() {
        long ticks = System.currentTimeMillis() << 12;
        // More than 4,096 in a millisecond borrow from the next one; a clock set back is waited out by counting.
        long mine = LAST.updateAndGet(last -> Math.max(last + 1, ticks));
        long high = (mine >>> 12 << 16) | 0x7000L | (mine & 0xFFFL);
        long low = (RandomBytes.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
