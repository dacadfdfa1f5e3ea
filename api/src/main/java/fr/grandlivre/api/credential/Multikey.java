package fr.grandlivre.api.credential;

import fr.grandlivre.api.wiring.LedgerKeys;
import java.security.PublicKey;

/** An Ed25519 public key as verifiers read it. */
final class Multikey {
    /** Multicodec prefix of an Ed25519 public key: 0xed as a variable-length integer. */
    private static final byte[] ED25519 = {(byte) 0xed, 0x01};

    private Multikey() {}

    /** @return {@code z6Mk…}; also the fragment that names the key in the issuer's document */
    static String of(PublicKey key) {
        byte[] raw = LedgerKeys.raw(key);
        byte[] prefixed = new byte[ED25519.length + raw.length];
        System.arraycopy(ED25519, 0, prefixed, 0, ED25519.length);
        System.arraycopy(raw, 0, prefixed, ED25519.length, raw.length);
        return Base58.multibase(prefixed);
    }
}
