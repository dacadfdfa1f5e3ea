package fr.grandlivre.store.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Master keys in a file that only its owner may read: one line a key, its id, a space, 32 bytes as base64url. The last
 * line wraps new keys; older ones still unwrap.
 */
public final class MasterKeyFile implements MasterKeys {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Map<String, byte[]> keys;
    private final String currentId;
    private final Supplier<byte[]> ivs;

    MasterKeyFile(Map<String, byte[]> keys, Supplier<byte[]> ivs) {
        this.keys = new LinkedHashMap<>(keys);
        this.currentId = List.copyOf(this.keys.keySet()).getLast();
        this.ivs = ivs;
    }

    /**
     * @param file the key file
     * @throws IOException when it cannot be read
     * @throws IllegalStateException when others may read it, or it holds no key; the message says what to do
     */
    public static MasterKeyFile open(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IllegalStateException("others may read the master keys: chmod 600 " + file);
        }
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                String[] words = line.strip().split(" ", -1);
                keys.put(words[0], key(file, words));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("no master key in " + file + ": restore the file from its backup");
        }
        SecureRandom random = new SecureRandom();
        return new MasterKeyFile(keys, () -> {
            byte[] iv = new byte[AesGcm.IV_BYTES];
            random.nextBytes(iv);
            return iv;
        });
    }

    /**
     * For a demonstration: makes the file with one random key when there is none.
     *
     * @param file the key file; its directory exists
     * @throws IOException when it can be neither made nor read
     */
    public static MasterKeyFile openOrCreate(Path file) throws IOException {
        byte[] key = new byte[AesGcm.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            // Readable by its owner from the first moment, and complete before it has its name.
            Path fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "master",
                    ".key",
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try {
                Files.writeString(
                        fresh,
                        "kek-1 " + Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n");
                Files.createLink(file, fresh);
            } finally {
                Files.delete(fresh);
            }
        } catch (FileAlreadyExistsException _) {
            // Made at an earlier start.
        }
        return open(file);
    }

    private static byte[] key(Path file, String[] words) {
        if (words.length == 2) {
            try {
                byte[] key = Base64.getUrlDecoder().decode(words[1]);
                if (key.length == AesGcm.KEY_BYTES) {
                    return key;
                }
            } catch (IllegalArgumentException _) {
                // No base64url: the message below says so, without showing what may be a key.
            }
        }
        throw new IllegalStateException("a line of " + file + " is not an id and 32 bytes in base64url");
    }

    @Override
    public String currentId() {
        return currentId;
    }

    @Override
    public byte[] wrap(String masterKeyId, byte[] dataKey, String additionalData) {
        byte[] iv = ivs.get();
        byte[] sealed = AesGcm.seal(key(masterKeyId), iv, dataKey, additionalData);
        byte[] wrapped = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, iv.length, sealed.length);
        return wrapped;
    }

    @Override
    public byte[] unwrap(String masterKeyId, byte[] wrapped, String additionalData) {
        return AesGcm.open(
                key(masterKeyId),
                Arrays.copyOf(wrapped, AesGcm.IV_BYTES),
                Arrays.copyOfRange(wrapped, AesGcm.IV_BYTES, wrapped.length),
                additionalData);
    }

    private byte[] key(String masterKeyId) {
        byte[] key = keys.get(masterKeyId);
        if (key == null) {
            throw new IllegalStateException("master key " + masterKeyId + " is not in the key file: restore it");
        }
        return key;
    }
}
