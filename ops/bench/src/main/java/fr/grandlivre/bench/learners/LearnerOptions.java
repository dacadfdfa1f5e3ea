package fr.grandlivre.bench.learners;

import fr.grandlivre.bench.Arguments;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What one simulation plays.
 *
 * @param seed     of all chance
 * @param learners who play in memory, from 2
 * @param overHttp how many of them also answer through the interface of a running application, at most all
 */
record LearnerOptions(long seed, int learners, int overHttp) {
    static final String USAGE = """
        Usage: ops/bin/simulate-learners [--seed N] [--learners N] [--http N] [--help]

        Lets learners of known ability answer in all competences until nothing is left to ask, twice: once as the
        product picks challenges, once with challenges picked at random among those that may be asked. Then the first
        learners answer again through the HTTP interface of an application started on a fresh database; their levels
        must equal those in memory. Prints how well levels tell abilities, and how many answers that takes. A run with
        1000 learners or more, 100 of them over HTTP, also writes ops/docs/simulation.md.

          --seed N       of abilities and answers (default 20260601)
          --learners N   2 to 100000 (default 1000)
          --http N       how many of them answer over HTTP, 0 for none (default 100)
          --help         this text
        """;

    static final long SEED = 20_260_601;
    private static final int LEARNERS = 1_000;
    private static final int OVER_HTTP = 100;
    private static final int MOST_LEARNERS = 100_000;

    LearnerOptions {
        if (overHttp > learners) {
            throw new IllegalArgumentException("--http wants no more than all learners");
        }
    }

    /**
     * @return empty when help was asked for
     * @throws IllegalArgumentException when an argument is not understood
     */
    static Optional<LearnerOptions> parse(String... arguments) {
        long seed = SEED;
        int learners = LEARNERS;
        int overHttp = OVER_HTTP;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help" -> {
                    return Optional.empty();
                }
                case "--seed" -> seed = Arguments.number(argument, rest, 0, Integer.MAX_VALUE);
                case "--learners" -> learners = Arguments.number(argument, rest, 2, MOST_LEARNERS);
                case "--http" -> overHttp = Arguments.number(argument, rest, 0, MOST_LEARNERS);
                default -> throw new IllegalArgumentException("unknown argument " + argument);
            }
        }
        return Optional.of(new LearnerOptions(seed, learners, Math.min(overHttp, learners)));
    }

    /** @return whether the run plays what the published page shows */
    boolean complete() {
        return learners >= LEARNERS && overHttp >= OVER_HTTP;
    }
}
