package fr.grandlivre.query.live;

import fr.grandlivre.store.StoredEvent;
import java.util.Optional;

/** Deals once more with an event that was put aside. */
@FunctionalInterface
public interface SecondTry {
    /**
     * Inside the caller's transaction.
     *
     * @return why it must go on waiting, when a rule refuses; empty when it was dealt with
     * @throws RuntimeException when it fails again
     */
    Optional<String> deal(StoredEvent stored);
}
