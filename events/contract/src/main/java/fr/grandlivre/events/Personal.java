package fr.grandlivre.events;

import java.util.Optional;
import java.util.UUID;

/**
 * Personal fields in an event record. The type is the mark: a component of this type is always written as ciphertext,
 * under the name {@code sealed}.
 *
 * @param <T> the record that holds the fields
 */
public sealed interface Personal<T extends PersonalData> {
    /** @return the fields, unless they are erased or nobody opened them */
    default Optional<T> value() {
        return this instanceof Clear<T>(var _, T data) ? Optional.of(data) : Optional.empty();
    }

    /** @return fields about to be sealed with the key of {@code person} */
    static <T extends PersonalData> Personal<T> of(UUID person, T data) {
        return new Clear<>(person, data);
    }

    /**
     * Fields in clear, before writing or after opening.
     *
     * @param person whose key seals them
     * @param data   the fields
     */
    record Clear<T extends PersonalData>(UUID person, T data) implements Personal<T> {
        /** Never shows the fields: records end up in logs and assertion messages. */
        @Override
        public String toString() {
            return "Clear[person=" + person + ", …]";
        }
    }

    /** The key is gone, and with it the fields: readers show «(effacé)». */
    record Erased<T extends PersonalData>() implements Personal<T> {}

    /**
     * Fields as stored, read without a vault.
     *
     * @param dataClass class of the key
     * @param field     the ciphertext
     */
    record Closed<T extends PersonalData>(DataClass dataClass, SealedField field) implements Personal<T> {}
}
