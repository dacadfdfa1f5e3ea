package fr.grandlivre.api.credential;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import fr.grandlivre.api.wiring.LedgerKeys.SigningKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the two proofs of a Data Integrity proof set under a document: {@code eddsa-rdfc-2022}, which Open Badges verifiers ask
 * for, and {@code eddsa-jcs-2022}, which needs no JSON-LD processor. Each one is over the document without proofs.
 * Thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/vc-di-eddsa/">Data Integrity EdDSA Cryptosuites v1.0</a>
 */
final class DataIntegrity {
    private static final String RDFC = "eddsa-rdfc-2022";
    private static final String JCS = "eddsa-jcs-2022";
    private static final String CONTEXT = "@context";

    private final SigningKey key;
    private final String verificationMethod;

    /** Read when the first document is signed. */
    private static final class Contexts {
        static final BundledContexts BUNDLED = new BundledContexts();
    }

    /** @param issuer identifier that controls the key */
    DataIntegrity(SigningKey key, String issuer) {
        this.key = key;
        this.verificationMethod = issuer + "#" + Multikey.of(key.publicKey());
    }

    /**
     * @param unsigned a document without {@code proof}, of strings, integers and booleans
     * @param at       time of the signature
     * @return the same document with both proofs
     */
    ObjectNode sign(ObjectNode unsigned, Instant at) {
        ObjectNode signed = unsigned.deepCopy();
        signed.putArray("proof").add(rdfc(unsigned, at)).add(jcs(unsigned, at));
        return signed;
    }

    private ObjectNode rdfc(ObjectNode unsigned, Instant at) {
        ObjectNode proof = options(RDFC, at);
        ObjectNode forHash = proof.deepCopy();
        forHash.set(CONTEXT, unsigned.get(CONTEXT));
        return proof.put("proofValue", value(quads(forHash), quads(unsigned)));
    }

    private ObjectNode jcs(ObjectNode unsigned, Instant at) {
        ObjectNode proof = options(JCS, at);
        proof.set(CONTEXT, unsigned.get(CONTEXT));
        return proof.put("proofValue", value(canonical(proof), canonical(unsigned)));
    }

    private ObjectNode options(String suite, Instant at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "DataIntegrityProof")
                .put("cryptosuite", suite)
                .put("created", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("verificationMethod", verificationMethod)
                .put("proofPurpose", "assertionMethod");
    }

    private String value(byte[] options, byte[] document) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.privateKey());
            signature.update(sha256.digest(options));
            signature.update(sha256.digest(document));
            return Base58.multibase(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform signs with Ed25519", impossible);
        }
    }

    /** RFC 8785. */
    private static byte[] canonical(ObjectNode document) {
        try {
            return new JsonCanonicalizer(document.toString()).getEncodedUTF8();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** RDF Dataset Canonicalization, RDFC-1.0. */
    private static byte[] quads(ObjectNode document) {
        try {
            RdfCanon canon = RdfCanon.create("SHA-256");
            JsonLd.toRdf(JsonDocument.of(new StringReader(document.toString())))
                    .loader(Contexts.BUNDLED)
                    .provide(canon);
            StringWriter quads = new StringWriter();
            canon.provide(new NQuadsWriter(quads));
            return quads.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonLdError | RdfConsumerException impossible) {
            throw new IllegalStateException("the document uses terms of its contexts only", impossible);
        }
    }
}
