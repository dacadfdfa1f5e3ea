package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToLongFunction;

/** What must hold of every ledger at rest, checked in SQL over all of it. */
public final class Invariants {
    private Invariants() {}

    /** Dense positions, dense sequences in position order, exact heads, time that never goes back. */
    public static void check(TestLedger ledger) {
        check(ledger::number);
    }

    /** @param ledger answers a query with the first column of its first row */
    public static void check(ToLongFunction<String> ledger) {
        long head = ledger.applyAsLong("select position from ledger.ledger_head");
        assertThat(ledger.applyAsLong("select count(*) from ledger.event"))
                .as("events")
                .isEqualTo(head);
        assertThat(ledger.applyAsLong("select coalesce(max(position), 0) from ledger.event"))
                .as("last position")
                .isEqualTo(head);
        assertThat(ledger.applyAsLong("select coalesce(min(position), 1) from ledger.event"))
                .as("first position")
                .isEqualTo(1);
        assertThat(ledger.applyAsLong("""
            select count(*) from (
                select seq, row_number() over (partition by stream order by position) - 1 as expected
                from ledger.event) as numbered where seq <> expected\
            """)).as("events out of" + " sequence").isZero();
        assertThat(ledger.applyAsLong("""
            select count(*) from ledger.stream_head h full join (
                select stream, max(seq) as seq, min(position) as first, max(position) as last
                from ledger.event group by stream) as e on e.stream = h.stream
            where (h.seq, h.first_position, h.last_position) is distinct from (e.seq, e.first, e.last)\
            """))
                .as("stream" + " heads" + " that" + " lie")
                .isZero();
        assertThat(ledger.applyAsLong("""
            select count(*) from (
                select recorded_at, lag(recorded_at) over (order by position) as before from ledger.event
            ) as timed where recorded_at < before\
            """)).as("times that go back").isZero();
    }
}
