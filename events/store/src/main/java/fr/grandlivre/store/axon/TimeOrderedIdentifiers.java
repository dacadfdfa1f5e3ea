package fr.grandlivre.store.axon;

import fr.grandlivre.store.TimeOrderedId;
import org.axonframework.common.IdentifierFactory;

/** Gives Axon's commands and events identifiers that grow with time; found by the {@link java.util.ServiceLoader}. */
public final class TimeOrderedIdentifiers extends IdentifierFactory {
    @Override
    public String generateIdentifier() {
        return TimeOrderedId.next().toString();
    }
}
