package fr.grandlivre.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/**
 * Remembers for a moment what a token said: a learner's program sends the same one with every answer, and reading it takes
 * as long as recording the answer. It is found by the hash of all its characters, so that another signature is another
 * token; its times are looked at with every use. Who its account is, and whether that was erased, is not remembered here.
 * Thread-safe.
 */
final class RememberedTokens implements JwtDecoder {
    /** So long a key that the identity provider withdraws may still be believed; its list of keys is kept for longer. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** About 3 kB each. */
    private static final long MOST_REMEMBERED = 20_000;

    private final JwtDecoder reader;
    private final JwtTimestampValidator times = new JwtTimestampValidator();
    private final Cache<ByteBuffer, Jwt> known = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** @param reader checks the signature and all else; words what is wrong with a token */
    RememberedTokens(JwtDecoder reader) {
        this.reader = reader;
    }

    @Override
    public Jwt decode(String token) throws JwtException {
        ByteBuffer hash = hash(token);
        Jwt remembered = known.getIfPresent(hash);
        if (remembered != null && !times.validate(remembered).hasErrors()) {
            return remembered;
        }
        Jwt read = reader.decode(token);
        known.put(hash, read);
        return read;
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
