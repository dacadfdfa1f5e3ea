package fr.grandlivre.store;

import static fr.grandlivre.store.Requests.event;
import static fr.grandlivre.store.Requests.events;
import static fr.grandlivre.store.Requests.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerWriterTest {
    private TestLedger ledger;
    private final UUID stream = UUID.randomUUID();

    @BeforeEach
    void create() {
        ledger = TestLedger.create();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_first_event_stands_at_position_1_and_sequence_0() {
        AppendRequest request = one(stream, 0);

        Appended appended = append(request);

        assertThat(appended).isEqualTo(new Appended(request.commandId(), 1, 1, stream, 0, false));
        StoredEvent stored = ledger.reader().at(1).orElseThrow();
        EncodedEvent sent = request.streams().getFirst().events().getFirst();
        assertThat(stored.stream()).isEqualTo(stream);
        assertThat(stored.eventId()).isEqualTo(sent.eventId());
        assertThat(stored.type()).isEqualTo("test.happened");
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.payload()).isEqualTo(sent.payload());
        assertThat(stored.metadata()).isEqualTo(sent.metadata());
        Invariants.check(ledger);
    }

    @Test
    void a_command_that_expects_another_sequence_loses_alone() {
        append(one(stream, 0));

        assertThatThrownBy(() -> append(one(stream, 0))).isInstanceOf(StreamConflictException.class);
        assertThatThrownBy(() -> append(one(stream, 2))).isInstanceOf(StreamConflictException.class);
        assertThatThrownBy(() -> append(one(UUID.randomUUID(), 1))).isInstanceOf(StreamConflictException.class);

        assertThat(append(one(stream, 1)).lastPosition()).isEqualTo(2);
        Invariants.check(ledger);
    }

    @Test
    void all_events_of_a_command_are_recorded_side_by_side() {
        UUID other = UUID.randomUUID();

        Appended appended = append(Requests.of(events(stream, 0, 3), events(other, 0, 2)));

        assertThat(appended.firstPosition()).isEqualTo(1);
        assertThat(appended.lastPosition()).isEqualTo(5);
        assertThat(appended.stream()).isEqualTo(other);
        assertThat(appended.seq()).isEqualTo(1);
        Invariants.check(ledger);
    }

    @Test
    void one_stream_in_conflict_loses_the_whole_command() {
        append(one(stream, 0));
        UUID fresh = UUID.randomUUID();

        assertThatThrownBy(() -> append(Requests.of(events(fresh, 0, 2), events(stream, 0, 1))))
                .isInstanceOf(StreamConflictException.class);

        assertThat(ledger.reader().stream(fresh, 0)).isEmpty();
        assertThat(ledger.reader().head()).isEqualTo(1);
        Invariants.check(ledger);
    }

    @Test
    void the_same_command_twice_has_one_effect_and_one_answer() {
        UUID command = UUID.randomUUID();
        Appended first = append(one(command, stream, 0));

        Appended second = append(one(command, stream, 1));

        assertThat(second)
                .isEqualTo(new Appended(command, first.firstPosition(), first.lastPosition(), stream, 0, true));
        assertThat(ledger.reader().head()).isEqualTo(1);
        assertThat(ledger.reader().receipt(command, Requests.NO_FINGERPRINT)).contains(second);
    }

    @Test
    void a_command_may_have_the_id_of_the_stream_that_it_begins() {
        UUID both = UUID.randomUUID();
        assertThat(append(one(both, both, 0)).lastPosition()).isEqualTo(1);
    }

    @Test
    void the_same_command_id_with_another_fingerprint_is_refused() {
        UUID command = UUID.randomUUID();
        append(new AppendRequest(command, bytes("a"), List.of(events(stream, 0, 1))));

        assertThatThrownBy(() -> append(new AppendRequest(command, bytes("b"), List.of(events(stream, 1, 1)))))
                .isInstanceOf(CommandReusedException.class);

        assertThatThrownBy(() -> ledger.reader().receipt(command, bytes("b")))
                .isInstanceOf(CommandReusedException.class);
        assertThat(ledger.reader().head()).isEqualTo(1);
    }

    @Test
    void a_command_that_the_database_refuses_fails_alone() {
        ledger.execute("alter table ledger.event add constraint planted check (payload <> 'poison'::bytea)");
        LedgerWriter writer = ledger.writer();
        List<CompletableFuture<Appended>> others = IntStream.range(0, 50)
                .mapToObj(_ -> writer.append(one(UUID.randomUUID(), 0)))
                .toList();
        var poisoned =
                writer.append(Requests.of(new StreamAppend(stream, 0, List.of(event("test.happened", "poison")))));
        List<CompletableFuture<Appended>> later = IntStream.range(0, 50)
                .mapToObj(_ -> writer.append(one(UUID.randomUUID(), 0)))
                .toList();

        assertThatThrownBy(poisoned::join).hasCauseInstanceOf(LedgerRejectedException.class);
        others.forEach(CompletableFuture::join);
        later.forEach(CompletableFuture::join);
        assertThat(ledger.reader().head()).isEqualTo(100);
        Invariants.check(ledger);
    }

    private Appended append(AppendRequest request) {
        try {
            return ledger.writer().append(request).join();
        } catch (CompletionException failure) {
            throw (RuntimeException) failure.getCause();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
