package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.Level;
import java.util.Collection;
import java.util.Optional;

/** The middle of a class. */
public final class ClassMedian {
    /** One pupil is no class. */
    private static final int LEAST_MEASURED = 2;

    private ClassMedian() {}

    /** @return the lower median of the levels; empty when fewer than two pupils were measured */
    public static Optional<Level> of(Collection<Level> measured) {
        return measured.size() < LEAST_MEASURED
                ? Optional.empty()
                : measured.stream().sorted().skip((measured.size() - 1) / 2).findFirst();
    }
}
