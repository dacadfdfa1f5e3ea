package fr.grandlivre.api.privacy;

import fr.grandlivre.api.wiring.LedgerKeys;
import fr.grandlivre.api.wiring.LedgerKeys.Entry;
import fr.grandlivre.events.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Signs what an erasure did, so that it can be shown to a person or an authority: JWS with Ed25519, by the key
 * {@code receipt}. Thread-safe.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc8037">RFC 8037, EdDSA in JOSE</a>
 */
@Component
class ErasureReceipts {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final LedgerKeys keys;

    ErasureReceipts(LedgerKeys keys) {
        this.keys = keys;
    }

    /**
     * A public key as RFC 8037 writes it.
     *
     * @param kid thumbprint (RFC 7638), as receipts name it
     * @param x   b64u of the 32 bytes
     */
    record Key(String alg, String crv, String kid, String kty, String use, String x) {
        static Key of(PublicKey key) {
            String x = BASE64.encodeToString(LedgerKeys.raw(key));
            String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
            return new Key("EdDSA", "Ed25519", BASE64.encodeToString(sha256(members)), "OKP", "sig", x);
        }
    }

    /** @return the JWS in its compact form */
    String sign(SortedMap<String, Object> payload) {
        String kid = Key.of(keys.receipt().publicKey()).kid();
        String signed = part(new TreeMap<>(Map.of("alg", "EdDSA", "kid", kid))) + "." + part(payload);
        try {
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(keys.receipt().privateKey());
            signing.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signing.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key was checked when its file was read", impossible);
        }
    }

    /** @return the same JWS in its flattened JSON form, which a file may hold */
    static byte[] flattened(String compact) {
        String[] parts = compact.split("\\.");
        return CanonicalJson.bytes(
                new TreeMap<>(Map.of("protected", parts[0], "payload", parts[1], "signature", parts[2])));
    }

    /** @return what the receipt says, as signed */
    static String payload(String compact) {
        return new String(Base64.getUrlDecoder().decode(compact.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    /** @return the key in use, then those that signed before it */
    List<Key> published() {
        return Stream.concat(Stream.of(keys.receipt().publicKey()), keys.retired(Entry.RECEIPT).stream())
                .map(Key::of)
                .toList();
    }

    private static String part(SortedMap<String, Object> members) {
        return BASE64.encodeToString(CanonicalJson.bytes(members));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
