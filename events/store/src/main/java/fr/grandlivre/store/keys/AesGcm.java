package fr.grandlivre.store.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a 12-byte IV and a 16-byte tag. */
final class AesGcm {
    static final int KEY_BYTES = 32;
    static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private AesGcm() {}

    /** @return ciphertext followed by its tag */
    static byte[] seal(byte[] key, byte[] iv, byte[] plaintext, String additionalData) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, iv, additionalData).doFinal(plaintext);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    /** @throws IllegalStateException when the bytes, or what they are bound to, were altered */
    static byte[] open(byte[] key, byte[] iv, byte[] ciphertext, String additionalData) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, iv, additionalData).doFinal(ciphertext);
        } catch (AEADBadTagException altered) {
            throw new IllegalStateException("a sealed value does not open: it was altered or moved", altered);
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException("a sealed value is malformed", malformed);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] iv, String additionalData)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(additionalData.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
