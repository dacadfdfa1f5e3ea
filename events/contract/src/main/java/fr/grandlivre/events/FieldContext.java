package fr.grandlivre.events;

import java.util.UUID;

/**
 * Where a sealed field stands. All of it is authenticated with the ciphertext, so that a field moved to another event,
 * type, class or key does not open.
 *
 * @param eventId   the event that carries the field
 * @param type      wire name of the event
 * @param version   version of the event <em>as stored</em>
 * @param dataClass class of the key
 */
public record FieldContext(UUID eventId, String type, int version, DataClass dataClass) {
    /**
     * @param kid id of the data key
     * @return additional authenticated data: six lines joined by LF, without a final LF
     */
    public String additionalData(UUID kid) {
        return String.join(
                "\n", "gl-field/1", eventId.toString(), type, Integer.toString(version), className(), kid.toString());
    }

    /** @return the name of the class in payloads and key rows */
    public String className() {
        return dataClass.name();
    }
}
