package fr.grandlivre.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.OdsFile;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

/** The same way by pages alone, without JavaScript. */
@GrandLivreTest
// Its learner must not sit another exam.
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
class CertificationPagesJourneyTest {
    private static final Pattern SESSION_NUMBER = Pattern.compile("<h1>Session (\\d{6})</h1>");
    private static final Pattern CODE = Pattern.compile("<code class=\"big\">([^<]+)</code>");
    private static final Pattern SEAT = Pattern.compile("/candidats/([0-9a-f-]{36})/(?:presence|autorisation)");

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private Visitor head;
    private Visitor invigilator;
    private Visitor learner;
    private Visitor jury;
    private Visitor second;
    private RosterPupil pupil;

    @BeforeEach
    void signIn() {
        scene = new CertificationScene(application);
        DemoAccount account = scene.account("eleve-port-3e");
        scene.school(DemoAccount.PORT, "Collège du Port");
        pupil = scene.pupil(DemoAccount.PORT, new LearnerId(account.account().value()), "3B", "Zoé", "Le Goff");
        scene.certifiable(pupil.learner());
        head = Visitor.signedIn(port, scene.account("principal-port"));
        invigilator = Visitor.signedIn(port, scene.account("surveillant-tilleuls"));
        learner = Visitor.signedIn(port, account);
        jury = Visitor.signedIn(port, scene.account("jury-2"));
        second = Visitor.signedIn(port, scene.account("jury-1"));
    }

    @Test
    void forms_lead_from_a_plan_to_a_certificate_and_its_revocation() {
        String session = schedule();
        String number = SESSION_NUMBER
                .matcher(page(head, session))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        String invigilatorCode = codes.get("invigilator");
        String accessCode = codes.get("access");
        moveToAnotherRoom(session);
        badFilesEnrolNobody(session);
        enrol(session);
        correct(session);
        String room = openRoom(session, number, invigilatorCode);
        ExamId exam = join(room, number, accessCode);
        learner = takeOver(room, exam, number, accessCode);
        alert(room, exam);
        answerAll(exam);
        report(session);
        finalise(session);
        publish(session);
        revoke(exam);
    }

    private static final Pattern CANDIDATE = Pattern.compile("/sessions/[0-9a-f-]{36}/candidats/[0-9a-f-]{36}");
    private static final Pattern ALERT = Pattern.compile(
            "candidats/([0-9a-f-]{36})/signalement.*?name=\"signalement\" value=\"([0-9a-f-]{36})\"", Pattern.DOTALL);

    private final Map<String, String> codes = new HashMap<>();

    private String schedule() {
        assertThat(page(head, "/sessions/nouvelle")).contains("value=\"2022-05-16\"");
        HttpResponse<String> past =
                post(head, "/sessions", Map.of("date", "2022-05-15", "heure", "08:30", "salle", "B1"));
        assertThat(past.statusCode()).isEqualTo(422);
        assertThat(past.body()).contains("Ce jour est déjà passé.", "value=\"B1\"");
        assertThat(post(head, "/sessions", Map.of("date", "9999-12-31", "heure", "08:30", "salle", "B1"))
                        .body())
                .contains("plus de deux ans");
        assertThat(post(head, "/sessions", Map.of("date", "2022-05-16", "heure", "08:30", "salle", "B1\u202E3"))
                        .body())
                .contains("caractère invisible");
        assertThat(post(head, "/sessions", Map.of("date", "demain", "heure", "25:00"))
                        .body())
                .contains("href=\"#date\"", "href=\"#time\"", "href=\"#room\"");
        HttpResponse<String> created =
                post(head, "/sessions", Map.of("date", "2022-05-16", "heure", "08:30", "salle", "B1"));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(303);
        String place = location(created);
        Matcher shown = CODE.matcher(page(head, place));
        assertThat(shown.find()).isTrue();
        codes.put("access", shown.group(1));
        assertThat(shown.find()).isTrue();
        codes.put("invigilator", shown.group(1));
        assertThat(page(head, place)).doesNotContain(codes.get("invigilator"));
        drawAnotherCode(place.replaceAll("\\?.*", ""));
        assertThat(page(head, "/sessions")).contains("B1");
        return place.replaceAll("\\?.*", "");
    }

