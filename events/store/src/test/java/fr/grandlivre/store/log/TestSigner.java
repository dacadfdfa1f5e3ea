package fr.grandlivre.store.log;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Signs checkpoints of tests. */
public final class TestSigner implements NoteSigner {
    private final KeyPair keys;
    private final NoteVerifier verifier;

    private TestSigner(String name, KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        this.keys = keys;
        this.verifier = new NoteVerifier(name, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    /** @return a signer with a fresh key */
    public static TestSigner named(String name) {
        try {
            return new TestSigner(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return a signer whose key is the same in every process */
    public static TestSigner known(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    Arrays.fill(bytes, (byte) 7);
                }
            });
            return new TestSigner(name, generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
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
