package fr.grandlivre.api.audit;

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
 * Marks where the next page of a search begins. A cursor holds the last position looked at and the pinned end, and an HMAC
 * over both and the filters, so that it fits no other search and nobody can make one up. Thread-safe.
 */
@Component
class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int NUMBERS = 2 * Long.BYTES;
    private static final int MAC = 32;

    private final SecretKeySpec pepper;

    Cursors(SecretFiles secrets) {
        this.pepper = new SecretKeySpec(secrets.read("pepper"), ALGORITHM);
    }

    /** @param lookedUpTo last position of the page before */
    String next(EventSearch search, long lookedUpTo) {
        ByteBuffer cursor = ByteBuffer.allocate(NUMBERS + MAC);
        cursor.putLong(lookedUpTo).putLong(search.upTo()).put(mac(search, lookedUpTo, search.upTo()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    /**
     * @return the search, from the cursor on
     * @throws ProblemException {@code invalid-cursor} when it was made up, or for another search
     */
    EventSearch resume(EventSearch search, String cursor) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(cursor));
        if (bytes.remaining() != NUMBERS + MAC) {
            throw new ProblemException(Slug.INVALID_CURSOR);
        }
        long after = bytes.getLong();
        long upTo = bytes.getLong();
        byte[] claimed = new byte[MAC];
        bytes.get(claimed);
        if (!MessageDigest.isEqual(claimed, mac(search, after, upTo))) {
            throw new ProblemException(Slug.INVALID_CURSOR);
        }
        return search.from(after, upTo);
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Slug.INVALID_CURSOR);
        }
    }

    private byte[] mac(EventSearch search, long after, long upTo) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            mac.update("audit-cursor\n".getBytes(StandardCharsets.UTF_8));
            mac.update(ByteBuffer.allocate(NUMBERS).putLong(after).putLong(upTo).array());
            search.typed()
                    .forEach((name, value) -> mac.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
