package fr.grandlivre.command;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands that recorded events before. Implemented over the ledger's receipts; safe for use by many threads. */
public interface Receipts {
    /**
     * @param commandId   idempotency key
     * @param fingerprint of the request; absent when it has none
     * @return what the command recorded, marked as replayed; empty when it recorded nothing
     * @throws RuntimeException when the id stands for a request with another fingerprint
     */
    Optional<Outcome.Recorded> earlier(UUID commandId, @Nullable String fingerprint);
}
