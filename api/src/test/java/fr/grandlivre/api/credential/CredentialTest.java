package fr.grandlivre.api.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import fr.grandlivre.api.certificate.Certificates;
import fr.grandlivre.api.wiring.LedgerKeys.SigningKey;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.certificate.DocumentQueries.Purpose;
import fr.grandlivre.rules.certificate.StatusPlace;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Leaves samples for other people's verifiers behind: {@code ops/bin/check-documents} serves and checks them. */
class CredentialTest {
    private static final Instant NOW = Instant.parse("2022-05-16T06:00:00Z");
    private static final UUID EVENT = UUID.fromString("018f0000-0000-4000-8000-0000000000e1");
    private static final int PLACE = 4_711;

    /** The samples are checked by a server there. */
    private static final PublicAddress ADDRESS = new PublicAddress(URI.create("https://localhost:8443"));

    private static DataIntegrity proofs;
    private static byte[] issuer;
    private static byte[] issued;
    private static byte[] imported;

    @BeforeAll
    static void sign() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        SigningKey key = TestKeys.withCertificate(pair);
        proofs = new DataIntegrity(key, ADDRESS.did());
        issuer = bytes(IssuerDocument.of(ADDRESS.did(), List.of(pair.getPublic())));
        issued = signed(Certificates.issued(), NOW);
        imported = signed(Certificates.imported(), NOW);
        Path folder = Files.createDirectories(Path.of("target", "documents", "credentials"));
        Instant today = Clock.systemUTC().instant();
        Files.write(folder.resolve("did.json"), issuer);
        Files.write(folder.resolve("issued.json"), issued);
        Files.write(folder.resolve("imported.json"), imported);
        for (Purpose purpose : Purpose.values()) {
            BitSet nothing = new BitSet();
            BitSet all = new BitSet();
            all.set(PLACE);
            Files.write(folder.resolve(purpose + ".clear.json"), list(purpose, nothing, today));
            Files.write(folder.resolve(purpose + ".set.json"), list(purpose, all, today));
        }
    }

    private static byte[] list(Purpose purpose, BitSet bits, Instant now) {
        return bytes(proofs.sign(StatusLists.credential(ADDRESS, purpose, 1, bits, now), now));
    }

    private static byte[] signed(CertificateStatement certificate, Instant at) {
        return bytes(proofs.sign(unsigned(certificate), at));
    }

    private static ObjectNode unsigned(CertificateStatement certificate) {
        return new OpenBadge(Frameworks.shipped(), ADDRESS)
                .of(certificate, Objects.requireNonNull(certificate.holder()), new StatusPlace(1, PLACE), EVENT);
    }

    private static byte[] bytes(ObjectNode document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] changed(byte[] credential, String from, String to) {
        String text = new String(credential, StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Boolean> both(boolean holds) {
        return Map.of("eddsa-jcs-2022", holds, "eddsa-rdfc-2022", holds);
    }

    @Test
    void both_proofs_hold() throws Exception {
        assertThat(Verifier.verify(issued, issuer)).isEqualTo(both(true));
        assertThat(Verifier.verify(imported, issuer)).isEqualTo(both(true));
    }

    @Test
    void a_changed_level_breaks_both() throws Exception {
        assertThat(Verifier.verify(changed(imported, "\"value\":\"4\"", "\"value\":\"5\""), issuer))
                .isEqualTo(both(false));
    }

    @Test
    void a_changed_name_breaks_both() throws Exception {
        assertThat(Verifier.verify(changed(imported, "Martin Dupuis", "Martine Dupuis"), issuer))
                .isEqualTo(both(false));
    }

    @Test
    void each_proof_stands_for_itself() throws Exception {
        JsonObject whole = Verifier.json(issued);
        String jcs = whole.getJsonArray("proof").getJsonObject(1).getString("proofValue");
        assertThat(Verifier.verify(
                        changed(issued, jcs, jcs.substring(0, jcs.length() - 1) + (jcs.endsWith("1") ? "2" : "1")),
                        issuer))
                .isEqualTo(Map.of("eddsa-jcs-2022", false, "eddsa-rdfc-2022", true));
    }

    @Test
    void it_says_what_the_certificate_says_and_no_more() {
        JsonObject credential = Verifier.json(imported);
        assertThat(credential.getString("validFrom")).isEqualTo("2020-07-12T22:00:00Z");
        assertThat(credential.getString("validUntil")).isEqualTo("2023-07-13T21:59:59Z");
        assertThat(credential.getJsonObject("issuer").getString("id")).isEqualTo("did:web:localhost%3A8443");
        JsonObject subject = credential.getJsonObject("credentialSubject");
        assertThat(subject.containsKey("id")).isFalse();
        assertThat(subject.getString("licenseNumber")).isEqualTo("P-234567");
        assertThat(subject.getJsonArray("result")).hasSize(4);
        assertThat(subject.getJsonArray("result").getJsonObject(0).getString("value"))
                .isEqualTo("4");
        JsonObject evidence = credential.getJsonArray("evidence").getJsonObject(0);
        assertThat(evidence.getString("genre")).isEqualTo("tlog-proof");
        assertThat(evidence.getString("id")).isEqualTo("https://localhost:8443/api/v1/ledger/proofs/" + EVENT);
        assertThat(new String(imported, StandardCharsets.UTF_8)).doesNotContain("1988", "Paris 8", "H4KQ7X");
        assertThat(new String(issued, StandardCharsets.UTF_8))
                .contains("#pix\",\"value\":\"412\"")
                .doesNotContain("H4KQ7X");
    }

    @Test
    void its_status_stands_in_two_lists_at_one_place() {
        var entries = Verifier.json(issued).getJsonArray("credentialStatus").getValuesAs(JsonObject.class);
        assertThat(entries)
                .extracting(entry -> entry.getString("statusPurpose"))
                .containsExactly("revocation", "suspension");
        assertThat(entries)
                .extracting(entry -> entry.getString("statusListIndex"))
                .containsOnly("4711");
        assertThat(entries.getFirst().getString("statusListCredential"))
                .isEqualTo("https://localhost:8443/status/revocation/1");
    }

    @Test
    void a_list_has_131072_bits_of_which_the_first_is_the_highest() throws Exception {
        BitSet bits = new BitSet();
        bits.set(0);
        bits.set(131_071);
        JsonObject list = Verifier.json(list(Purpose.REVOCATION, bits, NOW));
        String encoded = list.getJsonObject("credentialSubject").getString("encodedList");
        assertThat(encoded).startsWith("u");
        byte[] bytes = new GZIPInputStream(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(encoded.substring(1))))
                .readAllBytes();
        assertThat(bytes).hasSize(16_384);
        assertThat(bytes[0]).isEqualTo((byte) 0x80);
        assertThat(bytes[16_383]).isEqualTo((byte) 0x01);
        assertThat(Verifier.verify(list(Purpose.REVOCATION, bits, NOW), issuer)).isEqualTo(both(true));
    }

    @Test
    void no_context_is_fetched() {
        assertThatThrownBy(() -> new BundledContexts()
                        .loadDocument(URI.create("https://example.org/context"), new DocumentLoaderOptions()))
                .isInstanceOf(JsonLdError.class);
    }

    /** From the examples of the multibase draft. */
    @Test
    void base_58_keeps_leading_zeros() {
        assertThat(Base58.multibase("yes mani !".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("z7paNL19xttacUY");
        assertThat(Base58.multibase("\0yes mani !".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("z17paNL19xttacUY");
    }
}
