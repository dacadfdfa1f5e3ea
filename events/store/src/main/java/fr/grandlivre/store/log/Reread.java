package fr.grandlivre.store.log;

import java.util.List;

/**
 * What a re-reading of the ledger found.
 *
 * @param from                first position read
 * @param to                  last position under a checkpoint when it began
 * @param head                last position of the ledger when it began
 * @param checkpointsCompared checkpoints whose signature and root were checked
 * @param root                root over the events up to {@code to} as they are now, base64; absent only from an empty log
 * @param findings            by position, at most {@value #MOST}; empty when all is as it was sealed
 * @param total               findings in all
 * @param erasedKeys          keys of erased persons named by events that were read: no findings
 */
public record Reread(
        long from,
        long to,
        long head,
        long checkpointsCompared,
        String root,
        List<Finding> findings,
        long total,
        long erasedKeys) {
    /** More findings are counted, not listed: the first ones say where it began. */
    public static final int MOST = 1_000;

    /** @return whether all is as it was sealed */
    public boolean clean() {
        return total == 0;
    }
}
