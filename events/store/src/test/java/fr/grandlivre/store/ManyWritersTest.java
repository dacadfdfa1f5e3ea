package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds when many callers write at once, on one and on several writers. */
class ManyWritersTest {
    private static final int CALLERS = 64;

    private TestLedger ledger;

    @BeforeEach
    void create() {
        ledger = TestLedger.create();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void positions_are_dense_and_losers_lose_alone_under_random_conflicts_and_failures() throws Exception {
        hammer(1, 40, System.nanoTime());
    }

    @Test
    void two_writers_that_share_a_database_keep_one_order() throws Exception {
        hammer(2, 25, System.nanoTime());
    }

    /** Callers guess where 8 hot streams and many own ones are; a tenth of the requests is refused by the database. */
    private void hammer(int writerCount, int commandsEach, long seed) throws Exception {
        ledger.execute(
                "alter table ledger.event add constraint planted check (position('poison'::bytea in payload) = 0)");
        List<LedgerWriter> writers = Stream.generate(() -> ledger.newWriter(WriterSettings.defaults()))
                .limit(writerCount)
                .toList();
        List<UUID> hot = Stream.generate(UUID::randomUUID).limit(8).toList();
        Map<UUID, AtomicInteger> guesses = new ConcurrentHashMap<>();
        hot.forEach(stream -> guesses.put(stream, new AtomicInteger()));
        Queue<Appended> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<UUID> failed = new ConcurrentLinkedQueue<>();
        AtomicInteger rejected = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(seed + caller);
                LedgerWriter writer = writers.get(caller % writerCount);
                callers.add(threads.submit(() -> {
                    for (int i = 0; i < commandsEach; i++) {
                        UUID stream = hot.get(random.nextInt(hot.size()));
                        List<StreamAppend> appends = new ArrayList<>();
                        int events = 1 + random.nextInt(3);
                        appends.add(Requests.events(stream, guesses.get(stream).get(), events));
                        if (random.nextInt(3) == 0) {
                            appends.add(Requests.events(UUID.randomUUID(), 0, 1 + random.nextInt(3)));
                        }
                        if (random.nextInt(10) == 0) {
                            appends.add(new StreamAppend(
                                    UUID.randomUUID(), 0, List.of(Requests.event("test.happened", "poison"))));
                        }
                        AppendRequest request = new AppendRequest(UUID.randomUUID(), Requests.NO_FINGERPRINT, appends);
                        try {
                            acknowledged.add(writer.append(request).join());
                            guesses.get(stream).addAndGet(events);
                        } catch (CompletionException failure) {
                            failed.add(request.commandId());
                            switch (failure.getCause()) {
                                case StreamConflictException _ -> {
                                    int truth = (int)
                                            ledger.reader().lastSeq(stream).orElse(-1);
                                    guesses.get(stream).set(truth + 1);
                                }
                                case LedgerRejectedException _ -> rejected.incrementAndGet();
                                default -> throw failure;
                            }
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }

        String run = "seed " + seed;
        Invariants.check(ledger);
        assertThat(acknowledged).as(run).isNotEmpty();
        assertThat(failed).as(run).isNotEmpty();
        assertThat(rejected.get()).as(run).isPositive();
        assertThat(ledger.number("select count(*) from ledger.command_receipt"))
                .as(run)
                .isEqualTo(acknowledged.size());
        TreeMap<Long, Appended> byPosition = new TreeMap<>();
        acknowledged.forEach(appended -> byPosition.put(appended.firstPosition(), appended));
        long next = 1;
        for (Appended appended : byPosition.values()) {
            assertThat(appended.firstPosition()).as(run).isEqualTo(next);
            StoredEvent last = ledger.reader().at(appended.lastPosition()).orElseThrow();
            assertThat(last.stream()).as(run).isEqualTo(appended.stream());
            assertThat(last.seq()).as(run).isEqualTo(appended.seq());
            next = appended.lastPosition() + 1;
        }
        assertThat(ledger.reader().head()).as(run).isEqualTo(next - 1);
        Set<UUID> receipts = new HashSet<>();
        acknowledged.forEach(appended -> receipts.add(appended.commandId()));
        assertThat(receipts).as(run).doesNotContainAnyElementsOf(failed);
    }

    @Test
    void an_event_invoked_after_an_acknowledgement_stands_behind_it() throws Exception {
        LedgerWriter one = ledger.writer();
        LedgerWriter other = ledger.newWriter(WriterSettings.defaults());
        long before = 0;
        for (int i = 0; i < 50; i++) {
            LedgerWriter writer = i % 2 == 0 ? one : other;
            long position =
                    writer.append(Requests.one(UUID.randomUUID(), 0)).join().firstPosition();
            assertThat(position).isGreaterThan(before);
            before = position;
        }
    }

    @Test
    void commands_that_share_a_stream_in_one_moment_are_recorded_one_after_another() {
        UUID stream = UUID.randomUUID();
        LedgerWriter writer = ledger.writer();
        var answers = java.util.stream.IntStream.range(0, 200)
                .mapToObj(seq -> writer.append(Requests.one(stream, seq)))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().replayed()).isFalse());
        assertThat(ledger.reader().stream(stream, 0)).hasSize(200);
        Invariants.check(ledger);
    }

    @Test
    void the_same_command_sent_many_times_at_once_has_one_effect() {
        UUID command = UUID.randomUUID();
        UUID stream = UUID.randomUUID();
        LedgerWriter writer = ledger.writer();
        var answers = java.util.stream.IntStream.range(0, 100)
                .mapToObj(_ -> writer.append(Requests.one(command, stream, 0)))
                .toList();

        assertThat(answers.stream().filter(answer -> !answer.join().replayed())).hasSize(1);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().firstPosition()).isEqualTo(1));
        assertThat(ledger.reader().head()).isEqualTo(1);
    }
}
