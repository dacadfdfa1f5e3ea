package fr.grandlivre.api;

import fr.grandlivre.api.audit.LedgerExports;
import fr.grandlivre.api.audit.Recounts;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.Jobs;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.PartnerCommand.RegisterPartner;
import fr.grandlivre.command.identity.WayIn;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignRules;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.LedgerExport;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/**
 * Objects that the access matrix asks for: «own» belongs to the first account of a role, «same» to somebody else of the
 * Collège des Tilleuls, «other» to the Collège du Port.
 */
final class MatrixSubjects {
    private static final String ACCESS_CODE = "BCDF23";

    private final ApplicationContext application;
    private final CertificationScene scene;
    private final Map<String, String> values = new HashMap<>();

    private MatrixSubjects(ApplicationContext application) {
        this.application = application;
        this.scene = new CertificationScene(application);
    }

    static MatrixSubjects make(ApplicationContext application) {
        MatrixSubjects subjects = new MatrixSubjects(application);
        subjects.sessions();
        subjects.certificates();
        subjects.answers();
        subjects.schools();
        subjects.campaigns();
        subjects.signIns();
        subjects.erasures();
        subjects.scene.awaitViews();
        subjects.scene.awaitSealed();
        subjects.values.put("view own", SessionQueries.VIEW);
        subjects.values.put("stream own", subjects.values.get("session own"));
        subjects.values.put("job own", subjects.recount());
        subjects.values.put("files own", subjects.export());
        subjects.values.put("file own", LedgerExport.MANIFEST);
        subjects.values.put(
                "eventId own",
                application
                        .getBean(LedgerReader.class)
                        .at(1)
                        .orElseThrow()
                        .eventId()
                        .toString());
        return subjects;
    }

    /** @return value of a path variable; empty when there is no such object */
    Optional<String> of(String path, String variable, String situation) {
        if (path.equals("/api/v1/jobs/{id}")) {
            return Optional.of(application
                    .getBean(Jobs.class)
                    .start(Job.Kind.REPLAY, SessionQueries.VIEW)
                    .id()
                    .toString());
        }
        if (path.startsWith("/api/v1/exports/") && variable.equals("id")) {
            return Optional.ofNullable(values.get("files " + situation));
        }
        if (path.startsWith("/api/v1/audit/") && variable.equals("id")) {
            return Optional.ofNullable(values.get((path.contains("recounts") ? "job " : "session ") + situation));
        }
        String kind = variable.equals("id") && path.contains("certifi")
                ? "certificate"
                : variable.equals("code") ? "competence" : variable;
        return Optional.ofNullable(values.get(kind + " " + situation));
    }

    private String recount() {
        return over(application
                .getBean(Recounts.class)
                .start(Recounts.Scope.SESSION, values.get("session own"), "", "as-recorded"));
    }

    private String export() {
        return over(application.getBean(LedgerExports.class).start("jsonl", "1", "10"));
    }

    private String over(Job job) {
        Jobs jobs = application.getBean(Jobs.class);
        CertificationScene.await(() -> jobs.find(job.id()).filter(Job::isOver).isPresent());
        return job.id().toString();
    }

    private static LearnerId learner(String login) {
        return new LearnerId(DemoAccount.accountOf(login).value());
    }

    /** The first learner sits an exam at Tilleuls, another one waits there; one exam at Port is over, its session finalised. */
    private void sessions() {
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        scene.school(DemoAccount.PORT, "Collège du Port");
        LearnerId own = learner("eleve-tilleuls-5e");
        scene.certifiable(own);
        SessionId tilleuls = session(DemoAccount.TILLEULS, 900_001);
        CandidateId sitting = candidate(tilleuls, own, "own");
        candidate(tilleuls, learner("eleve-tilleuls-3e"), "same");
        String mac = application.getBean(CodeMacs.class).ofInvigilators(900_001, "BCDFG");
        scene.send(new ConfirmPresence(tilleuls, sitting, mac));
        scene.send(new GrantAdmission(tilleuls, sitting, mac));
        scene.send(new StartExam(tilleuls, own, ACCESS_CODE, "Ada", "Essai", LocalDate.of(2008, 1, 2)));
        SessionId port = session(DemoAccount.PORT, 900_002);
        LearnerId other = learner("eleve-port-3e");
        scene.certifiable(other);
        CandidateId over = candidate(port, other, "other");
        String macOfPort = application.getBean(CodeMacs.class).ofInvigilators(900_002, "BCDFG");
        scene.send(new ConfirmPresence(port, over, macOfPort));
        scene.send(new GrantAdmission(port, over, macOfPort));
        scene.send(new StartExam(port, other, ACCESS_CODE, "Ada", "Essai", LocalDate.of(2008, 1, 2)));
        scene.send(new EndExam(StreamIds.exam(port, over), EndReason.CANDIDATE));
        scene.send(new FinaliseSession(port, false, Set.of()));
        values.put("session own", tilleuls.toString());
        values.put("session same", tilleuls.toString());
        values.put("session other", port.toString());
    }

