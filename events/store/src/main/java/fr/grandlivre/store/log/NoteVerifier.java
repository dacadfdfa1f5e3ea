package fr.grandlivre.store.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A name and the Ed25519 key that signs under it. Immutable, thread-safe.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
public final class NoteVerifier {
    /** Length of a key id. */
    static final int ID_BYTES = 4;

    private static final int KEY_BYTES = 32;
    private static final byte[] ED25519 = {1};
    private static final byte[] LINE_FEED = {'\n'};

    /** What stands before the 32 bytes of a key in its X.509 form (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;
    private final byte[] id;
    private final PublicKey key;

    /**
     * @param name of the log; neither spaces nor {@code +}
     * @param raw  Ed25519 public key, 32 bytes
     */
    public NoteVerifier(String name, byte[] raw) {
        if (name.isEmpty() || name.chars().anyMatch(sign -> sign == '+' || Character.isWhitespace(sign))) {
            throw new IllegalArgumentException("a log is not named like this: " + name);
        }
        if (raw.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
        }
        this.name = name;
        this.raw = raw.clone();
        byte[] hash = new Sha256().of(name.getBytes(StandardCharsets.UTF_8), LINE_FEED, ED25519, raw);
        this.id = Arrays.copyOf(hash, ID_BYTES);
        try {
            this.key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Bytes.join(X509_PREFIX, raw)));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("no Ed25519 key", wrong);
        }
    }

    /** @return name of the log, which is also its origin */
    public String name() {
        return name;
    }

    /** @return the key as one line that other software reads: name, key id, type and key */
    public String vkey() {
        return name + "+" + HexFormat.of().formatHex(id) + "+"
                + Base64.getEncoder().encodeToString(Bytes.join(ED25519, raw));
    }

    byte[] id() {
        return id.clone();
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException _) {
            // A signature of another length or outside the curve: not this key's.
            return false;
        }
    }
}
