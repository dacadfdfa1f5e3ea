package fr.grandlivre.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A vault whose bytes repeat: the key is derived from the person, the vector counts from the event id. Tests only. */
final class TestVault implements PersonalVault {
    private final Set<UUID> erased = new HashSet<>();

    void erase(UUID person) {
        erased.add(kid(person));
    }

    @Override
    public SealedField seal(FieldContext context, UUID person, byte[] plaintext) {
        byte[] iv = Arrays.copyOf(bytes(context.eventId()), 12);
        UUID kid = kid(person);
        return new SealedField(kid, iv, cipher(Cipher.ENCRYPT_MODE, context, kid, iv, plaintext));
    }

    @Override
    public Optional<Opened> open(FieldContext context, SealedField field) {
        if (erased.contains(field.kid())) {
            return Optional.empty();
        }
        UUID person = new UUID(field.kid().getMostSignificantBits(), field.kid().getLeastSignificantBits() ^ 1);
        return Optional.of(
                new Opened(person, cipher(Cipher.DECRYPT_MODE, context, field.kid(), field.iv(), field.ciphertext())));
    }

    private static UUID kid(UUID person) {
        return new UUID(person.getMostSignificantBits(), person.getLeastSignificantBits() ^ 1);
    }

    private static byte[] cipher(int mode, FieldContext context, UUID kid, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(bytes(kid), "AES"), new GCMParameterSpec(128, iv));
            cipher.updateAAD(context.additionalData(kid).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException altered) {
            throw new IllegalStateException("the sealed field does not open", altered);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
