package fr.grandlivre.events;

import java.util.Optional;
import java.util.UUID;

/** Seals and opens personal fields with erasable keys. Implementations are safe for use by many threads. */
public interface PersonalVault {
    /**
     * @param context   where the field will stand
     * @param person    whose key to use; made durable before this returns if it is the person's first of that class
     * @param plaintext canonical JSON of the fields
     * @return the ciphertext
     */
    SealedField seal(FieldContext context, UUID person, byte[] plaintext);

    /**
     * @param context where the field stands
     * @param field   the ciphertext as stored
     * @return the plaintext and whose it is; empty when the key was erased
     * @throws IllegalStateException when the key exists and the field does not open with it: the bytes were altered
     */
    Optional<Opened> open(FieldContext context, SealedField field);

    /**
     * @param person    owner of the key
     * @param plaintext canonical JSON of the fields
     */
    record Opened(UUID person, byte[] plaintext) {}
}
