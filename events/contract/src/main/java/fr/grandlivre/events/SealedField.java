package fr.grandlivre.events;

import java.util.Arrays;
import java.util.UUID;

/**
 * Ciphertext of personal fields as it stands in a payload.
 *
 * @param kid        id of the data key
 * @param iv         12 random bytes
 * @param ciphertext AES-256-GCM ciphertext followed by its 16-byte tag
 */
public record SealedField(UUID kid, byte[] iv, byte[] ciphertext) {
    @Override
    public boolean equals(Object other) {
        return other instanceof SealedField(UUID otherKid, byte[] otherIv, byte[] otherText)
                && kid.equals(otherKid)
                && Arrays.equals(iv, otherIv)
                && Arrays.equals(ciphertext, otherText);
    }

    @Override
    public int hashCode() {
        return kid.hashCode() * 31 + Arrays.hashCode(iv);
    }

    @Override
    public String toString() {
        return "SealedField[kid=" + kid + "]";
    }
}
