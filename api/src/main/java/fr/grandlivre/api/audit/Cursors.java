package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.request.SignedCursors;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Marks where the next page of a search begins: the last position looked at and the pinned end. Thread-safe. */
@Component
class Cursors {
    private final SignedCursors cursors;

    Cursors(SignedCursors cursors) {
        this.cursors = cursors;
    }

    /** @param lookedUpTo last position of the page before */
    String next(EventSearch search, long lookedUpTo) {
        return cursors.write(list(search), lookedUpTo, search.upTo());
    }

    /**
     * @return the search, from the cursor on
     * @throws ProblemException {@code invalid-cursor} when it was made up, or for another search
     */
    EventSearch resume(EventSearch search, String cursor) {
        long[] positions = cursors.read(list(search), 2, cursor);
        return search.from(positions[0], positions[1]);
    }

    private static String list(EventSearch search) {
        return search.typed().entrySet().stream()
                .map(field -> "\n" + field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("", "audit-events", ""));
    }
}
