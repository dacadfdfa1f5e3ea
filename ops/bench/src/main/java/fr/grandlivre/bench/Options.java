package fr.grandlivre.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one run measures, and how long.
 *
 * @param pace    how long one subject runs
 * @param rounds  how often everything is measured, 1..99; a published figure rests on 3 or more
 * @param quick   fewer callers and one warm-up window: shows that everything runs, not how fast
 * @param parts   what to measure
 */
record Options(Pace pace, int rounds, boolean quick, Set<Part> parts) {
    static final String USAGE = """
        Usage: ops/bin/bench [--seconds N] [--rounds N] [--quick] [--only PART] [--help]

        Measures, interleaved in one run on a fresh PostgreSQL with durable commits: raw inserts, message-db (a
        peer, fetched with npm), Axon's stock JDBC engine and Grand Livre's command path; replays of one projection; look-ups of a verification code.
        Prints every run, medians and ratios. A complete run also writes ops/docs/benchmarks.md.

          --seconds N   length of one measured window (default 2)
          --rounds N    how often everything is measured (default 3)
          --quick       one round of one second and few callers; checks the bench, writes no file
          --only PART   append, replay or lookup; writes no file; may be repeated
          --help        this text
        """;

    private static final int SECONDS = 2;

    /** Fewer runs have no median worth the name. */
    private static final int ROUNDS = 3;

    /** A path that is still getting faster after so many windows is measured as it is. */
    private static final int WARM_UPS = 5;

    /** A group of measurements. */
    enum Part {
        APPEND,
        REPLAY,
        LOOKUP
    }

    /**
     * @return empty when help was asked for
     * @throws IllegalArgumentException when an argument is not understood
     */
    static Optional<Options> parse(String... arguments) {
        int seconds = SECONDS;
        int rounds = ROUNDS;
        boolean quick = false;
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help" -> {
                    return Optional.empty();
                }
                case "--quick" -> {
                    quick = true;
                    seconds = 1;
                    rounds = 1;
                }
                case "--seconds" -> seconds = Arguments.number(argument, rest, 1, 60);
                case "--rounds" -> rounds = Arguments.number(argument, rest, 1, 99);
                case "--only" -> parts.add(part(rest));
                default -> throw new IllegalArgumentException("unknown argument " + argument);
            }
        }
        return Optional.of(
                new Options(pace(seconds, quick), rounds, quick, parts.isEmpty() ? EnumSet.allOf(Part.class) : parts));
    }

    private static Part part(Iterator<String> rest) {
        String name = rest.hasNext() ? rest.next() : "";
        return Arrays.stream(Part.values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--only wants one of "
                        + Arrays.stream(Part.values())
                                .map(part -> part.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    /** @return whether the run measures all that the published page shows */
    boolean complete() {
        return !quick && rounds >= ROUNDS && parts.size() == Part.values().length;
    }

    private static Pace pace(int seconds, boolean quick) {
        Duration window = Duration.ofSeconds(seconds);
        return new Pace(window, window.dividedBy(2), quick ? 1 : WARM_UPS);
    }
}
