package fr.grandlivre.store;

import java.util.List;

/**
 * Events that match a filter.
 *
 * @param events     in position order
 * @param lookedUpTo last position that was looked at; the next page begins after it
 * @param complete   whether nothing is left to look at
 */
public record FilteredPage(List<StoredEvent> events, long lookedUpTo, boolean complete) {
    public FilteredPage {
        events = List.copyOf(events);
    }
}
