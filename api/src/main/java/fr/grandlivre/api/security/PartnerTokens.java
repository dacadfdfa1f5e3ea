package fr.grandlivre.api.security;

import fr.grandlivre.api.wiring.SecretFiles;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Tokens of partners' programs: signed by this house, worth an hour. A program that was revoked is refused although its
 * token still runs, because the door asks for its registration each time. Thread-safe.
 */
@Component
public class PartnerTokens {
    /** How long a token is worth something. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private static final String ISSUER = "grand-livre";
    private static final String ALGORITHM = "HmacSHA256";

    private final JwtEncoder encoder;
    private final JwtDecoder own;
    private final @Nullable JwtDecoder providers;

    /** @param providers reads the tokens of the identity provider, which may let programs in as well */
    PartnerTokens(SecretFiles secrets, ObjectProvider<JwtDecoder> providers) {
        SecretKey key = new SecretKeySpec(derived(secrets.read("pepper")), ALGORITHM);
        this.encoder = NimbusJwtEncoder.withSecretKey(key).build();
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(ISSUER));
        this.own = decoder;
        this.providers = providers.getIfAvailable();
    }

    /**
     * @param client of a program that has proven its secret
     * @param now    of the system's clock: tokens live in the time of machines
     */
    public String issue(String client, String scope, Instant now) {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .subject(client)
                .issuedAt(now)
                .expiresAt(now.plus(LIFETIME))
                .claim("scope", scope)
                .build();
        return encoder.encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                .getTokenValue();
    }

    /** @throws JwtException when neither this house nor the identity provider signed it, or its time is over */
    Jwt read(String token) {
        try {
            return own.decode(token);
        } catch (JwtException notOurs) {
            if (providers == null) {
                throw notOurs;
            }
            return providers.decode(token);
        }
    }

    // A key of its own, so that no fingerprint is ever a signature.
    private static byte[] derived(byte[] pepper) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(pepper, ALGORITHM));
            return mac.doFinal("partner-tokens".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