    private SessionId session(Uai uai, int number) {
        SessionId session = new SessionId(UUID.randomUUID());
        scene.send(new ScheduleSession(
                session,
                number,
                application.getBean(SessionQueries.class).centreOf(uai).orElseThrow(),
                ParisDays.of(application.getBean(ServerClock.class).now()),
                LocalTime.of(8, 30),
                "1",
                List.of(),
                ACCESS_CODE,
                application.getBean(CodeMacs.class).ofInvigilators(number, "BCDFG")));
        return session;
    }

    private CandidateId candidate(SessionId session, LearnerId learner, String situation) {
        CandidateId candidate = new CandidateId(UUID.randomUUID());
        scene.send(new EnrolCandidate(
                session,
                candidate,
                learner,
                0,
                new CandidateIdentity("Ada", "Essai", LocalDate.of(2008, 1, 2), "Ici")));
        values.put("candidate " + situation, candidate.toString());
        values.put("exam " + situation, StreamIds.exam(session, candidate).toString());
        return candidate;
    }

    /** People of whom nothing was recorded but that written answers of theirs were erased. */
    private void erasures() {
        for (String situation : List.of("own", "same", "other")) {
            AccountId person = new AccountId(UUID.randomUUID());
            scene.send(new ReapplyErasure(person, List.of(DataClass.ANSWERS), List.of(), Basis.ORDER));
            values.put("person " + situation, person.toString());
        }
        scene.awaitViews();
        for (String situation : List.of("own", "same", "other")) {
            AccountId person = AccountId.of(values.get("person " + situation));
            ErasureQueries erasures = application.getBean(ErasureQueries.class);
            CertificationScene.await(
                    () -> erasures.of(person).getFirst().receipt().isPresent());
            values.put(
                    "erasure " + situation,
                    Long.toString(erasures.of(person).getFirst().position()));
        }
    }

    private void schools() {
        pupil("own", DemoAccount.TILLEULS, 1);
        pupil("same", DemoAccount.TILLEULS, 2);
        pupil("other", DemoAccount.PORT, 3);
        rosterOf("own", "principale-tilleuls", DemoAccount.TILLEULS);
        rosterOf("same", "principale-tilleuls", DemoAccount.TILLEULS);
        rosterOf("other", "principal-port", DemoAccount.PORT);
        scene.send(new RegisterPartner("essai", "bWFj", List.of("essai"), List.of()));
        values.put("client own", "essai");
        values.put("uai own", DemoAccount.TILLEULS.value());
        values.put("uai same", DemoAccount.TILLEULS.value());
        values.put("uai other", DemoAccount.PORT.value());
    }

    private void pupil(String situation, Uai uai, int number) {
        LearnerId learner = new LearnerId(UUID.randomUUID());
        scene.pupil(uai, learner, "3eM", "Ada", "Essai " + number);
        values.put("inscrit " + situation, learner.toString());
        values.put("division " + situation, "3eM");
    }

    /** A list of pupils that was compared, and a file with its receipt. */
    private void rosterOf(String situation, String login, Uai uai) {
        Visitor head = Visitor.program(
                Integer.parseInt(application.getEnvironment().getRequiredProperty("server.port")),
                DemoLogins.of(application).stream()
                        .filter(account -> account.login().equals(login))
                        .findFirst()
                        .orElseThrow());
        String school = "/api/v1/schools/" + uai;
        String list = "Nom;Prénom;Date de naissance;Division;Niveau\nEssai;" + situation + ";28/02/2007;3eN;3e\n";
        values.put(
                "import " + situation,
                id("id", head.request("POST", school + "/roster-imports", list, "Content-Type", "text/csv")));
        values.put(
                "export " + situation,
                id(
                        "exportId",
                        head.postJson(
                                school + "/exports",
                                "{\"division\":\"3eM\"}",
                                CommandKey.HEADER,
                                CommandKey.draw().toString())));
    }

