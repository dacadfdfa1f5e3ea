package fr.grandlivre.rules.certificate;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The place of a certificate in the published status lists. Places are handed out in an order that looks drawn by lot and
 * takes none twice: the ordinal of the certificate is sent through a permutation of the list's places, keyed with a seed that
 * stands in the ledger and is not public. The same ledger gives the same places, and a place says nothing about its holder.
 *
 * @param list  number of the list, from 1
 * @param index place in it, 0..131071
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/">Bitstring Status List, on herd privacy</a>
 */
public record StatusPlace(int list, int index) {
    /** Places of one list: the least that the standard allows. */
    public static final int LIST_SIZE = 131_072;

    /** A Feistel network of even width over the 17 bits of a place: one bit more, values beyond the list walk on. */
    private static final int HALF_BITS = 9;

    private static final int HALF_MASK = (1 << HALF_BITS) - 1;

    /** Four rounds of a pseudo-random function make a permutation look random (Luby and Rackoff, 1988). */
    private static final int ROUNDS = 4;

    private static final String PRF = "HmacSHA256";

    /**
     * @param ordinal how many certificates came before, from 0
     * @return number of the list, from 1
     */
    public static int listOf(long ordinal) {
        return Math.toIntExact(ordinal / LIST_SIZE) + 1;
    }

    /**
     * @param ordinal how many certificates came before, from 0
     * @param seed    of the certificate's list
     */
    public static StatusPlace of(long ordinal, byte[] seed) {
        Mac prf = prf(seed);
        int place = Math.toIntExact(ordinal % LIST_SIZE);
        do {
            place = permuted(place, prf);
        } while (place >= LIST_SIZE);
        return new StatusPlace(listOf(ordinal), place);
    }

    private static int permuted(int value, Mac prf) {
        int left = value >>> HALF_BITS;
        int right = value & HALF_MASK;
        for (int round = 0; round < ROUNDS; round++) {
            int mixed = left ^ (scattered(round, right, prf) & HALF_MASK);
            left = right;
            right = mixed;
        }
        return left << HALF_BITS | right;
    }

    private static int scattered(int round, int half, Mac prf) {
        return ByteBuffer.wrap(prf.doFinal(
                        ByteBuffer.allocate(8).putInt(round).putInt(half).array()))
                .getInt();
    }

    private static Mac prf(byte[] seed) {
        try {
            Mac prf = Mac.getInstance(PRF);
            prf.init(new SecretKeySpec(seed, PRF));
            return prf;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has " + PRF, impossible);
        }
    }
}
