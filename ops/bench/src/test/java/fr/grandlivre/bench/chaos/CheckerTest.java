package fr.grandlivre.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.bench.chaos.Checker.Promise;
import fr.grandlivre.bench.chaos.Checker.Violation;
import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Digests;
import fr.grandlivre.bench.chaos.Run.Effect;
import fr.grandlivre.bench.chaos.Run.Erasure;
import fr.grandlivre.bench.chaos.Run.Event;
import fr.grandlivre.bench.chaos.Run.ExamAnswer;
import fr.grandlivre.bench.chaos.Run.LookUps;
import fr.grandlivre.bench.chaos.Run.Outcome;
import fr.grandlivre.bench.chaos.Run.Readings;
import fr.grandlivre.bench.chaos.Run.Sealing;
import fr.grandlivre.bench.chaos.Run.ShownRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A checker that has never failed proves nothing: what each of the fifteen planted faults leaves behind is named. */
class CheckerTest {
    private static final int COMMANDS = 200;
    private static final Instant NOON = Instant.parse("2022-05-16T10:00:00Z");

    /** @param leaves a good run with the traces of the fault */
    private record Planted(String fault, Promise caughtAs, UnaryOperator<Run> leaves) {
        @Override
        public String toString() {
            return fault;
        }
    }

    static Stream<Planted> faults() {
        return Stream.of(
                new Planted(
                        "1 synchronous_commit off",
                        Promise.ACKNOWLEDGED_IS_DURABLE,
                        run -> ledger(run, without(run, 3))),
                new Planted("2 fsync off", Promise.ACKNOWLEDGED_IS_DURABLE, run -> ledger(run, List.of())),
                new Planted(
                        "3 token apart from rows",
                        Promise.VIEWS_EQUAL_REPLAY,
                        run -> views(run, Map.of("profile", new Digests("a", "b")))),
                new Planted("4 no receipts", Promise.ONE_COMMAND_ONE_EFFECT, CheckerTest::appendedAgain),
                new Planted("5 unique constraint dropped", Promise.NOTHING_TWICE, CheckerTest::secondCertificate),
                new Planted(
                        "6 positions from a sequence",
                        Promise.NO_EVENT_IS_SKIPPED,
                        run -> delivered(
                                run,
                                LongStream.rangeClosed(1, run.ledger().size())
                                        .filter(at -> at != 40)
                                        .boxed()
                                        .toList())),
                new Planted("6 the hole of a sequence", Promise.POSITIONS_ARE_DENSE_AND_ORDERED, CheckerTest::hole),
                new Planted(
                        "7 sealer skips a leaf",
                        Promise.CHANGED_ROWS_ARE_FOUND,
                        run -> outside(run, new Sealing(200, 200, 1), run.erased(), run.readings())),
                new Planted(
                        "8 row-level security off",
                        Promise.SCHOOLS_SEE_THEIR_OWN,
                        run -> shown(run, List.of(new ShownRow("0931234A", "0139999Z")), run.cells(), run.lookUps())),
                new Planted(
                        "9 asynchronous standby",
                        Promise.ACKNOWLEDGED_IS_DURABLE,
                        run -> ledger(run, run.ledger().subList(0, run.ledger().size() - 16))),
                new Planted(
                        "10 no rate limit",
                        Promise.LOOK_UPS_ARE_LIMITED,
                        run -> shown(run, run.tenants(), run.cells(), List.of(new LookUps("127.0.0.7", 11, 10)))),
                new Planted(
                        "11 cells not neutralised",
                        Promise.EXPORTS_HOLD_NO_FORMULA,
                        run -> shown(run, run.tenants(), List.of("Ada", "=1+1"), run.lookUps())),
                new Planted(
                        "12 deadline by the client's clock",
                        Promise.LATE_IS_LATE,
                        run -> answers(run, List.of(new ExamAnswer(9, NOON, NOON)))),
                new Planted("12 order by clock", Promise.POSITIONS_ARE_DENSE_AND_ORDERED, CheckerTest::swapped),
                new Planted(
                        "13 effect sent from a projection",
                        Promise.REPLAY_HAS_NO_EFFECT,
                        run -> effects(run, List.of(new Effect(UUID.randomUUID(), "mail", 4)))),
                new Planted(
                        "14 view without a purge",
                        Promise.NOTHING_AFTER_ERASURE,
                        run -> outside(run, run.sealing(), new Erasure(40, 1), run.readings())),
                new Planted(
                        "15 read journal off",
                        Promise.READINGS_LEAVE_LINES,
                        run -> outside(run, run.sealing(), run.erased(), new Readings(10, 0))));
    }

