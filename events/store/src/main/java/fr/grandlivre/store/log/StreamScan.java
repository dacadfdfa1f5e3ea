package fr.grandlivre.store.log;

import fr.grandlivre.store.Queries;
import fr.grandlivre.store.log.Finding.Kind;
import java.util.UUID;

/** Checks that the events of each stream are numbered without a gap, and that each stream's head says where it ends. */
final class StreamScan {
    private static final String SEQUENCES = """
        select position, stream, seq, expected from (
            select position, stream, seq, row_number() over (partition by stream order by position) - 1 as expected
            from ledger.event) as numbered
        where seq <> expected order by position limit ?\
        """;

    private static final String HEADS = """
        select coalesce(e.last, h.last_position), coalesce(e.stream, h.stream)
        from ledger.stream_head h full join (
            select stream, max(seq) as seq, min(position) as first, max(position) as last
            from ledger.event group by stream) as e on e.stream = h.stream
        where (h.seq, h.first_position, h.last_position) is distinct from (e.seq, e.first, e.last)
        order by 1 limit ?\
        """;

    private final Queries queries;

    StreamScan(Queries queries) {
        this.queries = queries;
    }

    void run(Findings findings) {
        queries.read(SEQUENCES, select -> select.setInt(1, Reread.MOST), (_, row) -> {
            while (row.next()) {
                findings.add(
                        row.getLong(1),
                        Kind.ALTERED,
                        "number %d in stream %s, where %d follows"
                                .formatted(row.getInt(3), row.getObject(2, UUID.class), row.getInt(4)));
            }
            return findings;
        });
        queries.read(HEADS, select -> select.setInt(1, Reread.MOST), (_, row) -> {
            while (row.next()) {
                findings.add(
                        row.getLong(1),
                        Kind.ALTERED,
                        "the head of stream %s is not where its events are".formatted(row.getObject(2, UUID.class)));
            }
            return findings;
        });
    }
}
