package fr.grandlivre.bench;

import fr.grandlivre.store.log.NoteSigner;
import fr.grandlivre.store.log.NoteVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** Signs checkpoints of one round, with a key that lives as long. Thread-safe. */
final class BenchSigner implements NoteSigner {
    private static final int KEY_BYTES = 32;

    private final KeyPair keys;
    private final NoteVerifier verifier;

    BenchSigner() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = keys.getPublic().getEncoded();
        verifier =
                new NoteVerifier("bench/log1", Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(keys.getPrivate());
            signing.update(text);
            return signing.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }
}
