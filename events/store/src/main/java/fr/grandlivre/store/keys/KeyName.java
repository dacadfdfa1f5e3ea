package fr.grandlivre.store.keys;

import fr.grandlivre.events.DataClass;
import java.util.UUID;

/**
 * What a data key is for; there is at most one key a name.
 *
 * @param person    whose data
 * @param dataClass which of them
 */
public record KeyName(UUID person, DataClass dataClass) {
    String className() {
        return dataClass.name();
    }
}
