package fr.grandlivre.api.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jcs.Jcs;
import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Verifies proofs as a stranger does: from the credential and the issuer's document alone, with another JSON model and
 * another canonicaliser than the signer's, requiring every proof.
 */
final class Verifier {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Verifier() {}

    /** @return whether each proof holds, by cryptosuite */
    static Map<String, Boolean> verify(byte[] credential, byte[] issuerDocument) throws Exception {
        JsonObject whole = json(credential);
        JsonObject unsigned = Json.createObjectBuilder(whole).remove("proof").build();
        Map<String, Boolean> results = new TreeMap<>();
        for (JsonObject proof : whole.getJsonArray("proof").getValuesAs(JsonObject.class)) {
            String suite = proof.getString("cryptosuite");
            JsonObject options =
                    Json.createObjectBuilder(proof).remove("proofValue").build();
            byte[] hash = switch (suite) {
                case "eddsa-jcs-2022" -> {
                    assertThat(options.get("@context")).isEqualTo(unsigned.get("@context"));
                    yield joined(canonical(options), canonical(unsigned));
                }
                case "eddsa-rdfc-2022" ->
                    joined(
                            quads(Json.createObjectBuilder(options)
                                    .add("@context", unsigned.get("@context"))
                                    .build()),
                            quads(unsigned));
                default -> throw new AssertionError(suite);
            };
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key(proof.getString("verificationMethod"), json(issuerDocument)));
            signature.update(hash);
            results.put(suite, stands(signature, decoded(proof.getString("proofValue"), 64)));
        }
        return results;
    }

    /** Bytes that can be nobody's signature are refused before they are compared. */
    private static boolean stands(Signature signature, byte[] value) {
        try {
            return signature.verify(value);
        } catch (SignatureException _) {
            return false;
        }
    }

    static JsonObject json(byte[] text) {
        return Json.createReader(new StringReader(new String(text, StandardCharsets.UTF_8)))
                .readObject();
    }

    private static PublicKey key(String id, JsonObject issuer) throws Exception {
        assertThat(issuer.getJsonArray("assertionMethod").toString()).contains(id);
        String multikey = issuer.getJsonArray("verificationMethod").getValuesAs(JsonObject.class).stream()
                .filter(method -> method.getString("id").equals(id))
                .findFirst()
                .orElseThrow()
                .getString("publicKeyMultibase");
        byte[] prefixed = decoded(multikey, 34);
        assertThat(Arrays.copyOf(prefixed, 2)).isEqualTo(new byte[] {(byte) 0xed, 1});
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, 44);
        System.arraycopy(prefixed, 2, encoded, 12, 32);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static byte[] joined(byte[] options, byte[] document) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] both = Arrays.copyOf(sha256.digest(options), 64);
        System.arraycopy(sha256.digest(document), 0, both, 32, 32);
        return both;
    }

    private static byte[] canonical(JsonObject document) {
        return Jcs.canonize(document).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] quads(JsonObject document) throws Exception {
        RdfCanon canon = RdfCanon.create("SHA-256");
        JsonLd.toRdf(JsonDocument.of(document)).loader(new BundledContexts()).provide(canon);
        StringWriter quads = new StringWriter();
        canon.provide(new NQuadsWriter(quads));
        return quads.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String multibase, int length) {
        assertThat(multibase).startsWith("z");
        BigInteger value = BigInteger.ZERO;
        for (char digit : multibase.substring(1).toCharArray()) {
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(BASE58.indexOf(digit)));
        }
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[length];
        int used = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - used, padded, length - used, used);
        return padded;
    }
}
