package fr.grandlivre.store.log;

/** Signs checkpoints with an Ed25519 key that it keeps to itself. Implementations are safe for use by many threads. */
public interface NoteSigner {
    /**
     * @param text bytes to sign
     * @return Ed25519 signature, 64 bytes
     */
    byte[] sign(byte[] text);

    /** @return who checks these signatures */
    NoteVerifier verifier();
}
