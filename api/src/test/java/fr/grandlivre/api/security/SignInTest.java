package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.events.vocabulary.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

@GrandLivreTest
class SignInTest {
    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Test
    void every_person_of_the_demonstration_signs_in_and_sees_the_role() {
        for (DemoAccount account : DemoLogins.of(application)) {
            // Another test of the same application erases somebody, who then signs in no more.
            if (!account.isProgram()
                    && !account.isStranger()
                    && !application.getBean(ErasedAccounts.class).contains(account.account())) {
                String home = Visitor.signedIn(port, account).follow("/").body();
                assertThat(home).contains("Rôle :");
            }
        }
    }

    @Test
    void signing_out_needs_the_form_and_ends_the_session() {
        Visitor head = Visitor.signedIn(port, DemoLogins.of(application, Role.HEAD));
        assertThat(head.request("POST", "/deconnexion", "").statusCode()).isEqualTo(403);
        assertThat(head.follow("/").body()).contains("Rôle :");
        HttpResponse<String> out = head.postForm("/deconnexion", Map.of());
        assertThat(out.headers().firstValue("Location").orElseThrow()).endsWith("/deconnecte");
        assertThat(out.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("gl=;"));
        assertThat(head.follow("/").body()).doesNotContain("Rôle :");
    }

    @Test
    void the_provider_forgets_the_person_so_that_the_next_one_chooses() {
        Visitor jury = Visitor.signedIn(port, DemoLogins.of(application, Role.JURY));
        assertThat(jury.follow("/oauth2/authorization/demo").body()).contains("name=\"mot-de-passe\"");
    }

    @Test
    void the_session_cookie_is_closed_to_scripts_and_other_sites() {
        HttpResponse<String> start = Visitor.anonymous(port).get("/oauth2/authorization/demo");
        assertThat(start.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void a_token_is_worth_nothing_when_it_is_altered_or_meant_for_somebody_else() {
        Visitor teacher = Visitor.program(port, DemoLogins.of(application, Role.TEACHER));
        String[] parts = teacher.token().split("\\.");
        String none = "eyJhbGciOiJub25lIn0." + parts[1] + ".";
        String hmac = "eyJhbGciOiJIUzI1NiJ9." + parts[1] + "." + parts[2];
        String flipped =
                parts[0] + "." + parts[1] + "." + (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1);
        for (String forged : new String[] {none, hmac, flipped, "x", "a.b.c"}) {
            HttpResponse<String> answer =
                    Visitor.anonymous(port).get("/api/v1/me", "Authorization", "Bearer " + forged);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("/problemes/unauthenticated").doesNotContain("Jwt", "nimbus");
        }
    }

    @Test
    void a_partner_program_has_the_partner_role_by_its_scope() {
        Visitor partner = Visitor.program(port, DemoLogins.of(application, Role.PARTNER));
        assertThat(partner.get("/api/v1/me").body()).contains("\"roles\":[\"partner\"]");
    }

    @Test
    void the_language_switch_returns_to_this_site_only() {
        Visitor visitor = Visitor.anonymous(port);
        assertThat(visitor.get("/langue/en?retour=/etat").headers().firstValue("Location"))
                .hasValue("/etat");
        for (String other : new String[] {"//evil.example", "https://evil.example", "/%5Cevil.example", "evil"}) {
            assertThat(visitor.get("/langue/en?retour=" + other).headers().firstValue("Location"))
                    .as(other)
                    .hasValue("/");
        }
        assertThat(visitor.follow("/etat").body()).contains("Service status");
    }
}
