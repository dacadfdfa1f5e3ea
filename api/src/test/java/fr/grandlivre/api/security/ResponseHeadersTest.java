package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.unit.DataSize;

@GrandLivreTest
class ResponseHeadersTest {
    private static final List<String> EVERYWHERE = List.of(
            "Content-Security-Policy",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Permissions-Policy");

    @Value("${server.port}")
    int port;

    @Value("${server.max-http-request-header-size}")
    DataSize longestHead;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nope",
                "/error",
                "/connexion",
                "/developpeurs",
                "/favicon.ico",
                "/langue/en",
                "/demo/connexion",
                "/api/v1/me",
                "/api/v1/nope",
                "/actuator/health",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/oauth2/authorization/demo",
                "/oauth2/jwks",
                "/webjars/none",
                "/assets/none.css",
                "/deconnexion"
            })
    void stand_on_every_answer(String path) {
        HttpResponse<String> answer = Visitor.anonymous(port).get(path);
        EVERYWHERE.forEach(name -> assertThat(answer.headers().allValues(name))
                .as(path + " " + name)
                .hasSize(1));
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("unsafe");
    }

    @Test
    void stand_even_on_what_the_container_refuses_by_itself() throws IOException {
        for (String line : List.of("GET /api/%zz HTTP/1.1", "GET /a|b HTTP/1.1", "GET / HTTP/9.9")) {
            answer(line + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void an_address_that_is_too_long_to_be_read_is_refused_to_programs_by_a_document_and_to_people_by_a_page()
            throws IOException {
        assertThat(answer(endless("GET /api/v1/me?q=")))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"status\":400")
                .doesNotContain("<html");
        assertThat(answer(endless("POST /log1/checkpoint?q="))).contains("application/problem+json");
        assertThat(answer(endless("GET /verifier?q="))).contains("text/html", "trop longue");
    }

    /** Not a byte more than the container reads: it would end the connection before the answer is read. */
    private String endless(String begin) {
        return begin + "a".repeat(Math.toIntExact(longestHead.toBytes()) - begin.length());
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("Tomcat", "<style", "Exception");
            EVERYWHERE.forEach(
                    name -> assertThat(answer).as(request.substring(0, 20)).contains(name + ": "));
            return answer;
        }
    }

    @Test
    void pages_are_not_stored_and_hashed_assets_are_kept() {
        Visitor visitor = Visitor.anonymous(port);
        HttpResponse<String> home = visitor.get("/");
        assertThat(home.headers().firstValue("Cache-Control")).hasValue("no-store");
        String css = home.body().replaceAll("(?s).*href=\"(/assets/app-[^\"]+)\".*", "$1");
        HttpResponse<String> sheet = visitor.get(css);
        assertThat(sheet.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        // The page preloads what the sheet imports: one version in both.
        String imported = sheet.body().replaceAll("(?s).*@import url\\(\"([^\"]+)\"\\).*", "$1");
        assertThat(home.body()).contains("href=\"" + imported + "\"");
        assertThat(visitor.get(imported).statusCode()).isEqualTo(200);
    }
}
