package fr.grandlivre.rules.verification;

import java.math.BigInteger;

/** How many symbols new codes have (domain rules, generation). */
public final class CodeLength {
    public static final int SHORTEST = 6;
    public static final int LONGEST = 8;

    /** Attempts at drawing a free code before the space counts as exhausted. */
    public static final int MOST_DRAWS = 8;

    /** The length grows when one code in this many exists: guessing stays hopeless. */
    private static final int POSSIBLE_PER_USED = 100;

    private CodeLength() {}

    /**
     * @param length symbols of new codes until now, 6..8
     * @param used   codes of that length that exist
     * @return symbols of new codes from now on: one more from 1 % used, at most 8
     */
    public static int next(int length, long used) {
        return length < LONGEST && used >= threshold(length) ? length + 1 : length;
    }

    /** @return the number of codes of the length from which the next length is used: 1 % of all, rounded up */
    public static long threshold(int length) {
        BigInteger possible = BigInteger.valueOf(CodeSymbols.ALPHABET.length()).pow(length);
        BigInteger share = BigInteger.valueOf(POSSIBLE_PER_USED);
        return possible.add(share).subtract(BigInteger.ONE).divide(share).longValueExact();
    }
}
