package fr.grandlivre.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.security.SignIns;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.EvaluationCommand.SaveTutorial;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.audit.Recount;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.privacy.OwnEvents;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A pupil keeps the account after school by a code on paper; who never had one opens one. */
@GrandLivreTest
class AccountPagesTest {
    private static final String PUPIL = "eleve-tilleuls-3e";
    private static final Pattern SHOWN_CODE = Pattern.compile("class=\"joincode\">([^<]+)<");
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
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
        assertThat(stranger.get("/moi/compte").body()).contains(DemoAccount.STRANGER, "/moi/compte/reunion");
        correctsAMistake(stranger);
        assertThat(pupil.get("/moi/compte").body()).doesNotContain("/moi/compte/identite");
        assertThat(pupil.postForm("/moi/compte/identite", form("prenom", "Ada", "nom", "Essai"))
                        .statusCode())
                .isEqualTo(404);

        AccountId account = application
                .getBean(SignIns.class)
                .caller(JSON.convertValue(JSON.readTree(claims(strangersProgram)), CLAIMS))
                .orElseThrow()
                .account();
        LearnerId former = joinsTheAccountOfAFormerSchool(scene, account, teacher, stranger);
        bothAreErased(scene, account, former, strangersProgram);
    }

    /** The right value is shown; of the wrong one only that it was corrected. */
    private static void correctsAMistake(Visitor person) {
        HttpResponse<String> incomplete =
                person.postForm("/moi/compte/identite", form("prenom", "Ada", "naissance", "1999-12-31"));
        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(incomplete.body()).contains("La valeur manque", "value=\"Ada\"");
        assertThat(person.postForm(
                                "/moi/compte/identite",
                                form("prenom", "Ada", "nom", "Nouvelle-Lenoir", "naissance", "1999-12-30"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(person.get("/moi/compte").body()).contains("value=\"Nouvelle-Lenoir\"", "value=\"1999-12-30\"");
        assertThat(person.get("/moi/donnees").body()).contains("Nouvelle-Lenoir");
    }

    private static String claims(Visitor program) {
        return new String(Base64.getUrlDecoder().decode(program.token().split("\\.")[1]), StandardCharsets.UTF_8);
    }

    /** The pupil of a school and the stranger turn out to be one person. */
    private LearnerId joinsTheAccountOfAFormerSchool(
            CertificationScene scene, AccountId own, Visitor teacher, Visitor stranger) {
        LearnerId former = new LearnerId(UUID.randomUUID());
        LearnerId survivor = new LearnerId(own.value());
        String division = scene.pupil(DemoAccount.TILLEULS, former, "3eJ", "Ada", "Nouvelle")
                .division()
                .value();
        CompetenceCode competence = new CompetenceCode("1.1");
        ProfileQueries profiles = application.getBean(ProfileQueries.class);
        while (profiles.knowledge(former, competence).score().level().value() < 1) {
            scene.answer(former, competence, CertificationScene::right);
        }
        CertificateId certificate = scene.certified(former);
        TubeId tutorial = application
                .getBean(Frameworks.class)
                .inForce(application.getBean(ServerClock.class).now())
                .tutorials()
                .getFirst()
                .id();
        scene.send(new SaveTutorial(former, tutorial, null));
        Level known = profiles.knowledge(former, competence).score().level();
        long answered = application.getBean(LedgerReader.class).head();
        String paper = found(
                SHOWN_CODE,
                teacher.postForm("/classes/" + division + "/eleves/" + former + "/code", form())
                        .body());

        // A code of one's own joins nothing; the preview and a confirmation without the tick record nothing.
        assertThat(stranger.get("/moi/compte/reunion").body()).contains("Demander un code");
        String mine = found(
                SHOWN_CODE,
                stranger.postForm("/moi/compte/reunion/code", form()).body());
        HttpResponse<String> same = stranger.postForm("/moi/compte/reunion", form("code", mine));
        assertThat(same.statusCode()).isEqualTo(422);
        assertThat(same.body()).contains("celui du compte connecté");
        long before = scene.facts();
        String preview =
                stranger.postForm("/moi/compte/reunion", form("code", paper)).body();
        assertThat(preview)
                .contains("niveau 0, 0 pix", "niveau " + known.value(), "Certificats : 1", "Tutoriels enregistrés : 1");
        HttpResponse<String> unticked = stranger.postForm("/moi/compte/reunion/confirmation", form("code", paper));
        assertThat(unticked.statusCode()).isEqualTo(422);
        assertThat(unticked.body()).contains("Cocher la case");
        assertThat(scene.facts()).isEqualTo(before);

        Map<String, String> confirmed = form("code", paper, "compris", "true");
        assertThat(stranger.postForm("/moi/compte/reunion/confirmation", confirmed)
                        .statusCode())
                .isEqualTo(303);
        SchoolReportQueries rosters = application.getBean(SchoolReportQueries.class);
        SchoolYear year = SchoolYear.of(
                ParisDays.of(application.getBean(ServerClock.class).now()));
        EvaluationQueries evaluations = application.getBean(EvaluationQueries.class);
        CertificationScene.await(
                () -> profiles.knowledge(survivor, competence).score().level().equals(known)
                        && evaluations.tutorials(survivor).isSaved(tutorial)
                        && rosters.pupil(DemoAccount.TILLEULS, year, survivor).isPresent());
        scene.awaitViews();

        // What was known there is explained here; the certificate, the roster and every sign-in follow; the past stays.
        assertThat(stranger.get("/moi/competences/1.1").body()).contains("Venu d’un autre compte");
        assertThat(stranger.get("/moi/certificats/" + certificate).statusCode()).isEqualTo(200);
        assertThat(stranger.get("/moi/certificats").body()).contains(certificate.toString());
        assertThat(rosters.pupil(DemoAccount.TILLEULS, year, former)).isEmpty();
        assertThat(application
                        .getBean(SignIns.class)
                        .caller(Map.of("iss", "ecole", "sub", "ada", "account", former.toString(), "roles", "learner"))
                        .orElseThrow()
                        .account())
                .isEqualTo(own);
        assertThat(profiles.asOf(
                                survivor,
                                answered,
                                application.getBean(ServerClock.class).now())
                        .total()
                        .value())
                .isZero();
        assertThat(own(survivor, former))
                .contains("identity.accounts-merged", "identity.account-absorbed", "evaluation.answer-recorded");
        Recount.Report recount = application
                .getBean(Recount.class)
                .of(
                        Set.of(StreamIds.evaluation(survivor, competence), StreamIds.evaluation(former, competence)),
                        Set.of(survivor, former),
                        scene.head(),
                        Recount.Rules.AS_RECORDED);
        assertThat(recount.clean()).as(recount.toString()).isTrue();

        // Once is enough, however often it is asked for, and nobody else can have the account.
        long merged = scene.facts();
        assertThat(stranger.postForm("/moi/compte/reunion/confirmation", confirmed)
                        .statusCode())
                .isEqualTo(303);
        assertThat(stranger.get("/moi/compte/reunion?reunis=true").body()).contains("sont réunis");
        Visitor pupil = Visitor.signedIn(port, scene.account(PUPIL));
        HttpResponse<String> second =
                pupil.postForm("/moi/compte/reunion/confirmation", form("code", paper, "compris", "true"));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("a déjà été réuni");
        assertThat(scene.facts()).isEqualTo(merged);
        return former;
    }

    private Set<String> own(LearnerId... accounts) {
        return application.getBean(OwnEvents.class).of(List.of(accounts)).stream()
                .map(OwnEvents.OwnEvent::type)
                .collect(Collectors.toSet());
    }

    /** Erasing the person erases what stood in the former account too, with a receipt for either. */
    private void bothAreErased(CertificationScene scene, AccountId own, LearnerId former, Visitor program) {
        assertThat(program.postJson(
                                "/api/v1/me/erasures/request",
                                "{\"classes\":[\"identity\"]}",
                                "Idempotency-Key",
                                CommandKey.draw().toString())
                        .statusCode())
                .isBetween(200, 202);
        Visitor operator = Visitor.program(port, scene.account("exploitant"));
        HttpResponse<String> erased = operator.postJson(
                "/api/v1/privacy/people/" + former + "/erasures",
                "{\"classes\":[\"identity\"],\"basis\":\"person-request\"}",
                "Idempotency-Key",
                CommandKey.draw().toString());
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(202);
        ErasureQueries erasures = application.getBean(ErasureQueries.class);
        for (AccountId account : List.of(own, new AccountId(former.value()))) {
            CertificationScene.await(() -> erasures.of(account).stream()
                    .anyMatch(erasure -> erasure.receipt()
                            .filter(receipt -> receipt.residual() == 0)
                            .isPresent()));
        }
    }
}
