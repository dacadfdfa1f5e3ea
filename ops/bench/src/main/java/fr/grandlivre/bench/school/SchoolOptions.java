package fr.grandlivre.bench.school;

import fr.grandlivre.bench.Arguments;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * How large the school is and how often its pages are asked for.
 *
 * @param classes of 30 pupils each year, a multiple of four
 * @param loads   of each page
 */
record SchoolOptions(int classes, int loads) {
    static final String USAGE = """
        Usage: ops/bin/school-scale [--classes N] [--loads N] [--help]

        Starts the demonstration with a large school: N classes of 30 in each of three school years, with rosters,
        campaigns, lessons and certifications, all made by its commands with its fixed seed. Then measures its pages
        from one browser after the other, the import of a list of pupils, and, in a second process with -Xmx256m, the
        exports of the whole school. A run with 100 classes and 200 loads or more also writes ops/docs/school-scale.md.
        Exit status: 0 every promise is kept, 1 one of them is broken, 2 an argument is not understood.

          --classes N   4 to 400, counted in fours (default 100)
          --loads N     of each page, 20 to 10000 (default 300)
          --help        this text
        """;

    private static final int CLASSES = 100;
    private static final int LOADS = 300;
    private static final int LEAST_LOADS = 200;

    /**
     * @return empty when help was asked for
     * @throws IllegalArgumentException when an argument is not understood
     */
    static Optional<SchoolOptions> parse(String... arguments) {
        int classes = CLASSES;
        int loads = LOADS;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help" -> {
                    return Optional.empty();
                }
                case "--classes" -> classes = Arguments.number(argument, rest, 4, 400) / 4 * 4;
                case "--loads" -> loads = Arguments.number(argument, rest, 20, 10_000);
                default -> throw new IllegalArgumentException("unknown argument " + argument);
            }
        }
        return Optional.of(new SchoolOptions(classes, loads));
    }

    /** @return whether the run measures what the published page shows */
    boolean complete() {
        return classes >= CLASSES && loads >= LEAST_LOADS;
    }
}
