package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

class RememberedTokensTest {
    private final List<String> read = new ArrayList<>();
    private Instant end = Instant.now().plus(Duration.ofHours(1));
    private final RememberedTokens tokens = new RememberedTokens(this::read);

    private Jwt read(String token) {
        read.add(token);
        if (token.endsWith("forged")) {
            throw new BadJwtException("not signed by anybody we know");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject("camille")
                .expiresAt(end)
                .build();
    }

    @Test
    void a_token_is_read_once() {
        Jwt first = tokens.decode("header.claims.signature");
        assertThat(tokens.decode("header.claims.signature")).isSameAs(first);
        assertThat(read).hasSize(1);
    }

    @Test
    void another_signature_is_another_token() {
        tokens.decode("header.claims.signature");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode("header.claims.forged")).isInstanceOf(JwtException.class);
        }
        assertThat(read).as("nothing wrong is remembered").hasSize(3);
    }

    @Test
    void a_token_whose_time_is_over_is_read_again_so_that_its_reader_refuses_it() {
        end = Instant.now().minus(Duration.ofMinutes(2));
        tokens.decode("header.claims.signature");
        tokens.decode("header.claims.signature");
        assertThat(read).hasSize(2);
    }
}
