package fr.grandlivre.api.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much past the demonstration gets.
 *
 * @param whole   whether all four classes and three school years are there; without them, what tests count on
 * @param classes how many more classes of 30 the Collège des Tilleuls has each year, to measure a large school; 0 to 400,
 *                counted in fours
 */
@ConfigurationProperties("grandlivre.demo")
record DemoSize(
        @DefaultValue("true") boolean whole,
        @DefaultValue("0") int classes) {
    private static final int MOST_CLASSES = 400;

    DemoSize {
        if (classes < 0 || classes > MOST_CLASSES) {
            throw new IllegalArgumentException("grandlivre.demo.classes wants 0 to " + MOST_CLASSES);
        }
    }
}
