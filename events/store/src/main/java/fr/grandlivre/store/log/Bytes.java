package fr.grandlivre.store.log;

import java.util.Arrays;

/** What arrays of bytes lack. */
final class Bytes {
    private Bytes() {}

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
