package fr.grandlivre.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.log.StrangersCheck;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.wiring.LedgerKeys;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.identity.WayIn;
import fr.grandlivre.command.privacy.AccessCommand.RecordAccess;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.audit.HistoryQueries;
import fr.grandlivre.query.privacy.Erasure;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.keys.ErasureList;
import fr.grandlivre.store.keys.KeyVault;
import fr.grandlivre.store.log.Fsck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erases people of its own. It leaves behind: a former pupil who can no longer sign in, and people of whom nothing is known.
 */
@GrandLivreTest
@ExtendWith(OutputCaptureExtension.class)
class ErasureTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALL = "{\"classes\":[\"all\"],\"basis\":\"person-request\"}";
    private static final String CLASS = "3eEffacement";
    private static final LocalDate BIRTH = LocalDate.of(2007, 10, 5);

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private JdbcTemplate jdbc;

    @BeforeEach
    void aSchool() {
        scene = new CertificationScene(application);
        jdbc = application.getBean(JdbcTemplate.class);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
    }

    private Visitor program(String login) {
        return Visitor.program(port, scene.account(login));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private HttpResponse<String> erase(String login, UUID person, String wish) {
        return program(login)
                .postJson("/api/v1/privacy/people/" + person + "/erasures", wish, "Idempotency-Key", key());
    }

    private void sent(Command command) {
        assertThat(scene.send(command)).as(command.toString()).isInstanceOf(Outcome.Recorded.class);
    }

    private Erasure receipted(UUID person) {
        ErasureQueries queries = application.getBean(ErasureQueries.class);
        scene.awaitViews();
        CertificationScene.await(() -> {
            List<Erasure> erasures = queries.of(new AccountId(person));
            return !erasures.isEmpty()
                    && erasures.stream().allMatch(erasure -> erasure.receipt().isPresent());
        });
        return queries.of(new AccountId(person)).getFirst();
    }

    private List<UUID> keysOf(UUID person) {
        Instant now = application.getBean(ServerClock.class).now();
        return List.copyOf(
                application.getBean(KeyVault.class).keysOf(person, now).keySet());
    }

    private UUID pupil(String firstName, String lastName) {
        UUID person = UUID.randomUUID();
        scene.pupil(DemoAccount.TILLEULS, new LearnerId(person), CLASS, firstName, lastName);
        return person;
    }

    @Test
    void a_person_asks_an_operator_erases_and_a_signed_receipt_says_what_went(@TempDir Path place) throws Exception {
        DemoAccount former = scene.account("ancienne-eleve");
        UUID person = former.account().value();
        scene.pupil(DemoAccount.TILLEULS, new LearnerId(person), CLASS, "Zélie", "Partie-Effacée");
        String code = certificate(person, "Zélie", "Partie-Effacée", "Brest", null);
        scene.awaitViews();
        Visitor pages = Visitor.signedIn(port, former);
        Visitor own = Visitor.program(port, former);
        assertThat(verified(code).statusCode()).isEqualTo(200);
        scene.awaitSealed();
        Proofs proofs = application.getBean(Proofs.class);
        long issued = issued(code);
        Path held = Files.writeString(place.resolve("held.tlog-proof"), proofs.fileForHolder(issued));
        Path plain = Files.writeString(
                place.resolve("plain.tlog-proof"),
                Visitor.anonymous(port)
                        .get("/api/v1/ledger/proofs?position=" + issued, "Accept", "text/plain")
                        .body());

        HttpResponse<String> asked =
                own.postJson("/api/v1/me/erasures/request", "{\"classes\":[\"all\"]}", "Idempotency-Key", key());
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        HttpResponse<String> done = erase("exploitant", person, ALL);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(202);
        Erasure erasure = receipted(person);

        JsonNode told = JSON.readTree(program("exploitant")
                .get("/api/v1/privacy/people/" + person + "/erasures/" + erasure.position())
                .body());
        assertThat(told.get("state").asString()).isEqualTo("succeeded");
        assertThat(told.get("residual").asInt()).isZero();
        assertThat(told.get("receipt").get("searched").asString()).isEqualTo("columns-and-values");
        assertThat(told.get("receipt").get("kids").size()).isEqualTo(2);
        assertThat(isSigned(told.get("jws").asString())).isTrue();
        StringBuilder flipped = new StringBuilder(told.get("jws").asString());
        int inPayload = flipped.indexOf(".") + 9;
        flipped.setCharAt(inPayload, flipped.charAt(inPayload) == 'A' ? 'B' : 'A');
        assertThat(isSigned(flipped.toString())).isFalse();

        assertThat(verified(code).statusCode()).as("as an unknown code").isEqualTo(404);
        assertThat(own.get("/api/v1/me/profile").statusCode()).isEqualTo(401);
        HttpResponse<String> sentAway = pages.get("/moi");
        assertThat(sentAway.headers().firstValue("Location"))
                .hasValueSatisfying(target -> assertThat(target).endsWith("/connexion?echec"));
        assertThatThrownBy(() -> Visitor.signedIn(port, former)).isInstanceOf(AssertionError.class);

        assertThat(program("principale-tilleuls")
                        .get("/api/v1/schools/" + DemoAccount.TILLEULS + "/mentions?division=" + CLASS)
                        .body())
                .doesNotContain("Partie-Effacée");
        scene.awaitSealed();
        assertThat(application.getBean(Fsck.class).run(1, _ -> {}).findings()).isEmpty();
        for (Projection projection :
                application.getBeansOfType(Projection.class).values()) {
            assertThat(application
                            .getBean(Rebuild.class)
                            .compare(projection, _ -> {})
                            .equal())
                    .as(projection.name())
                    .isTrue();
        }
        assertThat(carried(proofs.fileForHolder(issued)))
                .as("the event stands as it was hashed")
                .isEqualTo(carried(Files.readString(held)));
        for (Path proof : List.of(held, plain)) {
            StrangersCheck.Verdict verdict =
                    StrangersCheck.run("-samples", "2", "-proof", proof.toString(), "http://127.0.0.1:" + port);
            assertThat(verdict.accepted()).as(verdict.said()).isTrue();
            assertThat(verdict.said()).contains("ok: " + proof);
        }
    }

    /** @return position of the event that issued the certificate with this code */
    private long issued(String code) {
        var parsed = (VerificationCodeText.Parsed) VerificationCodeText.parse(code);
        String certificate = application
                .getBean(HistoryQueries.class)
                .byCode(parsed.code())
                .orElseThrow()
                .id();
        return application.getBean(LedgerReader.class).stream(UUID.fromString(certificate), 0)
                .getFirst()
                .position();
    }

    private static String carried(String proof) {
        return proof.lines()
                .filter(line -> line.startsWith("extra "))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> verified(String code) {
        return Visitor.anonymous(port).postJson("/api/v1/verifications", "{\"code\":\"" + code + "\"}");
    }

    private boolean isSigned(String jws) throws Exception {
        String[] parts = jws.split("\\.");
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(application.getBean(LedgerKeys.class).receipt().publicKey());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        JsonNode published = JSON.readTree(
                Visitor.anonymous(port).get("/api/v1/privacy/receipt-keys").body());
        assertThat(published.get("keys").get(0).get("kid")).isEqualTo(header.get("kid"));
        return check.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    @Test
    void without_the_persons_wish_two_operators_erase_one_class_and_the_others_stay() {
        UUID person = pupil("Ugo", "Erreur-Saisie");
        certificate(person, "Ugo", "Erreur-Saisie", "Brest", null);
        String wish = "{\"classes\":[\"identity\"],\"basis\":\"recorded-in-error\"}";
        assertThat(erase("exploitant", person, wish).statusCode()).isEqualTo(202);
        assertThat(erase("exploitant", person, wish).statusCode()).isEqualTo(202);
        scene.awaitViews();
        assertThat(application.getBean(ErasureQueries.class).of(new AccountId(person)))
                .as("one operator alone")
                .isEmpty();
        assertThat(erase("exploitante", person, wish).statusCode()).isEqualTo(202);
        assertThat(receipted(person).receipt())
                .hasValueSatisfying(receipt -> assertThat(receipt.residual()).isZero());
        assertThat(jdbc.queryForList(
                        "SELECT last_name FROM verification.certificate WHERE learner = ?", String.class, person))
                .containsExactly("Erreur-Saisie");
        assertThat(namesOnRosters(person)).containsExactly((String) null);

        var again = new AccountIdentity("Ugo", "Erreur-Saisie", null, null);
        assertThat(scene.send(new OpenAccount(new AccountId(person), again)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.ERASED_ACCOUNT));
    }

    @Test
    void what_is_held_is_refused_with_basis_and_last_day_until_somebody_else_lifts_it() {
        UUID person = pupil("Léo", "Litige");
        String holds = "/api/v1/privacy/people/" + person + "/holds";
        LocalDate until =
                ParisDays.of(application.getBean(ServerClock.class).now()).plusDays(30);
        HttpResponse<String> placed = program("exploitant")
                .postJson(
                        holds,
                        "{\"class\":\"identity\",\"basis\":\"litigation\",\"until\":\"" + until + "\"}",
                        "Idempotency-Key",
                        key());
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        long facts = scene.facts();
        HttpResponse<String> refused = erase("exploitante", person, ALL);
        assertThat(refused.statusCode()).isEqualTo(409);
        JsonNode problem = JSON.readTree(refused.body());
        assertThat(problem.get("type").asString()).endsWith("/problemes/legal-hold");
        assertThat(problem.get("basis").asString()).isEqualTo("litigation");
        assertThat(problem.get("until").asString()).isEqualTo(until.toString());
        assertThat(program("exploitant")
                        .postJson(holds + "/identity/lifting", "{}", "Idempotency-Key", key())
                        .statusCode())
                .isEqualTo(409);
        for (String bad :
                List.of("{}", "{\"classes\":[\"names\"],\"basis\":\"order\"}", "{\"classes\":[\"identity\"]}")) {
            assertThat(erase("exploitante", person, bad).statusCode()).as(bad).isEqualTo(422);
        }
        assertThat(scene.facts()).isEqualTo(facts);
        assertThat(program("exploitante")
                        .postJson(holds + "/identity/lifting", "{}", "Idempotency-Key", key())
                        .statusCode())
                .isEqualTo(200);
        assertThat(erase("exploitante", person, ALL).statusCode()).isEqualTo(202);
    }

    /** Each state that a crash may leave is taken up again by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"event", "list", "keys"})
    void an_erasure_that_stopped_after_a_step_is_carried_through(String step) {
        UUID person = pupil("Eva", "Reprise-" + step);
        List<DataClass> classes = List.of(DataClass.IDENTITY);
        KeyVault vault = application.getBean(KeyVault.class);
        Instant now = application.getBean(ServerClock.class).now();
        List<UUID> kids = keysOf(person);
        if (step.equals("list")) {
            application.getBean(ErasureList.class).add(new ErasureList.Line(person, classes, kids, "order", now));
        }
        if (step.equals("keys")) {
            vault.erase(kids);
        }
        sent(new ReapplyErasure(new AccountId(person), classes, kids, Basis.ORDER));
        Erasure erasure = receipted(person);
        assertThat(erasure.receipt().orElseThrow().residual()).isZero();
        assertThat(ErasureReceipts.payload(erasure.receipt().orElseThrow().signed()))
                .contains(step.equals("keys") ? "\"columns\"" : "\"columns-and-values\"");
        assertThat(vault.existing(kids)).isEmpty();
        assertThat(application.getBean(ErasureList.class).lines())
                .anyMatch(line -> line.person().equals(person) && line.kids().equals(kids));
        assertThat(namesOnRosters(person)).containsExactly((String) null);
    }

    /** The key table of an old backup, and a ledger that ends before an erasure. */
    @Test
    void what_a_restored_backup_brings_back_is_erased_again_before_it_opens(CapturedOutput output) {
        KeyVault vault = application.getBean(KeyVault.class);
        UUID forgotten = pupil("Inès", "Sauvegarde-Clé");
        List<UUID> kids = keysOf(forgotten);
        Map<String, Object> key = jdbc.queryForMap("SELECT * FROM keys.data_key WHERE kid = ?", kids.getFirst());
        sent(new ReapplyErasure(new AccountId(forgotten), List.of(DataClass.IDENTITY), kids, Basis.ORDER));
        receipted(forgotten);
        jdbc.update(
                "INSERT INTO keys.data_key (kid, person, class, wrapped, kek_id, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                key.get("kid"),
                key.get("person"),
                key.get("class"),
                key.get("wrapped"),
                key.get("kek_id"),
                key.get("created_at"));
        UUID later = pupil("Noé", "Sauvegarde-Registre");
        application
                .getBean(ErasureList.class)
                .add(new ErasureList.Line(
                        later,
                        List.of(DataClass.IDENTITY),
                        keysOf(later),
                        "person-request",
                        application.getBean(ServerClock.class).now()));

        RestoredErasures restored = application.getBean(RestoredErasures.class);
        restored.start();
        // Unless the machine was quicker, nobody is let in yet.
        for (String path : List.of("/", "/api/v1/framework")) {
            HttpResponse<String> answer = Visitor.anonymous(port).get(path);
            assertThat(answer.statusCode()).as(path).isIn(503, 200);
            assertThat(answer.headers().firstValue("Retry-After").isPresent())
                    .as(path)
                    .isEqualTo(answer.statusCode() == 503);
        }
        assertThat(output.getAll()).contains("1 keys deleted, 1 erasures applied again");
        CertificationScene.await(restored::isOpen);
        assertThat(vault.existing(kids)).isEmpty();
        assertThat(keysOf(later)).isEmpty();
        assertThat(receipted(later).receipt().orElseThrow().residual()).isZero();
        assertThat(namesOnRosters(later)).containsExactly((String) null);
        long facts = scene.facts();
        restored.start();
        assertThat(restored.isOpen()).as("nothing is left to do").isTrue();
        assertThat(scene.facts()).isEqualTo(facts);
    }

    @Test
    void none_of_forty_planted_values_is_left_in_database_logs_or_answers(CapturedOutput output) {
        UUID person = UUID.randomUUID();
        Planted planted = plant(person);
        scene.awaitViews();
        assertThat(planted.tokens()).hasSizeGreaterThanOrEqualTo(40);
        Set<String> shown = answers(planted);
        assertThat(left(planted, dump())).as("views hold names before").hasSizeGreaterThan(8);
        assertThat(left(planted, shown)).as("pages show names before").hasSizeGreaterThan(5);

        String wish = "{\"classes\":[\"all\"],\"basis\":\"order\"}";
        assertThat(erase("exploitant", person, wish).statusCode()).isEqualTo(202);
        assertThat(erase("exploitante", person, wish).statusCode()).isEqualTo(202);
        Erasure erasure = receipted(person);
        assertThat(erasure.receipt().orElseThrow().residual()).isZero();
        assertThat(erasure.kids()).hasSize(4);

        assertThat(left(planted, dump())).as("database").isEmpty();
        assertThat(left(planted, answers(planted))).as("answers").isEmpty();
        assertThat(left(planted, Set.of(output.getAll()))).as("logs").isEmpty();
    }

    private static Set<String> left(Planted planted, Set<String> texts) {
        return planted.tokens().stream()
                .filter(token -> {
                    String hex = HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8));
                    return texts.stream().anyMatch(text -> text.contains(token) || text.contains(hex));
                })
                .collect(Collectors.toSet());
    }

    /** Every table of the database, as {@code COPY} writes it. */
    private Set<String> dump() {
        return application.getBean(TransactionTemplate.class).execute(_ -> {
            fr.grandlivre.query.Tenants.every(jdbc);
            Set<String> tables = new LinkedHashSet<>();
            for (String table : jdbc.queryForList("""
                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
                  AND has_table_privilege(c.oid, 'SELECT')\
                """, String.class)) {
                tables.add(copy(table));
            }
            assertThat(tables).hasSizeGreaterThan(20);
            return tables;
        });
    }

    private String copy(String table) {
        return jdbc.execute((ConnectionCallback<String>) connection -> {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT", rows);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return rows.toString(StandardCharsets.UTF_8);
        });
    }

    /** Every page and resource without a variable in its address, and those of the person's own things, for all of staff. */
    private Set<String> answers(Planted planted) {
        Set<String> bodies = new LinkedHashSet<>();
        Set<String> paths = new LinkedHashSet<>();
        for (RequestMappingInfoHandlerMapping mapping : application
                .getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                    info.getPatternValues().stream()
                            .filter(path -> !path.contains("{") && !path.contains("*") && !path.endsWith("/flux"))
                            .forEach(paths::add);
                }
            }
        }
        for (String login : List.of(
                "principale-tilleuls", "professeur-tilleuls", "jury-1", "auditrice", "exploitant", "livret-scolaire")) {
            DemoAccount account = scene.account(login);
            Visitor program = Visitor.program(port, account);
            Visitor person = account.isProgram() ? Visitor.anonymous(port) : Visitor.signedIn(port, account);
            for (String path :
                    Stream.concat(paths.stream(), planted.paths().stream()).toList()) {
                bodies.add(
                        (path.startsWith("/api/") ? program : person).get(path).body());
            }
        }
        bodies.add(verified(planted.code()).body());
        bodies.add(Visitor.anonymous(port)
                .postJson(
                        "/api/v1/verifications",
                        "{\"code\":\"" + planted.code() + "\",\"key\":\"" + planted.key() + "\"}")
                .body());
        return bodies;
    }

    private record Planted(Set<String> tokens, List<String> paths, String code, String key) {}

    /** Draws tokens that stand nowhere else. */
    private static final class Tokens {
        private final Set<String> drawn = new LinkedHashSet<>();
        private final SecureRandom random = new SecureRandom();

        String next() {
            String token = "Zq"
                    + random.ints(10, 'a', 'z' + 1)
                            .mapToObj(letter -> String.valueOf((char) letter))
                            .collect(Collectors.joining());
            drawn.add(token);
            return token;
        }

        String ine() {
            String ine = "%09dZQ".formatted(random.nextInt(1_000_000_000));
            drawn.add(ine);
            return ine;
        }
    }

    private Planted plant(UUID person) {
        Tokens tokens = new Tokens();
        LearnerId learner = new LearnerId(person);
        AccountId account = new AccountId(person);
        Instant now = application.getBean(ServerClock.class).now();
        LocalDate today = ParisDays.of(now);
        sent(new OpenAccount(
                account, new AccountIdentity(tokens.next(), tokens.next(), BIRTH, tokens.next() + "@example.org")));
        String subject = tokens.next();
        sent(new AttachSignIn(
                account,
                new WayIn(
                        "demo",
                        new SignInSubject(subject),
                        application.getBean(CodeMacs.class).ofSignIn("demo", subject),
                        Optional.empty())));
        sent(new EnrolPupil(
                application
                        .getBean(SchoolReportQueries.class)
                        .school(DemoAccount.TILLEULS)
                        .orElseThrow(),
                SchoolYear.of(today),
                learner,
                new Division(CLASS),
                "3e",
                new PupilIdentity(tokens.next(), tokens.next(), tokens.next(), tokens.next(), BIRTH, tokens.ine()),
                null));
        for (int i = 0; i < 16; i++) {
            sent(new RecordAccess(
                    List.of(learner),
                    null,
                    Surface.PUPIL,
                    FieldsClass.RESULTS,
                    Role.TEACHER,
                    UUID.randomUUID(),
                    tokens.next(),
                    today));
        }
        Framework framework = application.getBean(Frameworks.class).inForce(now);
        scene.certifiable(learner);
        framework
                .competences()
                .forEach(competence -> scene.answer(learner, competence.code(), challenge -> typed(challenge, tokens)));
        ExamId exam = exam(person, tokens);
        String key = VerificationCodeText.draw(new SecureRandom(), 6).value().substring(2);
        tokens.drawn.add(key);
        String code = certificate(person, tokens.next(), tokens.next(), tokens.next(), key);
        List<String> paths = new ArrayList<>(List.of(
                "/etablissement/livret?division=" + CLASS,
                "/api/v1/schools/" + DemoAccount.TILLEULS + "/mentions?division=" + CLASS,
                "/classes/" + CLASS,
                "/classes/" + CLASS + "/eleves/" + person,
                "/jury/certifications/" + exam,
                "/api/v1/jury/certifications/" + exam,
                "/sessions/" + sessionOf(exam),
                "/api/v1/sessions/" + sessionOf(exam),
                "/jury/sessions/" + sessionOf(exam),
                "/jury/certificats/" + certificateOf(person),
                "/audit?actor=" + person,
                "/api/v1/audit/events?stream=" + exam));
        return new Planted(Set.copyOf(tokens.drawn), paths, code, key);
    }

    private UUID sessionOf(ExamId exam) {
        scene.awaitViews();
        return application
                .getBean(Tenants.class)
                .acrossSessions(() -> jdbc.queryForObject(
                        "SELECT session FROM session.candidate WHERE exam = ?", UUID.class, exam.value()));
    }

    private List<String> namesOnRosters(UUID person) {
        return application
                .getBean(Tenants.class)
                .within(
                        new LearnerId(person),
                        () -> jdbc.queryForList(
                                "SELECT last_name FROM schoolreport.pupil WHERE learner = ?", String.class, person));
    }

    private UUID certificateOf(UUID person) {
        scene.awaitViews();
        return jdbc.queryForObject(
                "SELECT certificate_id FROM verification.certificate WHERE learner = ?", UUID.class, person);
    }

    private static Response typed(Challenge challenge, Tokens tokens) {
        return CertificationScene.right(challenge) instanceof Response.Typed(var fields)
                ? new Response.Typed(fields.stream().map(_ -> tokens.next()).toList())
                : CertificationScene.right(challenge);
    }

    private ExamId exam(UUID person, Tokens tokens) {
        SessionId session = new SessionId(UUID.randomUUID());
        CandidateId candidate = new CandidateId(UUID.randomUUID());
        ExamId exam = StreamIds.exam(session, candidate);
        int number = 970_001;
        String mac =
                application.getBean(fr.grandlivre.api.security.CodeMacs.class).ofInvigilators(number, "BCDFG");
        String first = tokens.next();
        String last = tokens.next();
        Instant now = application.getBean(ServerClock.class).now();
        sent(new ScheduleSession(
                session,
                number,
                application
                        .getBean(SessionQueries.class)
                        .centreOf(DemoAccount.TILLEULS)
                        .orElseThrow(),
                ParisDays.of(now),
                LocalTime.of(8, 30),
                "1",
                List.of(),
                "BCDF23",
                mac));
        sent(new EnrolCandidate(
                session,
                candidate,
                new LearnerId(person),
                0,
                new CandidateIdentity(first, last, BIRTH, tokens.next())));
        sent(new ConfirmPresence(session, candidate, mac));
        sent(new GrantAdmission(session, candidate, mac));
        sent(new StartExam(session, new LearnerId(person), "BCDF23", first, last, BIRTH));
        ExamSitting sitting = application.getBean(ExamQueries.class).byId(exam).orElseThrow();
        Framework framework = application.getBean(Frameworks.class).of(sitting.framework());
        for (var question : sitting.questions()) {
            Challenge challenge = framework.challenge(question.challenge()).orElseThrow();
            sent(new RecordExamAnswer(exam, question.number(), typed(challenge, tokens), null, now));
        }
        sent(new EndExam(exam, EndReason.COMPLETED));
        sent(new ReportIssue(
                session,
                UUID.randomUUID(),
                candidate,
                "name-or-birth-date",
                null,
                tokens.next(),
                new AccountId(UUID.randomUUID())));
        sent(new FinaliseSession(session, false, Set.of()));
        CertificationScene.await(() -> application
                .getBean(fr.grandlivre.query.session.JuryQueries.class)
                .byExam(exam)
                .filter(found -> found.scored().isPresent())
                .isPresent());
        sent(new PerformJuryAct(
                exam, new JuryAct(JuryActKind.NEUTRALISE_QUESTION, ReasonCode.JURY, tokens.next(), 1, null, null)));
        sent(new CommentExam(exam, true, tokens.next()));
        return exam;
    }

    private String certificate(UUID person, String first, String last, String place, String key) {
        String code = VerificationCodeText.draw(new SecureRandom(), 6).value();
        sent(new ImportCertificate(
                new CertificateId(UUID.randomUUID()),
                new LearnerId(person),
                code,
                LocalDate.of(2021, 6, 13),
                LocalDate.of(2021, 7, 13),
                LocalDate.of(2024, 7, 13),
                new Centre(null, "Essai"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(1))),
                null,
                null,
                null,
                "essai",
                new CertificateHolder(first, last, BIRTH, place, key)));
        return code;
    }
}
