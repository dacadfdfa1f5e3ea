package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Versions of the reference framework, earliest first, never empty. Immutable. */
public record Frameworks(List<Framework> versions) {
    /**
     * @throws IllegalArgumentException when there is none, two share a name or a first day, or a later one lowers the
     *     greatest level (domain rules, reference framework)
     */
    public Frameworks {
        versions = versions.stream()
                .sorted(Comparator.comparing(Framework::validFrom))
                .toList();
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("there must be a framework version");
        }
        for (int i = 1; i < versions.size(); i++) {
            Framework before = versions.get(i - 1);
            Framework after = versions.get(i);
            if (before.version().equals(after.version()) || before.validFrom().equals(after.validFrom())) {
                throw new IllegalArgumentException("two framework versions share a name or a first day");
            }
            if (after.maxReachableLevel() < before.maxReachableLevel()) {
                throw new IllegalArgumentException("a later framework version lowers the greatest level");
            }
        }
    }

    /** @return all versions that are part of the program; the same object on every call */
    public static Frameworks shipped() {
        return Shipped.VERSIONS;
    }

    /** @return the version in force at the instant, by its day in Paris */
    public Framework inForce(Instant instant) {
        return inForceOn(ParisDays.of(instant));
    }

    /** @return the version with the greatest first day ≤ the day; the earliest version for older days */
    public Framework inForceOn(LocalDate day) {
        return versions.reversed().stream()
                .filter(version -> !version.validFrom().isAfter(day))
                .findFirst()
                .orElseGet(this::earliest);
    }

    /** @return the version; empty when it is unknown */
    public Optional<Framework> find(FrameworkVersion version) {
        return versions.stream()
                .filter(known -> known.version().equals(version))
                .findFirst();
    }

    /**
     * @param version named by an event
     * @throws IllegalStateException when it is unknown: the ledger is newer than the program
     */
    public Framework of(FrameworkVersion version) {
        for (Framework known : versions) {
            if (known.version().equals(version)) {
                return known;
            }
        }
        throw new IllegalStateException("framework version " + version + " is not part of this program");
    }

    /** @return the version with the smallest first day */
    public Framework earliest() {
        return versions.getFirst();
    }

    /** Reads the files once, when first asked for. */
    private static final class Shipped {
        private static final Frameworks VERSIONS = FrameworkFiles.shipped();
    }
}
