package fr.grandlivre.store.log;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Shows that an event stands in the log.
 *
 * @param index    of the leaf: position − 1
 * @param leafHash SHA-256(0x00 ‖ entry) as it was sealed, 32 bytes
 * @param head     the checkpoint that the proof leads to
 * @param hashes   from the leaf's sibling upwards; empty in a tree of one leaf
 */
public record InclusionProof(long index, byte[] leafHash, SealedCheckpoint head, List<byte[]> hashes) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";

    /**
     * @return the proof as a file that other software reads
     * @see <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof</a>
     */
    public String text() {
        return text("");
    }

    /**
     * @param entry   what the leaf is the hash of, as {@link TransparencyLog#entry} gives it
     * @param payload the event's bytes
     * @return the same with entry and payload inside, so that its holder needs nothing else; both are to be trusted only
     *     once the hash of the payload and the hash of the entry fit
     */
    public String text(byte[] entry, byte[] payload) {
        byte[] extra = ("{\"entry\":" + quoted(entry) + ",\"payload\":" + quoted(payload) + "}")
                .getBytes(StandardCharsets.UTF_8);
        return text("extra " + Base64.getEncoder().encodeToString(extra) + "\n");
    }

    private String text(String extra) {
        StringBuilder file = new StringBuilder(HEADER).append(extra);
        file.append("index ").append(index).append('\n');
        hashes.forEach(
                hash -> file.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return file.append('\n').append(head.note()).toString();
    }

    // Canonical JSON has no control characters left inside; only quotes and backslashes stand for something else.
    private static String quoted(byte[] canonicalJson) {
        String text = new String(canonicalJson, StandardCharsets.UTF_8);
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
