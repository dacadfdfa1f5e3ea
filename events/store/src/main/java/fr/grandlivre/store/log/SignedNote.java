package fr.grandlivre.store.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;

/**
 * A text with signatures below it: {@code — name base64(key id ‖ signature)}, one a line.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
final class SignedNote {
    private static final String SIGNATURE = "\u2014 ";
    private static final String GAP = "\n\n";

    private SignedNote() {}

    static String sign(String text, NoteSigner signer) {
        NoteVerifier verifier = signer.verifier();
        byte[] signature = Bytes.join(verifier.id(), signer.sign(text.getBytes(StandardCharsets.UTF_8)));
        return text + "\n" + SIGNATURE + verifier.name() + " "
                + Base64.getEncoder().encodeToString(signature) + "\n";
    }

    /**
     * @param note  text and signatures
     * @param known keys, of which one must have signed
     * @return the checkpoint; empty when it is none, or no known key signed it
     */
    static Optional<Checkpoint> open(String note, Collection<NoteVerifier> known) {
        int gap = note.lastIndexOf(GAP);
        if (gap < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        String text = note.substring(0, gap + 1);
        boolean signed = note.substring(gap + GAP.length())
                .lines()
                .anyMatch(line -> known.stream().anyMatch(key -> isSignature(line, text, key)));
        try {
            return signed ? Optional.of(Checkpoint.parse(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isSignature(String line, String text, NoteVerifier key) {
        String before = SIGNATURE + key.name() + " ";
        if (!line.startsWith(before)) {
            return false;
        }
        try {
            byte[] signature = Base64.getDecoder().decode(line.substring(before.length()));
            return signature.length > NoteVerifier.ID_BYTES
                    && Arrays.equals(Arrays.copyOf(signature, NoteVerifier.ID_BYTES), key.id())
                    && key.verifies(
                            text.getBytes(StandardCharsets.UTF_8),
                            Arrays.copyOfRange(signature, NoteVerifier.ID_BYTES, signature.length));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
