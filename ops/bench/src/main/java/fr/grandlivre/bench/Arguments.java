package fr.grandlivre.bench;

import java.util.Iterator;
import java.util.Optional;

/** The command line of a program of the bench. */
public final class Arguments {
    private Arguments() {}

    /** Reads options; empty when help was asked for. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IllegalArgumentException when an argument is not understood; says which and what it wants */
        Optional<T> parse(String... arguments);
    }

    /**
     * Ends the process after help (status 0) and after what is not understood (status 2).
     *
     * @return the options
     */
    public static <T> T read(String usage, Parser<T> parser, String... arguments) {
        try {
            Optional<T> options = parser.parse(arguments);
            if (options.isPresent()) {
                return options.get();
            }
        } catch (IllegalArgumentException misunderstood) {
            System.err.println(misunderstood.getMessage());
            System.err.print(usage);
            System.exit(2);
        }
        System.out.print(usage);
        System.exit(0);
        throw new IllegalStateException("the process has ended");
    }

    /**
     * @param rest what follows the option
     * @return the number that stands next
     * @throws IllegalArgumentException when none stands there from {@code least} to {@code most}
     */
    public static int number(String option, Iterator<String> rest, int least, int most) {
        String text = rest.hasNext() ? rest.next() : "";
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("%s wants a number from %d to %d".formatted(option, least, most));
        }
        return Integer.parseInt(text);
    }
}
