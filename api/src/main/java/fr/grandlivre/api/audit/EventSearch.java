package fr.grandlivre.api.audit;

import fr.grandlivre.store.EventFilter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an auditor looks for, understood.
 *
 * @param filter conditions on events
 * @param after  events up to this position are left out
 * @param upTo   last position looked at; pinned, so that pages neither repeat nor lose a row while the ledger grows
 * @param typed  what was typed, by the name of the parameter; blank fields are absent
 */
record EventSearch(EventFilter filter, long after, long upTo, Map<String, String> typed) {
    EventSearch {
        typed = Collections.unmodifiableMap(new LinkedHashMap<>(typed));
    }

    /** @return the same search, from another position on */
    EventSearch from(long position, long pinned) {
        return new EventSearch(filter, position, pinned, typed);
    }
}
