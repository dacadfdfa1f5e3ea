package fr.grandlivre.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * Options of a bench over HTTP.
 *
 * @param rounds  1..99; a published figure rests on 3 or more
 * @param seconds of one window, 1..600
 */
record RoundsAndSeconds(int rounds, int seconds) {
    private static final int MOST_ROUNDS = 99;
    private static final int MOST_SECONDS = 600;

    /**
     * @return empty when help was asked for
     * @throws IllegalArgumentException when an argument is not understood
     */
    static Optional<RoundsAndSeconds> parse(String... arguments) {
        int rounds = 3;
        int seconds = 2;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help", "-h" -> {
                    return Optional.empty();
                }
                case "--rounds" -> rounds = Arguments.number(argument, rest, 1, MOST_ROUNDS);
                case "--seconds" -> seconds = Arguments.number(argument, rest, 1, MOST_SECONDS);
                default -> throw new IllegalArgumentException("unknown: " + argument);
            }
        }
        return Optional.of(new RoundsAndSeconds(rounds, seconds));
    }

    Pace pace() {
        return new Pace(Duration.ofSeconds(seconds), Duration.ofMillis(500), 3);
    }
}