    @Test
    void a_good_run_breaks_nothing() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Checker.check(good(seed))).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_planted_fault_is_caught_by_its_own_check(Planted planted) {
        for (long seed = 1; seed <= 20; seed++) {
            Set<Promise> broken = Checker.check(planted.leaves().apply(good(seed))).stream()
                    .map(Violation::promise)
                    .collect(Collectors.toSet());
            assertThat(broken).as("seed %d", seed).contains(planted.caughtAs());
        }
    }

    @Test
    void an_answer_that_was_lost_may_be_there_once_or_not_at_all() {
        Run run = good(7);
        Attempt lost = new Attempt(UUID.randomUUID(), Outcome.UNKNOWN, 1, Long.MAX_VALUE, 0);
        assertThat(Checker.check(attempts(run, lost))).isEmpty();
        Event found = new Event(
                run.ledger().size() + 1L, UUID.randomUUID(), 0, UUID.randomUUID(), lost.command(), "answer", "");
        assertThat(Checker.check(ledger(attempts(run, lost), plus(run, found)))).isEmpty();
    }

    @Test
    void a_refused_command_and_one_that_nobody_tried_are_not_there() {
        Run run = good(8);
        UUID command = UUID.randomUUID();
        Event event =
                new Event(run.ledger().size() + 1L, UUID.randomUUID(), 0, UUID.randomUUID(), command, "answer", "");
        assertThat(Checker.check(ledger(run, plus(run, event))))
                .extracting(Violation::promise)
                .containsExactly(Promise.ONLY_WHAT_WAS_TRIED);
        Attempt refused = new Attempt(command, Outcome.REFUSED, 1, 2, 0);
        assertThat(Checker.check(ledger(attempts(run, refused), plus(run, event))))
                .extracting(Violation::promise)
                .containsExactly(Promise.ONE_COMMAND_ONE_EFFECT);
    }

    private static Run good(long seed) {
        Random random = new Random(seed);
        List<UUID> streams = Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(10)
                .toList();
        int[] seqs = new int[streams.size()];
        List<Event> ledger = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            UUID command = new UUID(random.nextLong(), random.nextLong());
            int stream = random.nextInt(streams.size());
            int events = 1 + random.nextInt(2);
            for (int event = 0; event < events; event++) {
                ledger.add(new Event(
                        ledger.size() + 1L,
                        streams.get(stream),
                        seqs[stream]++,
                        new UUID(random.nextLong(), random.nextLong()),
                        command,
                        event == 0 ? "answer" : "level",
                        i % 50 == 0 && event == 0 ? "certificate of sitting " + i : ""));
            }
            attempts.add(new Attempt(command, Outcome.ACKNOWLEDGED, 10L * i, 10L * i + 5, ledger.size()));
        }
        return new Run(
                attempts,
                ledger,
                LongStream.rangeClosed(1, ledger.size()).boxed().toList(),
                Map.of("profile", new Digests("a", "a")),
                List.of(new Effect(UUID.randomUUID(), "mail", 1)),
                List.of(new ExamAnswer(9, NOON, NOON.plusMillis(1))),
                new Sealing(ledger.size(), ledger.size(), 0),
                new Erasure(40, 0),
                new Readings(10, 10),
                List.of(new ShownRow("0931234A", "0931234A")),
                List.of("Ada", "'=1+1", ""),
                List.of(new LookUps("127.0.0.7", 10, 10)));
    }

    private static List<Event> without(Run run, int index) {
        List<Event> events = new ArrayList<>(run.ledger());
        UUID command = events.get(index).command();
        events.removeIf(event -> event.command().equals(command));
        return events;
    }

    private static List<Event> plus(Run run, Event event) {
        return Stream.concat(run.ledger().stream(), Stream.of(event)).toList();
    }

    private static Run appendedAgain(Run run) {
        Event first = run.ledger().getFirst();
        return ledger(
                run,
                plus(
                        run,
                        new Event(
                                run.ledger().size() + 1L,
                                UUID.randomUUID(),
                                0,
                                UUID.randomUUID(),
                                first.command(),
                                first.type(),
                                "")));
    }

    private static Run secondCertificate(Run run) {
        UUID command = UUID.randomUUID();
        Event again = new Event(
                run.ledger().size() + 1L,
                UUID.randomUUID(),
                0,
                UUID.randomUUID(),
                command,
                "answer",
                run.ledger().getFirst().effect());
        return ledger(
                attempts(run, new Attempt(command, Outcome.ACKNOWLEDGED, 1, Long.MAX_VALUE, again.position())),
                plus(run, again));
    }

    private static Run hole(Run run) {
        return ledger(
                run,
                run.ledger().stream()
                        .map(event -> event.position() < 100
                                ? event
                                : new Event(
                                        event.position() + 1,
                                        event.stream(),
                                        event.seq(),
                                        event.eventId(),
                                        event.command(),
                                        event.type(),
                                        event.effect()))
                        .toList());
    }

    private static Run swapped(Run run) {
        List<Attempt> attempts = new ArrayList<>(run.attempts());
        Attempt one = attempts.get(3);
        Attempt other = attempts.get(9);
        attempts.set(3, new Attempt(one.command(), one.outcome(), other.invoked(), other.answered(), one.position()));
        attempts.set(9, new Attempt(other.command(), other.outcome(), one.invoked(), one.answered(), other.position()));
        return new Run(
                attempts,
                run.ledger(),
                run.delivered(),
                run.views(),
                run.effects(),
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run attempts(Run run, Attempt more) {
        return new Run(
                Stream.concat(run.attempts().stream(), Stream.of(more)).toList(),
                run.ledger(),
                run.delivered(),
                run.views(),
                run.effects(),
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run ledger(Run run, List<Event> ledger) {
        return new Run(
                run.attempts(),
                ledger,
                run.delivered(),
                run.views(),
                run.effects(),
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run delivered(Run run, List<Long> delivered) {
        return new Run(
                run.attempts(),
                run.ledger(),
                delivered,
                run.views(),
                run.effects(),
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run views(Run run, Map<String, Digests> views) {
        return new Run(
                run.attempts(),
                run.ledger(),
                run.delivered(),
                views,
                run.effects(),
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run effects(Run run, List<Effect> effects) {
        return new Run(
                run.attempts(),
                run.ledger(),
                run.delivered(),
                run.views(),
                effects,
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run answers(Run run, List<ExamAnswer> answers) {
        return new Run(
                run.attempts(),
                run.ledger(),
                run.delivered(),
                run.views(),
                run.effects(),
                answers,
                run.sealing(),
                run.erased(),
                run.readings(),
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run outside(Run run, Sealing sealing, Erasure erased, Readings readings) {
        return new Run(
                run.attempts(),
                run.ledger(),
                run.delivered(),
                run.views(),
                run.effects(),
                run.answers(),
                sealing,
                erased,
                readings,
                run.tenants(),
                run.cells(),
                run.lookUps());
    }

    private static Run shown(Run run, List<ShownRow> tenants, List<String> cells, List<LookUps> lookUps) {
        return new Run(
                run.attempts(),
                run.ledger(),
                run.delivered(),
                run.views(),
                run.effects(),
                run.answers(),
                run.sealing(),
                run.erased(),
                run.readings(),
                tenants,
                cells,
                lookUps);
    }
}
