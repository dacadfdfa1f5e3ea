package fr.grandlivre.store.log;

import fr.grandlivre.store.log.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings: the first {@value Reread#MOST}, and the number of all. One thread at a time. */
final class Findings {
    private final List<Finding> listed = new ArrayList<>();

    /** Smallest position found, by kind. */
    private final Map<Kind, Long> first = new EnumMap<>(Kind.class);

    private long total;

    void add(long position, Kind kind, String detail) {
        total++;
        first.merge(kind, position, Math::min);
        if (listed.size() < Reread.MOST) {
            listed.add(new Finding(position, kind, detail));
        }
    }

    /** @return whether one of the kinds was found at or before a position */
    boolean has(long upToPosition, Kind... kinds) {
        for (Kind kind : kinds) {
            if (first.getOrDefault(kind, Long.MAX_VALUE) <= upToPosition) {
                return true;
            }
        }
        return false;
    }

    /** @return by position */
    List<Finding> listed() {
        return listed.stream()
                .sorted(Comparator.comparingLong(Finding::position))
                .toList();
    }

    long total() {
        return total;
    }
}
