package fr.grandlivre.api.frame;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** Run with {@code -Dopenapi.write} after an intended change, and read the difference. */
@GrandLivreTest
class OpenApiTest {
    private static final Path COMMITTED = Path.of("src/main/resources/openapi.yaml");

    @Value("${server.port}")
    int port;

    @Test
    void the_served_description_is_the_committed_one() throws IOException {
        String served = Visitor.anonymous(port).get("/v3/api-docs.yaml").body();
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(COMMITTED, served);
        }
        assertThat(served).isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void the_json_form_is_served_too() {
        HttpResponse<String> json = Visitor.anonymous(port).get("/v3/api-docs");
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.body()).contains("\"openapi\" : \"3.1.0\"", "/api/v1/me");
    }

    @Test
    void there_is_no_swagger_page() {
        assertThat(Visitor.anonymous(port).get("/swagger-ui/index.html").statusCode())
                .isEqualTo(404);
        assertThat(Visitor.anonymous(port).get("/swagger-ui.html").statusCode()).isEqualTo(404);
    }
}
