package fr.grandlivre.api.credential;

import java.math.BigInteger;

/**
 * Base 58 in the alphabet of Bitcoin, without the letters that are easily mistaken, as multibase writes it.
 *
 * @see <a href="https://www.w3.org/TR/cid-1.0/#base-58">Controlled Identifiers, Base-58</a>
 */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());

    private Base58() {}

    /** @return {@code z} and the digits */
    static String multibase(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            BigInteger[] division = rest.divideAndRemainder(BASE);
            digits.append(ALPHABET.charAt(division[1].intValue()));
            rest = division[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            digits.append(ALPHABET.charAt(0));
        }
        return digits.append('z').reverse().toString();
    }
}
