package fr.grandlivre.api.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.document.Paper;
import fr.grandlivre.api.log.StrangersCheck;
import fr.grandlivre.api.seal.Seal;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.certificate.RecordDocument;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.certificate.DocumentQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.StatusPlace;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.keys.KeyVault;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A certificate becomes files, and files find their certificate again. Everything it makes has a holder of its own. */
@GrandLivreTest
class DocumentJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DIVISION = "3Z";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private DemoAccount account;
    private Visitor program;
    private Visitor employer;
    private CertificateId certificate;

    @BeforeEach
    void aCertificate() {
        scene = new CertificationScene(application);
        account = DemoLogins.of(application).stream()
                .filter(one -> one.login().equals("eleve-port-3e"))
                .findFirst()
                .orElseThrow();
        program = Visitor.program(port, account);
        employer = Visitor.anonymous(port);
        certificate = imported(new LearnerId(account.account().value()), "Ada", "Essai");
    }

    private CertificateId imported(LearnerId holder, String firstName, String lastName) {
        LocalDate today = ParisDays.of(application.getBean(ServerClock.class).now());
        CertificateId id = new CertificateId(UUID.randomUUID());
        Outcome outcome = scene.send(new ImportCertificate(
                id,
                holder,
                VerificationCodeText.draw(new SecureRandom(), 8).value(),
                today.minusDays(30),
                today.minusDays(20),
                today.minusDays(20).plusYears(3),
                new Centre(null, "Collège d’Essai"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(4), new CompetenceCode("2.1"), new Level(1))),
                null,
                null,
                null,
                "essai",
                new CertificateHolder(firstName, lastName, LocalDate.of(2007, 1, 2), "Brest", "H4KQ7X")));
        assertThat(outcome).isInstanceOf(Outcome.Recorded.class);
        scene.awaitViews();
        return id;
    }

    /** The first answer may be that it is being made. */
    private byte[] attestation() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        HttpResponse<byte[]> answer = program.download("/api/v1/me/certificates/" + certificate + "/attestation");
        while (answer.statusCode() == 202 && System.nanoTime() < deadline) {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            Thread.onSpinWait();
            answer = program.download("/api/v1/me/certificates/" + certificate + "/attestation");
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        awaitRecorded();
        return answer.body();
    }

    /** The file is kept a moment before the ledger knows it. */
    private void awaitRecorded() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        DocumentQueries documents = application.getBean(DocumentQueries.class);
        while (documents
                        .sha256(certificate, Kind.ATTESTATION, AttestationPaper.TEMPLATE)
                        .isEmpty()
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        scene.awaitViews();
    }

    private int recorded(CertificateId id) {
        return application.getBean(LedgerReader.class).stream(StreamIds.documents(id), 0)
                .size();
    }

    private String dropped(byte[] file) {
        HttpResponse<String> page = employer.upload("/verifier/document", "document", "attestation.pdf", file);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().map()).doesNotContainKey("Set-Cookie");
        return page.body();
    }

    @Test
    void an_attestation_is_made_once_and_is_recognised_until_its_certificate_is_revoked() {
        byte[] file = attestation();
        assertThat(attestation()).isEqualTo(file);

        assertThat(dropped(file))
                .contains("Signature intacte", "délivré par ce registre", "Valide")
                .doesNotContain("Ada", "Brest", "Document modifié");
        byte[] changed = file.clone();
        changed[file.length / 2] ^= 1;
        assertThat(dropped(changed)).contains("inconnu de ce registre").doesNotContain("Signature intacte");

        scene.revoke(certificate, ReasonCode.JURY);
        assertThat(dropped(file)).contains("Signature intacte", "délivré par ce registre", "Révoqué");
        assertThat(recorded(certificate)).isEqualTo(1);
    }

    @Test
    void a_document_of_an_earlier_template_goes_on_being_recognised() {
        Attestations attestations = application.getBean(Attestations.class);
        byte[] earlier = application.getBean(Seal.class).seal(attestations.printed(DIVISION, List.of(certificate)));
        scene.send(new RecordDocument(
                certificate, Kind.ATTESTATION, Attestations.sha256(earlier), AttestationPaper.TEMPLATE - 1));
        scene.awaitViews();
        byte[] file = attestation();
        assertThat(recorded(certificate)).isEqualTo(2);
        assertThat(dropped(earlier)).contains("Signature intacte", "délivré par ce registre", "Valide");
        assertThat(dropped(file)).contains("Signature intacte", "délivré par ce registre", "Valide");
    }

    /** What it leaves behind is what {@code ops/bin/check-documents} looks at. */
    @Test
    void others_accept_the_proof_inside_and_refuse_a_bent_one(@TempDir Path place) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "documents"));
        Path attestation = Files.write(folder.resolve("attestation-logged.pdf"), attestation());
        String vkey = employer.get("/log1/vkey").body().strip();
        Files.writeString(folder.resolve("attestation-logged.vkey"), vkey);
        String proof = new String(
                Paper.attached(Files.readAllBytes(attestation))
                        .get("preuve.tlog-proof")
                        .content(),
                StandardCharsets.UTF_8);
        assertThat(program.get("/api/v1/certificates/" + certificate + "/proof").body())
                .startsWith(proof.substring(0, proof.indexOf("\nindex ")));
        Path held = Files.writeString(place.resolve("preuve.tlog-proof"), proof);
        StrangersCheck.Verdict good = StrangersCheck.run("-vkey", vkey, "-proof", held.toString());
        assertThat(good.accepted()).as(good.said()).isTrue();
        String extra = proof.substring(proof.indexOf("extra ") + "extra ".length(), proof.indexOf("\nindex "));
        String carried = new String(Base64.getDecoder().decode(extra), StandardCharsets.UTF_8);
        assertThat(carried).contains("\\\"1.1\\\":4").doesNotContain("Ada", "Brest");
        String raised = Base64.getEncoder()
                .encodeToString(
                        carried.replace("\\\"1.1\\\":4", "\\\"1.1\\\":5").getBytes(StandardCharsets.UTF_8));
        Path bent = Files.writeString(place.resolve("bent"), proof.replace(extra, raised));
        assertThat(StrangersCheck.run("-vkey", vkey, "-proof", bent.toString()).accepted())
                .isFalse();
    }

    @Test
    void a_file_that_is_no_pdf_is_refused_and_one_byte_too_many_is_too_many() {
        assertThat(employer.upload(
                                "/verifier/document", "document", "a.pdf", "bonjour".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(422);
        assertThat(employer.upload("/verifier/document", "document", "a.pdf", new byte[0])
                        .statusCode())
                .isEqualTo(422);
        assertThat(employer.upload("/verifier/document", "other", "a.pdf", new byte[1])
                        .statusCode())
                .isEqualTo(422);
        assertThat(employer.upload("/verifier/document", "document", "a.pdf", new byte[5 * 1024 * 1024])
                        .statusCode())
                .isEqualTo(422);
        assertThat(employer.upload("/verifier/document", "document", "a.pdf", new byte[5 * 1024 * 1024 + 1])
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void the_holder_s_page_leads_to_the_files_and_nobody_else_s_does() {
        Visitor holder = Visitor.signedIn(port, account);
        String page = "/moi/certificats/" + certificate;
        assertThat(holder.get(page).body()).contains("se prépare").doesNotContain("attestation.pdf");
        assertThat(holder.get(page + "/attestation.pdf").statusCode()).isEqualTo(303);
        byte[] file = attestation();
        assertThat(holder.get(page).body())
                .contains(page + "/attestation.pdf", page + "/certificat.vc.json", page + "/preuve.tlog-proof");
        HttpResponse<byte[]> download = holder.download(page + "/attestation.pdf");
        assertThat(download.body()).isEqualTo(file);
        assertThat(download.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"attestation.pdf\"");
        Visitor other = Visitor.program(port, DemoLogins.of(application, Role.LEARNER));
        assertThat(other.get("/api/v1/me/certificates/" + certificate + "/attestation")
                        .statusCode())
                .isEqualTo(404);
        assertThat(other.get("/api/v1/certificates/" + certificate + "/credential")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_revocation_shows_in_the_list_that_the_credential_names() throws Exception {
        HttpResponse<String> answer = program.get("/api/v1/certificates/" + certificate + "/credential");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vc+json");
        JsonNode credential = JSON.readTree(answer.body());
        assertThat(credential.get("proof").size()).isEqualTo(2);
        JsonNode status = credential.get("credentialStatus").get(0);
        int index = Integer.parseInt(status.get("statusListIndex").asString());
        String list = status.get("statusListCredential").asString().replaceFirst("^https?://[^/]+", "");
        assertThat(isSet(list, index)).isFalse();

        scene.revoke(certificate, ReasonCode.JURY);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!isSet(list, index) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(isSet(list, index)).isTrue();
        assertThat(isSet(list.replace("revocation", "suspension"), index)).isFalse();
        assertThat(employer.get("/status/revocation/2").statusCode()).isEqualTo(404);
        assertThat(employer.get("/status/whim/1").statusCode()).isEqualTo(404);
    }

    private boolean isSet(String list, int index) throws Exception {
        HttpResponse<String> answer = employer.get(list);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("max-age=300, public");
        assertThat(answer.headers().map()).doesNotContainKey("Set-Cookie");
        JsonNode subject = JSON.readTree(answer.body()).get("credentialSubject");
        assertThat(subject.get("ttl").asLong()).isEqualTo(300_000);
        byte[] bits = new GZIPInputStream(new ByteArrayInputStream(Base64.getUrlDecoder()
                        .decode(subject.get("encodedList").asString().substring(1))))
                .readAllBytes();
        assertThat(bits).hasSize(StatusPlace.LIST_SIZE / 8);
        return (bits[index / 8] & 0x80 >>> index % 8) != 0;
    }

    @Test
    void the_issuer_and_its_achievements_are_published() {
        JsonNode issuer = JSON.readTree(employer.get("/.well-known/did.json").body());
        assertThat(issuer.get("id").asString()).isEqualTo("did:web:localhost%3A" + port);
        assertThat(issuer.get("assertionMethod").size()).isEqualTo(1);
        JsonNode credential = JSON.readTree(program.get("/api/v1/certificates/" + certificate + "/credential")
                .body());
        assertThat(credential.get("proof").get(0).get("verificationMethod").asString())
                .isEqualTo(issuer.get("assertionMethod").get(0).asString());
        JsonNode achievement = credential.get("credentialSubject").get("achievement");
        assertThat(JSON.readTree(employer.get(achievement.get("id").asString().replaceFirst("^https?://[^/]+", ""))
                        .body()))
                .isEqualTo(achievement);
    }

    @Test
    void who_deletes_the_key_erases_the_files() throws InterruptedException {
        LearnerId somebody = new LearnerId(UUID.randomUUID());
        CertificateId theirs = imported(somebody, "Jean", "Passe");
        Attestations attestations = application.getBean(Attestations.class);
        attestations.make(theirs);
        assertThat(attestations.find(theirs)).isPresent();
        application.getBean(KeyVault.class).erase(somebody.value(), Set.of(DataClass.CERTIFICATE));
        assertThat(attestations.find(theirs)).isEmpty();
        attestations.make(theirs);
        assertThat(recorded(theirs)).isEqualTo(1);
    }

    @Test
    void a_head_takes_the_attestations_of_a_class_away() throws Exception {
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        LearnerId ada = new LearnerId(UUID.randomUUID());
        LearnerId grace = new LearnerId(UUID.randomUUID());
        scene.pupil(DemoAccount.TILLEULS, ada, DIVISION, "Ada", "Élan");
        scene.pupil(DemoAccount.TILLEULS, grace, DIVISION, "Grace", "Élan");
        imported(ada, "Ada", "Élan");
        imported(grace, "Grace", "Élan");
        String year = SchoolYear.of(
                        ParisDays.of(application.getBean(ServerClock.class).now()))
                .value();
        String query = "?division=" + new Division(DIVISION).value() + "&annee=" + year;
        Visitor head = Visitor.signedIn(port, DemoLogins.of(application, Role.HEAD));
        String path = "/etablissement/livret/attestations";
        assertThat(head.get(path + query).body()).contains("0 sur 2");
        assertThat(head.postForm(path, Map.of("division", DIVISION, "annee", year))
                        .statusCode())
                .isEqualTo(303);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!head.get(path + query).body().contains("2 sur 2") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(head.download(path + ".zip" + query).body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(dropped(zip.readAllBytes())).contains("Signature intacte");
            }
        }
        assertThat(names).containsExactly("Elan-Ada.pdf", "Elan-Grace.pdf");
        byte[] whole = head.download(path + ".pdf" + query).body();
        try (PDDocument pdf = Loader.loadPDF(whole)) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(2);
        }
        Paper.assertArchivableAndAccessible(whole);
        erasedCertificatesAreNotCounted(head, path + query, grace);
        assertThat(head.get(path + "?division=inconnue&annee=" + year).statusCode())
                .isEqualTo(404);
        assertThat(head.get(path + ".zip?division=inconnue&annee=" + year).statusCode())
                .isEqualTo(404);
    }

    private void erasedCertificatesAreNotCounted(Visitor head, String page, LearnerId person) {
        AccountId account = new AccountId(person.value());
        scene.send(new ReapplyErasure(account, List.of(DataClass.CERTIFICATE), List.of(), Basis.ORDER));
        scene.awaitViews();
        assertThat(head.get(page).body()).contains("1 sur 1", "Un certificat effacé n’est pas compté.");
    }
}
