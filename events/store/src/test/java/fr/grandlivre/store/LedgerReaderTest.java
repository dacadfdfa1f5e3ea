package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerReaderTest {
    private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private TestLedger ledger;
    private LedgerReader reader;

    @BeforeEach
    void create() {
        InstantSource source = now::get;
        ledger = TestLedger.create(source.withZone(ZoneOffset.UTC));
        reader = ledger.reader();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_empty_ledger_answers_with_nothing() {
        assertThat(reader.head()).isZero();
        assertThat(reader.page(0, 10)).isEmpty();
        assertThat(reader.at(1)).isEmpty();
        assertThat(reader.at(0)).isEmpty();
        assertThat(reader.stream(UUID.randomUUID(), 0)).isEmpty();
        assertThat(reader.streams(List.of(UUID.randomUUID()), 10)).isEmpty();
        assertThat(reader.streams(List.of(), 10)).isEmpty();
        assertThat(reader.positionAt(START)).isEmpty();
        assertThat(reader.receipt(UUID.randomUUID(), Requests.NO_FINGERPRINT)).isEmpty();
        assertThat(reader.filtered(EventFilter.ANY, 0, Long.MAX_VALUE, 10).events())
                .isEmpty();
    }

    @Test
    void several_streams_are_read_in_position_order_up_to_a_position() {
        UUID a = UUID.randomUUID();
        UUID b = UUID.randomUUID();
        append(a, 0, 2);
        append(UUID.randomUUID(), 0, 1);
        append(b, 0, 2);
        append(a, 2, 1);

        assertThat(reader.streams(List.of(a, b), 6))
                .extracting(StoredEvent::position)
                .containsExactly(1L, 2L, 4L, 5L, 6L);
        assertThat(reader.streams(List.of(a, b), 4))
                .extracting(StoredEvent::position)
                .containsExactly(1L, 2L, 4L);
        assertThat(reader.stream(a, 1)).extracting(StoredEvent::seq).containsExactly(1, 2);
    }

    @Test
    void a_scan_visits_every_position_once_in_order() {
        append(UUID.randomUUID(), 0, 25);
        List<Long> positions = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();

        reader.scan(3, 20, 7, page -> {
            sizes.add(page.size());
            page.forEach(event -> positions.add(event.position()));
        });

        assertThat(positions)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(4, 20).boxed().toList());
        assertThat(sizes).containsExactly(7, 7, 3);
    }

    @Test
    void time_never_goes_back_along_positions_even_when_the_clock_does() {
        append(UUID.randomUUID(), 0, 1);
        now.set(START.minusSeconds(10));
        append(UUID.randomUUID(), 0, 1);
        now.set(START.plusSeconds(10).plusNanos(1_999_999));
        append(UUID.randomUUID(), 0, 1);

        assertThat(reader.page(0, 10))
                .extracting(StoredEvent::recordedAt)
                .containsExactly(START, START, START.plusSeconds(10).plusMillis(1));
        assertThat(reader.positionAt(START.minusMillis(1))).isEmpty();
        assertThat(reader.positionAt(START)).hasValue(2);
        assertThat(reader.positionAt(START.plusSeconds(9))).hasValue(2);
        assertThat(reader.positionAt(START.plusSeconds(11))).hasValue(3);
    }

    @Test
    void an_auditor_filters_by_type_stream_period_actor_and_chain_and_no_row_comes_twice() {
        UUID actor = UUID.randomUUID();
        UUID chain = UUID.randomUUID();
        UUID stream = UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            now.set(START.plusSeconds(i));
            ledger.writer()
                    .append(Requests.of(new StreamAppend(
                            i < 5 ? stream : UUID.randomUUID(),
                            i < 5 ? i : 0,
                            List.of(new EncodedEvent(
                                    UUID.randomUUID(),
                                    i % 2 == 0 ? "test.even" : "test.odd",
                                    1,
                                    "{\"actor\":\"%s\",\"correlationId\":\"%s\"}"
                                            .formatted(i % 3 == 0 ? actor : chain, i == 4 ? chain : actor)
                                            .getBytes(StandardCharsets.UTF_8),
                                    new byte[] {'{', '}'})))))
                    .join();
        }

        assertThat(positions(new EventFilter("test.even", null, null, null, null, null)))
                .containsExactly(1L, 3L, 5L, 7L, 9L);
        assertThat(positions(new EventFilter("test.unknown", null, null, null, null, null)))
                .isEmpty();
        assertThat(positions(new EventFilter("test.even", stream, null, null, null, null)))
                .containsExactly(1L, 3L, 5L);
        assertThat(positions(new EventFilter(null, null, START.plusSeconds(2), START.plusSeconds(4), null, null)))
                .containsExactly(3L, 4L, 5L);
        assertThat(positions(new EventFilter(null, null, null, null, actor, null)))
                .containsExactly(1L, 4L, 7L, 10L);
        assertThat(positions(new EventFilter(null, null, null, null, null, chain)))
                .containsExactly(5L);
        FilteredPage first = reader.filtered(EventFilter.ANY, 0, 8, 5);
        FilteredPage second = reader.filtered(EventFilter.ANY, first.lookedUpTo(), 8, 5);
        assertThat(first.events()).hasSize(5);
        assertThat(first.complete()).isFalse();
        assertThat(second.events()).extracting(StoredEvent::position).containsExactly(6L, 7L, 8L);
        assertThat(second.complete()).isTrue();
    }

    @Test
    void old_receipts_go_and_young_ones_stay() {
        UUID old = UUID.randomUUID();
        UUID young = UUID.randomUUID();
        ledger.writer().append(Requests.one(old, UUID.randomUUID(), 0)).join();
        now.set(START.plus(Duration.ofDays(31)));
        ledger.writer().append(Requests.one(young, UUID.randomUUID(), 0)).join();

        assertThat(reader.purgeReceipts(START.plus(Duration.ofDays(1)), 100)).isEqualTo(1);

        assertThat(reader.receipt(old, Requests.NO_FINGERPRINT)).isEmpty();
        assertThat(reader.receipt(young, Requests.NO_FINGERPRINT)).isPresent();
        assertThat(reader.purgeReceipts(START.plus(Duration.ofDays(1)), 100)).isZero();
    }

    @Test
    void a_stream_of_five_hundred_events_is_read_within_ten_milliseconds() {
        UUID stream = UUID.randomUUID();
        append(stream, 0, 500);
        for (int i = 0; i < 50; i++) {
            assertThat(reader.stream(stream, 0)).hasSize(500);
        }
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            reader.stream(stream, 0);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertThat(fastest / 1_000_000).as("milliseconds").isLessThan(10);
    }

    /** The stock engines skip an event whose transaction was held while its neighbour committed and aged. */
    @Test
    void an_event_whose_transaction_is_held_is_delivered_and_its_neighbour_waits_behind_it() throws Exception {
        append(UUID.randomUUID(), 0, 1);
        List<Long> seen = new ArrayList<>();
        reader.page(0, 10).forEach(event -> seen.add(event.position()));
        CompletableFuture<Appended> neighbour;
        try (Connection held = ledger.owner().getConnection();
                Statement sql = held.createStatement()) {
            held.setAutoCommit(false);
            sql.execute("""
                select ledger.append(now(), array[gen_random_uuid()], array[''::bytea], array[1], array[1],
                    array[1], array['018f0000-0000-4000-8000-0000000000c1'::uuid], array[0], array[1], array[1],
                    array[1], array['018f0000-0000-4000-8000-0000000000c1'::uuid], array[0], array[1::smallint],
                    array[gen_random_uuid()], array['{}'::bytea], array['{}'::bytea])\
                """);
            neighbour = ledger.writer().append(Requests.one(UUID.randomUUID(), 0));
            // The neighbour cannot commit ahead of it: no reader can get past the held event.
            assertThat(neighbour
                            .completeOnTimeout(
                                    new Appended(new UUID(0, 0), 0, 0, new UUID(0, 0), 0, true), 1, TimeUnit.SECONDS)
                            .join()
                            .firstPosition())
                    .isZero();
            reader.page(1, 10).forEach(event -> seen.add(event.position()));
            assertThat(seen).containsExactly(1L);
            held.commit();
        }
        assertThat(ledger.tail().awaitBeyond(2, Duration.ofSeconds(10))).isTrue();
        reader.page(1, 10).forEach(event -> seen.add(event.position()));
        assertThat(seen).containsExactly(1L, 2L, 3L);
    }

    @Test
    void transactions_that_were_rolled_back_leave_no_gap() throws Exception {
        ledger.writer().append(Requests.one(UUID.randomUUID(), 0)).join();
        try (Connection connection = ledger.owner().getConnection();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 1_000; i++) {
                sql.execute("update ledger.ledger_head set position = position + 1");
                connection.rollback();
            }
        }
        assertThat(ledger.writer()
                        .append(Requests.one(UUID.randomUUID(), 0))
                        .join()
                        .firstPosition())
                .isEqualTo(2);
        assertThat(reader.page(1, 10)).hasSize(1);
    }

    private List<Long> positions(EventFilter filter) {
        return reader.filtered(filter, 0, Long.MAX_VALUE, 100).events().stream()
                .map(StoredEvent::position)
                .toList();
    }

    private void append(UUID stream, int firstSeq, int count) {
        ledger.writer()
                .append(Requests.of(Requests.events(stream, firstSeq, count)))
                .join();
    }

    @Test
    void recorded_at_comes_from_the_given_clock() {
        Clock fixed = Clock.fixed(START.plusSeconds(77), ZoneOffset.UTC);
        try (TestLedger other = TestLedger.create(fixed)) {
            other.writer().append(Requests.one(UUID.randomUUID(), 0)).join();
            assertThat(other.reader().at(1).orElseThrow().recordedAt()).isEqualTo(START.plusSeconds(77));
        }
    }
}
