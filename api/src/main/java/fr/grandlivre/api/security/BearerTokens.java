package fr.grandlivre.api.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * Takes the token from the header {@code Authorization}, in one pass over its characters; a header that is not just right
 * goes through Spring Security's own reader, which says what is wrong with it. Thread-safe.
 */
final class BearerTokens implements BearerTokenResolver {
    private static final String SCHEME = "Bearer ";

    private final BearerTokenResolver careful = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && isPlain(header) ? header.substring(SCHEME.length()) : careful.resolve(request);
    }

    /** @return whether letters, digits and {@code -._~+/} follow the scheme, at least one, then nothing but padding */
    static boolean isPlain(String header) {
        if (!header.startsWith(SCHEME)) {
            return false;
        }
        int end = header.length();
        while (header.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = SCHEME.length(); i < end; i++) {
            if (!isOfToken(header.charAt(i))) {
                return false;
            }
        }
        return end > SCHEME.length();
    }

    private static boolean isOfToken(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || "-._~+/".indexOf(character) >= 0;
    }
}