    private void drawAnotherCode(String session) {
        String former = codes.get("invigilator");
        Matcher shown = CODE.matcher(follow(head, post(head, session + "/code-surveillants", Map.of())));
        assertThat(shown.find()).isTrue();
        assertThat(shown.group(1)).isEqualTo(codes.get("access"));
        assertThat(shown.find()).isTrue();
        codes.put("invigilator", shown.group(1));
        assertThat(shown.group(1)).isNotEqualTo(former);
        assertThat(page(head, session)).doesNotContain(codes.get("invigilator"));
        String sheet = session + "/emargement.pdf";
        assertThat(post(head, sheet, Map.of("code", String.valueOf(former))).statusCode())
                .isEqualTo(403);
        assertThat(post(head, sheet, Map.of()).statusCode()).isEqualTo(422);
        assertThat(post(head, sheet, Map.of("code", shown.group(1))).body()).startsWith("%PDF-");
    }

    private void enrol(String session) {
        String id = pupil.learner().toString();
        String division = pupil.division().value();
        assertThat(page(head, session + "?classe=" + division))
                .contains(pupil.lastName(), "name=\"lieu-" + id, "5 octobre 2007")
                .doesNotContain("checked");
        assertThat(page(head, session + "?classe=" + division + "&tous=oui")).contains("checked");
        HttpResponse<String> nobody = post(head, session + "/candidats", Map.of("classe", division));
        assertThat(nobody.statusCode()).isEqualTo(422);
        assertThat(nobody.body()).contains("Aucun élève n’est coché.");
        HttpResponse<String> incomplete =
                post(head, session + "/candidats", Map.of("classe", division, "eleve", id, "temps-" + id, "200"));
        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(incomplete.body())
                .contains("Lieu de naissance, Le Goff Zoé\u00a0: La valeur manque", "value=\"200\"", "checked");
        HttpResponse<String> enrolled = post(
                head,
                session + "/candidats",
                Map.of("classe", division, "eleve", id, "lieu-" + id, "Brest", "temps-" + id, "33"));
        assertThat(enrolled.statusCode()).as(enrolled.body()).isEqualTo(303);
        assertThat(page(head, location(enrolled))).contains("Candidats inscrits : 1", "+ 33 %");
    }

    private void moveToAnotherRoom(String session) {
        assertThat(post(head, session + "/date", Map.of("date", "2022-05-16", "heure", "08:30", "salle", "B2"))
                        .body())
                .contains("href=\"#reason\"");
        HttpResponse<String> moved = post(
                head,
                session + "/date",
                Map.of("date", "2022-05-16", "heure", "08:45", "salle", "B2", "motif", "Salle inondée"));
        assertThat(page(head, location(moved))).contains("B2", "08:45", "Prévue auparavant", "Salle inondée");
    }

