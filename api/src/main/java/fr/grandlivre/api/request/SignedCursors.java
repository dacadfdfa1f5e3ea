package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.wiring.SecretFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Marks where the next page of a list begins: some numbers, and an HMAC over them and the list they belong to, so that a
 * cursor fits no other list and nobody can make one up. Thread-safe.
 */
@Component
public class SignedCursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC = 32;

    private final SecretKeySpec pepper;

    SignedCursors(SecretFiles secrets) {
        this.pepper = new SecretKeySpec(secrets.read("pepper"), ALGORITHM);
    }

    /**
     * @param list which list it is, with its filters
     * @return base64url without padding
     */
    public String write(String list, long... numbers) {
        ByteBuffer cursor = ByteBuffer.allocate(numbers.length * Long.BYTES + MAC);
        cursor.put(bytes(numbers)).put(mac(list, bytes(numbers)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    /**
     * @param list  the same as when it was written
     * @param count of the numbers
     * @return the numbers
     * @throws ProblemException {@code invalid-cursor} when it was made up, or for another list
     */
    public long[] read(String list, int count, String cursor) {
        byte[] decoded = decoded(cursor);
        if (decoded.length != count * Long.BYTES + MAC) {
            throw new ProblemException(Slug.INVALID_CURSOR);
        }
        ByteBuffer bytes = ByteBuffer.wrap(decoded);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = bytes.getLong();
        }
        byte[] claimed = new byte[MAC];
        bytes.get(claimed);
        if (!MessageDigest.isEqual(claimed, mac(list, bytes(numbers)))) {
            throw new ProblemException(Slug.INVALID_CURSOR);
        }
        return numbers;
    }

    private static byte[] bytes(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Slug.INVALID_CURSOR);
        }
    }

    private byte[] mac(String list, byte[] numbers) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            mac.update(("cursor\n" + list + "\n").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(numbers);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
