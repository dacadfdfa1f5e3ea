package fr.grandlivre.api.wiring;

import java.time.Instant;
import java.util.Optional;

/** Where the ledger ended when the application started. */
@FunctionalInterface
public interface LastRecorded {
    /** @return when the last event was recorded; empty for an empty ledger */
    Optional<Instant> instant();
}