    private void badFilesEnrolNobody(String session) {
        String ine = "412345678ZQ";
        scene.pupil(DemoAccount.PORT, new LearnerId(UUID.randomUUID()), "3B", "Ilyès", "Voisin", ine);
        long before = scene.facts();
        assertThat(post(
                                head,
                                session + "/candidats/inscription",
                                Map.of(
                                        "texte",
                                        "INE;Nom;Prénom;Lieu de naissance\n" + ine + ";" + pupil.lastName() + ";"
                                                + pupil.firstName() + ";Brest\n" + ine + ";VOISIN;Ilyes;Brest\n"))
                        .body())
                .contains("Lignes refusées : 1", "l’INE est celui d’un autre élève");
        String line = pupil.lastName() + ";" + pupil.firstName() + ";05/10/2007;Brest;33\n";
        HttpResponse<String> refused = post(
                head,
                session + "/candidats/inscription",
                Map.of(
                        "texte",
                        "\uFEFFNom;Prénom;Date de naissance;Lieu de naissance;Temps majoré\n" + line + line
                                + "Inconnu;Ada;01/02/2007;Lyon;0\n" + "Inconnu;Ada;31/02/2007;Lyon;0\n"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "Lignes refusées : 3",
                        "à inscrire",
                        "élève déjà présent plus haut",
                        "élève inconnu",
                        "date de naissance impossible");
        HttpResponse<String> sheet = head.upload(
                session + "/candidats/fichier",
                "fichier",
                "candidats.ods",
                OdsFile.of(
                        OdsFile.row("Nom", "Prénom", "Date de naissance", "Lieu de naissance"),
                        OdsFile.row("", "", "", ""),
                        OdsFile.row("Inconnu", "Ada", "01/02/2007", "Lyon")));
        assertThat(sheet.body()).contains("<td class=\"number\">3</td>", "élève inconnu");
        assertThat(head.upload(session + "/candidats/fichier", "fichier", "photo.ods", OdsFile.archive())
                        .body())
                .contains("ni un classeur ODS lisible");
        HttpResponse<String> columns =
                post(head, session + "/candidats/inscription", Map.of("texte", "x;y\n1;2\n3;4\n"));
        assertThat(columns.statusCode()).isEqualTo(422);
        assertThat(columns.body()).contains("Il manque une colonne");
        String noPlace = pupil.lastName() + ";" + pupil.firstName() + ";05/10/2007;;33\n";
        assertThat(post(
                                head,
                                session + "/candidats/inscription",
                                Map.of(
                                        "texte",
                                        "Nom;Prénom;Date de naissance;Lieu de naissance;Temps majoré\n" + noPlace
                                                + line))
                        .body())
                .contains("Lignes refusées : 1", "lieu de naissance manquant");
        assertThat(post(head, session + "/candidats/inscription", Map.of("texte", ""))
                        .statusCode())
                .isEqualTo(422);
        assertThat(scene.facts()).isEqualTo(before);
    }

    private void correct(String session) {
        Matcher link = CANDIDATE.matcher(page(head, session));
        assertThat(link.find()).isTrue();
        String candidate = link.group();
        assertThat(page(head, candidate)).contains(String.valueOf(pupil.lastName()), "Brest");
        Map<String, String> right = Map.of(
                "prenom",
                String.valueOf(pupil.firstName()),
                "nom",
                String.valueOf(pupil.lastName()),
                "naissance",
                String.valueOf(pupil.birthDate()),
                "lieu",
                "Brest",
                "temps",
                "50");
        assertThat(follow(head, post(head, candidate, right))).contains("+ 50 %");
        assertThat(post(head, candidate, Map.of("nom", " ")).statusCode()).isEqualTo(422);
        assertThat(page(head, session + "/emargement")).contains(String.valueOf(pupil.lastName()), codes.get("access"));
        assertThat(page(head, session + "/emargement.pdf")).startsWith("%PDF-");
    }

    private void report(String session) {
        String place = session + "/signalements";
        assertThat(post(head, place, Map.of("categorie", "fraud")).body())
                .contains("href=\"#description\"", "href=\"#candidate\"");
        assertThat(post(head, place, Map.of("categorie", "link-not-working")).statusCode())
                .isEqualTo(422);
        assertThat(follow(
                        head,
                        post(
                                head,
                                place,
                                Map.of("categorie", "non-blocking-technical", "description", "Coupure de courant."))))
                .contains("Coupure de courant.", "Incident technique, sans blocage");
    }

    /** The candidate goes on at another device: that one must be admitted, and the first one is out. */
    private Visitor takeOver(String room, ExamId exam, String number, String accessCode) {
        Visitor tablet = Visitor.signedIn(port, scene.account("eleve-port-3e"));
        HttpResponse<String> notHere = tablet.get("/examen/" + exam);
        assertThat(notHere.statusCode()).isEqualTo(409);
        assertThat(notHere.body()).contains("Reprendre l’épreuve ici");
        assertThat(page(tablet, "/examen")).contains("remplir ce formulaire");
        Map<String, String> typed = Map.of(
                "session",
                number,
                "prenom",
                String.valueOf(pupil.firstName()),
                "nom",
                String.valueOf(pupil.lastName()),
                "naissance",
                String.valueOf(pupil.birthDate()),
                "code",
                accessCode);
        assertThat(location(post(tablet, "/examen", typed))).endsWith("/examen/attente");
        Matcher seat = SEAT.matcher(page(invigilator, room));
        assertThat(seat.find()).isTrue();
        String path = room + "/candidats/" + seat.group(1);
        assertThat(follow(invigilator, post(invigilator, path + "/autorisation", Map.of())))
                .contains("Nouvelle entrée autorisée");
        assertThat(location(post(tablet, "/examen/attente", Map.of()))).endsWith("/examen/" + exam);
        assertThat(page(tablet, "/examen/" + exam)).contains("Question 1 sur");

        long before = scene.facts();
        HttpResponse<String> out =
                post(learner, "/examen/" + exam + "/reponses", Map.of("numero", "1", "geste", "passer"));
        assertThat(out.statusCode()).isEqualTo(409);
        assertThat(out.body()).contains("Épreuve reprise sur un autre appareil");
        assertThat(learner.get("/examen/" + exam).statusCode()).isEqualTo(409);
        assertThat(scene.facts()).isEqualTo(before);
        return tablet;
    }

    private void alert(String room, ExamId exam) {
        String place = "/examen/" + exam;
        HttpResponse<String> told =
                post(learner, place + "/signalement", Map.of("numero", "1", "categorie", "image-not-displaying"));
        assertThat(follow(learner, told)).contains("Le surveillant a été prévenu.");
        assertThat(learner.get(place, "HX-Request", "true").statusCode()).isEqualTo(204);
        assertThat(post(learner, place + "/reponses", Map.of("numero", "1", "geste", "passer"))
                        .statusCode())
                .isEqualTo(409);

        String board = page(invigilator, room);
        assertThat(board).contains("<title>(1) Surveillance", "Question 1 : L’image ne s’affiche pas");
        Matcher raised = ALERT.matcher(board);
        assertThat(raised.find()).isTrue();
        String path = room + "/candidats/" + raised.group(1);
        follow(
                invigilator,
                post(invigilator, path + "/signalement", Map.of("signalement", raised.group(2), "suite", "remplacer")));
        assertThat(follow(invigilator, post(invigilator, path + "/temps", Map.of("minutes", "5"))))
                .contains("5 min rendues");
        assertThat(post(invigilator, path + "/temps", Map.of("minutes", "30")).statusCode())
                .isEqualTo(422);
        assertThat(page(learner, place)).contains("Question 1 sur").doesNotContain("a été prévenu.");
    }

    private String openRoom(String session, String number, String code) {
        String room = session.replace("/sessions/", "/surveillance/");
        assertThat(invigilator.get(room).statusCode()).isEqualTo(404);
        assertThat(post(invigilator, "/surveillance", Map.of("session", number, "code", "BBBBB"))
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> opened = post(invigilator, "/surveillance", Map.of("session", number, "code", code));
        assertThat(location(opened)).endsWith(room);
        assertThat(page(invigilator, room)).contains(pupil.lastName(), "Confirmer la présence");
        onlyThoseNamedWatch(session, room, number, code);
        return room;
    }

    private void onlyThoseNamedWatch(String session, String room, String number, String code) {
        AccountId colleague = new AccountId(UUID.randomUUID());
        scene.send(new OpenAccount(colleague, new AccountIdentity("Paule", "Tanguy", null, null)));
        scene.send(new GrantRole(
                colleague, Role.INVIGILATOR, new Scope(DemoAccount.PORT, null), LocalDate.of(2022, 1, 1), null));
        scene.awaitViews();
        assertThat(page(head, "/sessions/nouvelle")).contains("Tanguy Paule");
        assertThat(page(head, session + "/date")).contains("Tanguy Paule");
        long before = scene.facts();
        assertThat(post(
                                head,
                                session + "/surveillants",
                                Map.of("surveillant", UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(422);
        assertThat(scene.facts()).isEqualTo(before);

        assertThat(follow(head, post(head, session + "/surveillants", Map.of("surveillant", colleague.toString()))))
                .contains("Tanguy Paule");
        assertThat(invigilator.get(room).statusCode()).isEqualTo(404);
        assertThat(invigilator.get(room + "/flux").statusCode()).isEqualTo(404);
        assertThat(post(invigilator, "/surveillance", Map.of("session", number, "code", code))
                        .statusCode())
                .isEqualTo(422);

        assertThat(follow(head, post(head, session + "/surveillants", Map.of())))
                .contains("Toute personne qui a le rôle de surveillant");
        assertThat(page(invigilator, room)).contains("Confirmer la présence");
    }

    private ExamId join(String room, String number, String accessCode) {
        Map<String, String> typed = new HashMap<>(Map.of(
                "session",
                number,
                "prenom",
                String.valueOf(pupil.firstName()),
                "nom",
                "Autre",
                "naissance",
                String.valueOf(pupil.birthDate()),
                "code",
                accessCode));
        assertThat(page(learner, "/examen")).contains("Rejoindre l’épreuve");
        assertThat(post(learner, "/examen", Map.of()).statusCode()).isEqualTo(422);
        HttpResponse<String> refused = post(learner, "/examen", typed);
        typed.put("session", number.substring(0, 3) + " " + number.substring(3));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("ne correspondent à aucune inscription")
                .doesNotContain(accessCode);
        typed.put("nom", String.valueOf(pupil.lastName()));
        assertThat(location(post(learner, "/examen", typed))).endsWith("/examen/attente");
        assertThat(page(learner, "/examen/attente")).contains("En attente de l’autorisation");
        Matcher seat = SEAT.matcher(page(invigilator, room));
        assertThat(seat.find()).isTrue();
        String path = room + "/candidats/" + seat.group(1);
        assertThat(post(invigilator, path + "/autorisation", Map.of()).statusCode())
                .isEqualTo(409);
        follow(invigilator, post(invigilator, path + "/presence", Map.of()));
        assertThat(follow(invigilator, post(invigilator, path + "/autorisation", Map.of())))
                .contains("autorisé");
        CertificationScene.await(() -> page(learner, "/examen/attente").contains("Commencer l’épreuve"));
        HttpResponse<String> started = post(learner, "/examen/attente", Map.of());
        assertThat(started.statusCode()).as(started.body()).isEqualTo(303);
        return ExamId.of(location(started).replaceAll(".*/", ""));
    }

    private void answerAll(ExamId exam) {
        Frameworks frameworks = application.getBean(Frameworks.class);
        ExamSitting sitting = application.getBean(ExamQueries.class).byId(exam).orElseThrow();
        int questions = sitting.questions().size();
        assertThat(page(learner, "/examen")).contains("Continuer l’épreuve");
        for (int number = 1; number <= questions; number++) {
            String shown = page(learner, "/examen/" + exam);
            assertThat(shown).contains("Question " + number + " sur " + questions);
            if (shown.contains("/chronometre")) {
                assertThat(shown).contains("Épreuve chronométrée").doesNotContain("name=\"choix\"", "name=\"texte\"");
                post(learner, "/examen/" + exam + "/chronometre", Map.of("numero", Integer.toString(number)));
                assertThat(page(learner, "/examen/" + exam)).contains("À valider avant");
            }
            Challenge challenge = frameworks
                    .of(sitting.framework())
                    .challenge(sitting.questions().get(number - 1).challenge())
                    .orElseThrow();
            if (number == 1) {
                badAnswers(exam, challenge);
            }
            HttpResponse<String> next =
                    learner.postRaw("/examen/" + exam + "/reponses", form(number, CertificationScene.right(challenge)));
            assertThat(next.statusCode()).as(next.body()).isEqualTo(303);
        }
        assertThat(page(learner, "/examen/" + exam)).contains("Épreuve terminée", "sur " + questions);
        HttpResponse<String> late =
                post(learner, "/examen/" + exam + "/reponses", Map.of("numero", "1", "geste", "passer"));
        assertThat(late.statusCode()).isEqualTo(410);
    }

    private void badAnswers(ExamId exam, Challenge challenge) {
        String answers = "/examen/" + exam + "/reponses";
        long before = scene.facts();
        if (challenge instanceof Challenge.Qcu || challenge instanceof Challenge.Qcm) {
            HttpResponse<String> several = post(learner, answers, Map.of("numero", "1", "choix", "9"));
            assertThat(several.statusCode()).isEqualTo(422);
            assertThat(several.body()).contains("Cette question attend une réponse", "Question 1 sur");
        }
        HttpResponse<String> ahead = post(learner, answers, Map.of("numero", "2", "geste", "passer"));
        assertThat(ahead.statusCode()).isEqualTo(409);
        assertThat(ahead.body()).contains("Continuer l’épreuve");
        assertThat(post(Visitor.signedIn(port, scene.account("eleve-tilleuls-5e")), answers, Map.of("numero", "1"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(scene.facts()).isEqualTo(before);
    }

    private static String form(int number, Response response) {
        StringBuilder form = new StringBuilder("numero=" + number + "&geste=valider");
        switch (response) {
            case Response.Chosen(var indexes) ->
                indexes.forEach(index -> form.append("&choix=").append(index));
            case Response.Typed(var texts) ->
                texts.forEach(text -> form.append("&texte=")
                        .append(java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)));
            case Response.Skipped _ -> form.append("&geste=passer");
        }
        return form.append("&commandId=").append(UUID.randomUUID()).toString();
    }

    private void finalise(String session) {
        CertificationScene.await(() -> page(head, session).contains("terminé"));
        Matcher candidate = CANDIDATE.matcher(page(head, session));
        assertThat(candidate.find()).isTrue();
        String present = candidate.group().replaceAll(".*/", "");
        HttpResponse<String> absent = post(head, session + "/finalisation", Map.of("absent", present));
        assertThat(absent.statusCode()).isEqualTo(409);
        assertThat(absent.body()).contains("ne peuvent pas être déclarés absents", pupil.lastName());
        HttpResponse<String> unknown = post(
                head,
                session + "/finalisation",
                Map.of("absent", UUID.randomUUID().toString()));
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("n’est pas candidate de cette session");
        assertThat(follow(head, post(head, session + "/finalisation", Map.of())))
                .contains("finalisée");
    }

    private void publish(String session) {
        assertThat(head.get(session + "/resultats.csv").statusCode()).isEqualTo(404);
        assertThat(page(head, session)).doesNotContain("/resultats.csv");
        String place = "/jury" + session;
        CertificationScene.await(() -> page(jury, place).contains("validé"));
        assertThat(page(jury, "/jury")).contains(place);
        HttpResponse<String> nothing = post(jury, "/jury/publications", Map.of());
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body()).contains("Aucune session n’est cochée", place);
        assertThat(follow(jury, post(jury, place + "/publication", Map.of()))).contains("Résultats publiés le");
        String published = page(head, session);
        assertThat(published)
                .contains(
                        "traitée",
                        "validé",
                        "/resultats.csv",
                        "division=" + pupil.division().value());
        HttpResponse<String> results = head.get(session + "/resultats.csv");
        assertThat(results.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(results.body()).contains(pupil.lastName() + ";" + pupil.firstName() + ";", ";terminé;validé;");
    }

    private void revoke(ExamId exam) {
        String id = StreamIds.certificate(exam, 1).toString();
        CertificateQueries certificates = application.getBean(CertificateQueries.class);
        CertificationScene.await(
                () -> certificates.byId(StreamIds.certificate(exam, 1)).isPresent());
        scene.awaitViews();
        String own = page(learner, "/moi/certificats/" + id);
        String code = certificates
                .byId(StreamIds.certificate(exam, 1))
                .orElseThrow()
                .code()
                .value();
        assertThat(own).contains(code, "Brest", "ans)", "Clé", String.valueOf(pupil.lastName()));
        assertThat(page(learner, "/moi/certificats")).contains(code);
        assertThat(location(post(jury, "/jury/recherche", Map.of("code", code))))
                .endsWith(id);
        String place = "/jury/certificats/" + id;
        assertThat(page(jury, place)).contains("Voir l’effet avant de décider").doesNotContain("Brest");
        Map<String, String> act = new HashMap<>(Map.of("acte", "revoke", "motif", "fraud", "raison", "court"));
        HttpResponse<String> tooShort = post(jury, place + "/apercu", act);
        assertThat(tooShort.statusCode()).isEqualTo(422);
        assertThat(tooShort.body()).contains("dix caractères", ">court</textarea>");
        act.put("raison", "Une autre personne a composé.");
        long before = scene.head();
        assertThat(post(jury, place + "/apercu", act).body()).contains("Révoqué", "Proposer la décision");
        assertThat(scene.head()).as("the reading alone").isEqualTo(before + 1);
        String proposed = follow(jury, post(jury, place + "/actes", act));
        assertThat(proposed).contains("En attente d’une seconde personne", "Retirer ma proposition");
        assertThat(page(learner, "/moi/certificats/" + id)).doesNotContain("Révoqué");
        Map<String, String> settle = Map.of("proposition", proposal(proposed), "suite", "confirm");
        HttpResponse<String> alone = post(jury, place + "/propositions", settle);
        assertThat(alone.statusCode()).isEqualTo(409);
        assertThat(alone.body()).contains("La confirmation revient à une autre personne.");
        assertThat(page(second, "/jury")).contains("Révoquer le certificat");
        assertThat(page(second, place)).contains("Confirmer la décision", "Une autre personne a composé.");
        assertThat(location(post(second, place + "/propositions", settle))).startsWith(place);
        CertificationScene.await(() -> Visitor.anonymous(port)
                .postForm("/verifier", Map.of("code", code))
                .body()
                .contains("Révoqué"));
        assertThat(page(learner, "/moi/certificats/" + id))
                .contains("Révoqué", "Motif\u00a0: fraude.", "ceux d’un certificat révoqué");
    }

    private static String proposal(String page) {
        Matcher hidden = Pattern.compile("name=\"proposition\" value=\"([0-9a-f-]{36})\"")
                .matcher(page);
        assertThat(hidden.find()).isTrue();
        return hidden.group(1);
    }

    /** Sends a form and waits until every view shows what it recorded: pages are read next. */
    private HttpResponse<String> post(Visitor visitor, String path, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("commandId", UUID.randomUUID().toString());
        HttpResponse<String> answer = visitor.postForm(path, form);
        scene.awaitViews();
        return answer;
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^http://[^/]+", "");
    }

    private static String follow(Visitor visitor, HttpResponse<String> answer) {
        return page(visitor, location(answer));
    }

    private static String page(Visitor visitor, String path) {
        HttpResponse<String> answer = visitor.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.body();
    }
}