    private static String id(String field, HttpResponse<String> answer) {
        Matcher found = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(answer.body());
        if (!found.find()) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return found.group(1);
    }

    /** The first learner is in a class of Tilleuls and takes part in its campaign; the class of Port has one of its own. */
    private void campaigns() {
        campaign("own", DemoAccount.TILLEULS, learner("eleve-tilleuls-5e"), "9A");
        campaign("same", DemoAccount.TILLEULS, learner("eleve-tilleuls-3e"), "9B");
        campaign("other", DemoAccount.PORT, learner("eleve-port-3e"), "9P");
    }

    private void campaign(String situation, Uai uai, LearnerId pupil, String division) {
        String place =
                scene.pupil(uai, pupil, division, "Ada", "Essai").division().value();
        CampaignId campaign = new CampaignId(UUID.randomUUID());
        Instant now = application.getBean(ServerClock.class).now();
        scene.send(new OpenCampaign(
                campaign,
                application.getBean(SchoolReportQueries.class).school(uai).orElseThrow(),
                new Plan(
                        "Essai",
                        CampaignRules.YEARS,
                        List.of(new TargetedCompetence(new CompetenceCode("5.1"), null)),
                        now,
                        now.plusSeconds(86_400)),
                null));
        CampaignCode code = application
                .getBean(CampaignQueries.class)
                .terms(campaign)
                .orElseThrow()
                .code();
        if (!situation.equals("other")) {
            scene.send(new StartParticipation(code, learner("eleve-tilleuls-5e")));
        }
        values.put("parcours " + situation, code.value());
        values.put("campagne " + situation, campaign.toString());
        values.put("campaign " + situation, campaign.toString());
        values.put("classe " + situation, place);
        values.put("eleve " + situation, pupil.toString());
    }

    /** The first learner has a way to sign in that the ledger names. */
    private void signIns() {
        AccountId person = DemoAccount.accountOf("eleve-tilleuls-5e");
        WayIn way = new WayIn(
                "demo",
                new SignInSubject("eleve-tilleuls-5e"),
                application.getBean(CodeMacs.class).ofSignIn("demo", "eleve-tilleuls-5e"),
                Optional.of(person));
        scene.send(new AttachSignIn(person, way));
        values.put("account own", person.toString());
        values.put("connexion own", way.stream().toString());
    }

    private void answers() {
        answer("own", learner("eleve-tilleuls-5e"));
        answer("same", learner("eleve-tilleuls-3e"));
        answer("other", learner("eleve-port-3e"));
    }

    private void answer(String situation, LearnerId learner) {
        scene.certifiable(learner);
        AnswerRecorded answer =
                application.getBean(EvaluationQueries.class).history(List.of(learner), Long.MAX_VALUE).stream()
                        .flatMap(recorded ->
                                recorded.event() instanceof AnswerRecorded one ? Stream.of(one) : Stream.empty())
                        .findFirst()
                        .orElseThrow();
        values.put("answer " + situation, answer.answer().toString());
        values.put("competence " + situation, answer.competence().value());
    }

    private void certificates() {
        certificate("own", learner("eleve-tilleuls-5e"));
        certificate("same", learner("eleve-tilleuls-3e"));
        certificate("other", learner("eleve-port-3e"));
    }

    private void certificate(String situation, LearnerId holder) {
        CertificateId certificate = new CertificateId(UUID.randomUUID());
        scene.send(new ImportCertificate(
                certificate,
                holder,
                VerificationCodeText.draw(new SecureRandom(), 6).value(),
                LocalDate.of(2020, 6, 13),
                LocalDate.of(2020, 7, 13),
                LocalDate.of(2023, 7, 13),
                new Centre(null, "Essai"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(1))),
                null,
                null,
                null,
                "essai",
                new CertificateHolder("Ada", "Essai", LocalDate.of(2008, 1, 2), "Ici", null)));
        values.put("certificate " + situation, certificate.toString());
    }
}
