package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

class BearerTokensTest {
    private static MockHttpServletRequest request(String header) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/anything");
        request.addHeader("Authorization", header);
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.B-c_9~+/", "Bearer abc==", "bearer abc", "Basic abc", "Nothing at all"})
    void a_header_gives_the_same_token_as_to_spring_security(String header) {
        assertThat(new BearerTokens().resolve(request(header)))
                .isEqualTo(new DefaultBearerTokenResolver().resolve(request(header)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer =", "Bearer a=b", "Bearer a b", "Bearer a,b", "Bearer é"})
    void a_header_that_is_no_token_is_refused(String header) {
        assertThatThrownBy(() -> new DefaultBearerTokenResolver().resolve(request(header)))
                .isInstanceOf(OAuth2AuthenticationException.class);
        assertThatThrownBy(() -> new BearerTokens().resolve(request(header)))
                .isInstanceOf(OAuth2AuthenticationException.class);
    }

    @Test
    void without_the_header_there_is_no_token() {
        assertThat(new BearerTokens().resolve(new MockHttpServletRequest("GET", "/api/v1/anything")))
                .isNull();
    }
}
