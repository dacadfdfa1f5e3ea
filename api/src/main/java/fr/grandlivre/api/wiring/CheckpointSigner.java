package fr.grandlivre.api.wiring;

import fr.grandlivre.api.wiring.LedgerKeys.SigningKey;
import fr.grandlivre.store.log.NoteSigner;
import fr.grandlivre.store.log.NoteVerifier;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.stream.Stream;

/** Signs checkpoints with the key {@code log} of the key file. Immutable, thread-safe. */
final class CheckpointSigner implements NoteSigner {
    private final SigningKey key;
    private final NoteVerifier verifier;

    /** @param origin name of the log */
    CheckpointSigner(SigningKey key, String origin) {
        this.key = key;
        this.verifier = new NoteVerifier(origin, LedgerKeys.raw(key.publicKey()));
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(key.privateKey());
            signing.update(text);
            return signing.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key was checked when its file was read", impossible);
        }
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    /** @return this key and those before it */
    List<NoteVerifier> known(List<PublicKey> retired) {
        return Stream.concat(
                        Stream.of(verifier),
                        retired.stream().map(before -> new NoteVerifier(verifier.name(), LedgerKeys.raw(before))))
                .toList();
    }
}
