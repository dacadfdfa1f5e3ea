package fr.grandlivre.store.log;

import java.util.Base64;

/**
 * What the log commits itself to.
 *
 * @param origin name of the log, for example {@code ledger.example.fr/log1}
 * @param size   leaves in the tree, at least 1
 * @param root   root of the tree, 32 bytes; not copied
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
 */
public record Checkpoint(String origin, long size, byte[] root) {
    private static final int LINES = 3;

    /** @return the text that is signed: three lines, each with its LF */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /**
     * @param text as {@link #text()} writes it
     * @throws IllegalArgumentException when it says anything else or says it otherwise
     */
    static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length == LINES + 1) {
            Checkpoint read = new Checkpoint(
                    lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
            // One way of writing: no sign, no leading zero, no other padding.
            if (read.size > 0 && read.root.length == Sha256.BYTES && read.text().equals(text)) {
                return read;
            }
        }
        throw new IllegalArgumentException("no checkpoint");
    }
}
