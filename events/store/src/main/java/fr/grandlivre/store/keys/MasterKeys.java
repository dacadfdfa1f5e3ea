package fr.grandlivre.store.keys;

/**
 * The keys that wrap data keys: a file for a demonstration, a key-management service in production, which never lets
 * them out. Implementations are safe for use by many threads.
 */
public interface MasterKeys {
    /** @return id of the key that wraps from now on */
    String currentId();

    /**
     * @param masterKeyId    id of the wrapping key
     * @param dataKey        32 bytes
     * @param additionalData authenticated with the key
     * @return 60 bytes: a 12-byte IV, the encrypted key, a 16-byte tag
     */
    byte[] wrap(String masterKeyId, byte[] dataKey, String additionalData);

    /**
     * @param masterKeyId    id of the key that wrapped
     * @param wrapped        60 bytes as {@link #wrap} gave them
     * @param additionalData as given to {@link #wrap}
     * @return the data key, 32 bytes
     * @throws IllegalStateException when the master key is unknown, or the bytes were altered
     */
    byte[] unwrap(String masterKeyId, byte[] wrapped, String additionalData);
}
