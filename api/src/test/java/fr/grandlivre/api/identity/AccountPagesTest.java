package fr.grandlivre.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/** A pupil keeps the account after school by a code on paper; who never had one opens one. */
@GrandLivreTest
class AccountPagesTest {
    private static final String PUPIL = "eleve-tilleuls-3e";
    private static final Pattern SHOWN_CODE = Pattern.compile("class=\"joincode\">([^<]+)<");
    private static final Pattern DETACH = Pattern.compile("/moi/compte/connexions/[0-9a-f-]{36}/retrait");

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private static Map<String, String> form(String... fields) {
        Map<String, String> form = new HashMap<>();
        form.put(CommandKey.FIELD, CommandKey.draw().toString());
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private static String found(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        assertThat(found.find()).as(pattern + " in " + body).isTrue();
        return found.groupCount() == 0 ? found.group() : found.group(1);
    }

    @Test
    void an_account_outlives_the_school_that_gave_it() {
        CertificationScene scene = new CertificationScene(application);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        LearnerId learner = new LearnerId(DemoAccount.accountOf(PUPIL).value());
        String division = scene.pupil(DemoAccount.TILLEULS, learner, "3eK", "Ada", "Essai")
                .division()
                .value();
        Visitor teacher = Visitor.signedIn(port, DemoLogins.of(application, Role.TEACHER));
        Visitor stranger = Visitor.signedIn(port, scene.account(DemoAccount.STRANGER));
        Visitor strangersProgram = Visitor.program(port, scene.account(DemoAccount.STRANGER));
        Visitor pupil = Visitor.signedIn(port, scene.account(PUPIL));

        // Nobody knows the stranger: neither profile nor interface, but a page that says what can be done.
        assertThat(stranger.get("/moi").statusCode()).isEqualTo(403);
        assertThat(strangersProgram.get("/api/v1/me").statusCode()).isEqualTo(403);
        assertThat(stranger.get("/moi/compte").body()).contains("Aucun compte pour cette connexion");
        assertThat(stranger.get("/").body()).contains("Retrouver ou ouvrir un compte");

        // The sheet shows the code, and the same one when the form is sent again.
        String sheet = "/classes/" + division + "/eleves/" + learner + "/code";
        Map<String, String> issue = form();
        String code = found(SHOWN_CODE, teacher.postForm(sheet, issue).body());
        assertThat(found(SHOWN_CODE, teacher.postForm(sheet, issue).body())).isEqualTo(code);
        assertThat(teacher.get("/classes/" + division + "/eleves/" + learner).body())
                .contains(sheet);

        // A code that is none and one that nobody drew are answered alike, and nothing is recorded.
        long before = scene.facts();
        HttpResponse<String> none = stranger.postForm("/moi/compte/code", form("code", "bonjour"));
        HttpResponse<String> unknown = stranger.postForm("/moi/compte/code", form("code", "BBB BBB 222"));
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("Ce code ne permet pas");
        assertThat(unknown.body()).contains("Ce code ne permet pas");
        assertThat(teacher.postForm("/moi/compte/code", form("code", code)).statusCode())
                .isEqualTo(409);
        assertThat(pupil.postForm("/moi/compte/code", form("code", code)).statusCode())
                .isEqualTo(303);
        assertThat(scene.facts()).isEqualTo(before);

        // The code leads the stranger to the pupil's account, once.
        assertThat(stranger.postForm("/moi/compte/code", form("code", code.toLowerCase(Locale.ROOT)))
                        .statusCode())
                .isEqualTo(303);
        assertThat(stranger.get("/moi").statusCode()).isEqualTo(200);
        assertThat(strangersProgram.get("/api/v1/me").body()).contains(learner.toString(), "\"roles\":[\"learner\"]");
        String own = stranger.get("/moi/compte").body();
        assertThat(own).contains(DemoAccount.STRANGER, "Utilisée en ce moment");
        assertThat(DETACH.matcher(own).find()).isFalse();

        // The pupil keeps the school's way by name, and takes the other one back.
        String detach = found(DETACH, pupil.get("/moi/compte").body());
        HttpResponse<String> last = pupil.postForm(detach, form());
        assertThat(last.statusCode()).isEqualTo(409);
        assertThat(last.body()).contains("dernière façon");
        assertThat(pupil.postForm("/moi/compte/connexions", form()).statusCode())
                .isEqualTo(303);
        assertThat(pupil.postForm(detach, form()).statusCode()).isEqualTo(303);
        assertThat(stranger.get("/moi").statusCode()).isEqualTo(403);
        assertThat(stranger.postForm("/moi/compte/code", form("code", code)).statusCode())
                .isEqualTo(404);

        // Guessing is slow.
        int answered = 404;
        for (int guess = 0; guess < 10 && answered == 404; guess++) {
            answered = stranger.postForm("/moi/compte/code", form("code", "BBB BBB 222"))
                    .statusCode();
        }
        assertThat(answered).isEqualTo(429);

        // Without a code, an account of one's own.
        HttpResponse<String> incomplete =
                stranger.postForm("/moi/compte/ouverture", form("prenom", "Ada", "naissance", "2190-01-01"));
        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(incomplete.body()).contains("La valeur manque", "La date est dans le futur", "value=\"Ada\"");
        assertThat(stranger.postForm(
                                "/moi/compte/ouverture",
                                form("prenom", "Ada", "nom", "Nouvelle", "naissance", "1999-12-31"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(stranger.get("/moi").statusCode()).isEqualTo(200);
        assertThat(strangersProgram.get("/api/v1/me").body()).doesNotContain(learner.toString());
        assertThat(stranger.get("/moi/compte").body()).contains(DemoAccount.STRANGER);
    }
}
