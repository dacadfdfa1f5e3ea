package fr.grandlivre.store.log;

import java.time.Instant;

/**
 * A checkpoint as it was signed.
 *
 * @param checkpoint what was signed
 * @param signedAt   when, by the system's clock
 * @param note       the text with its signature, as others verify it
 */
public record SealedCheckpoint(Checkpoint checkpoint, Instant signedAt, String note) {}
