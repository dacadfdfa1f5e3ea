package fr.grandlivre.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes of a cryptographic generator, drawn in blocks: a draw of 16 bytes from {@link SecureRandom} costs more than what
 * it is needed for. What was handed out is wiped. Thread-safe.
 */
public final class RandomBytes {
    private static final int BLOCK = 4_096;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final SecureRandom GENERATOR = new SecureRandom();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final byte[] DRAWN = new byte[BLOCK];

    /** Bytes of the block that are handed out already. */
    private static int used = BLOCK;

    private RandomBytes() {}

    /**
     * @param length 0 … 4,096
     * @return fresh bytes, the caller's own
     */
    public static byte[] next(int length) {
        LOCK.lock();
        try {
            if (length > BLOCK - used) {
                GENERATOR.nextBytes(DRAWN);
                used = 0;
            }
            byte[] bytes = Arrays.copyOfRange(DRAWN, used, used + length);
            Arrays.fill(DRAWN, used, used + length, (byte) 0);
            used += length;
            return bytes;
        } finally {
            LOCK.unlock();
        }
    }

    /** @return any of the 2⁶⁴ values, all equally likely */
    public static long nextLong() {
        return (long) LONGS.get(next(Long.BYTES), 0);
    }
}
