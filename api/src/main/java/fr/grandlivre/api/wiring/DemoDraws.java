package fr.grandlivre.api.wiring;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws verification codes and keys in the demonstration: the same ones for the seeded past on every machine,
 * cryptographically strong ones afterwards. Thread-safe once set.
 */
public final class DemoDraws implements RandomGenerator {
    private static final RandomGenerator STRONG = new SecureRandom();

    private volatile RandomGenerator source = STRONG;

    /** For the seeder alone: from now on, draws depend on the seed and on their order. */
    public void repeat(long seed) {
        source = new SplittableRandom(seed);
    }

    /** From now on nobody can guess a draw. */
    public void surprise() {
        source = STRONG;
    }

    // One caller at a time: the seeded source is not made for several.
    @Override
    public synchronized long nextLong() {
        return source.nextLong();
    }
}
