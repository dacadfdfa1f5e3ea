package fr.grandlivre.rules.evaluation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * A draw that everybody can repeat: SHA-256 of an id and a count (domain rules, draw of the adaptive pick). Nothing is
 * recorded, so what is due can be recomputed at any time.
 *
 * @param number the first 8 bytes of the hash, read as an unsigned number
 */
public record Draw(long number) {
    /** @return the draw of a stream after so many answers */
    public static Draw of(UUID id, int count) {
        byte[] input = ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(count)
                .array();
        try {
            return new Draw(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(input))
                    .getLong());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** @return number mod size, from 0 */
    public int index(int size) {
        return Math.toIntExact(Long.remainderUnsigned(number, size));
    }

    /**
     * @param candidates in an order that everybody can repeat, never empty
     * @return the drawn one
     */
    public <T> T among(List<T> candidates) {
        return candidates.get(index(candidates.size()));
    }
}
