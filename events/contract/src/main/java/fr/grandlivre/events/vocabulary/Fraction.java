package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An exact rational number in lowest terms. Arithmetic refuses to overflow instead of rounding.
 *
 * @param numerator   any sign
 * @param denominator positive
 */
public record Fraction(long numerator, long denominator) implements Comparable<Fraction> {
    public static final Fraction ZERO = new Fraction(0, 1);

    /** @throws IllegalArgumentException when the denominator is not positive */
    public Fraction {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator must be positive");
        }
        long divisor = gcd(Math.abs(numerator), denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    /** @return the whole number as a fraction */
    public static Fraction of(long whole) {
        return new Fraction(whole, 1);
    }

    /**
     * @param text {@code 8/3}, or {@code 4} for a whole number
     * @throws IllegalArgumentException for any other text
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Fraction parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? of(Long.parseLong(text))
                : new Fraction(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    /** @throws ArithmeticException on overflow of 64 bits */
    public Fraction plus(Fraction other) {
        long divisor = gcd(denominator, other.denominator);
        long left = Math.multiplyExact(numerator, other.denominator / divisor);
        long right = Math.multiplyExact(other.numerator, denominator / divisor);
        return new Fraction(Math.addExact(left, right), Math.multiplyExact(denominator, other.denominator / divisor));
    }

    /** @throws ArithmeticException on overflow of 64 bits */
    public Fraction times(long factor) {
        return new Fraction(Math.multiplyExact(numerator, factor), denominator);
    }

    /** @return the greatest whole number that is not above this fraction */
    public long floor() {
        return Math.floorDiv(numerator, denominator);
    }

    @Override
    public int compareTo(Fraction other) {
        return Long.compare(
                Math.multiplyExact(numerator, other.denominator), Math.multiplyExact(other.numerator, denominator));
    }

    /** @return {@code 8/3}, or {@code 4} for a whole number */
    @Override
    @JsonValue
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return Math.max(a, 1);
    }
}
