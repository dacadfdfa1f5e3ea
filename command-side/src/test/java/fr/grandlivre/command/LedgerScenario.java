package fr.grandlivre.command;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;

/** Given facts on streams, when a command is sent, then events stand on streams: the whole command side over memory. */
public final class LedgerScenario {
    private static final UUID ACTOR = UUID.fromString("018f0000-0000-7000-8000-00000000ac70");

    private final AtomicReference<Instant> now;
    private final MemoryLedger ledger;
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final Commands commands;
    private final Aggregates aggregates;
    private long commandNumber;
    private Outcome outcome = new Outcome.Unchanged();

    public LedgerScenario(Instant now) {
        this(new AtomicReference<>(now));
    }

    private LedgerScenario(AtomicReference<Instant> now) {
        this(now, new MemoryLedger(now::get));
    }

    private LedgerScenario(AtomicReference<Instant> now, MemoryLedger ledger) {
        this.now = now;
        this.ledger = ledger;
        commands = new Commands(bus, ledger, ledger);
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(new CallerCorrelation()));
        aggregates = new Aggregates(bus, ledger.store(), new ServerClock(new ScenarioClock()), 100);
    }

    /** @return a command side that knows nothing but what stands in the same ledger, as after a restart */
    public LedgerScenario restarted() {
        LedgerScenario again = new LedgerScenario(now, ledger);
        again.commandNumber = commandNumber;
        return again;
    }

    /** Subscribes a feature. */
    public LedgerScenario with(Consumer<Aggregates> feature) {
        feature.accept(aggregates);
        return this;
    }

    /** Subscribes a feature that also looks at facts of other streams. */
    public LedgerScenario with(BiConsumer<Aggregates, LedgerHistory> feature) {
        feature.accept(aggregates, ledger);
        return this;
    }

    public LedgerScenario given(UUID stream, LedgerEvent... facts) {
        ledger.given(now.get(), stream, facts);
        return this;
    }

    public LedgerScenario at(Instant later) {
        now.set(later);
        return this;
    }

    public LedgerScenario when(Command command) {
        return when(command, new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0000L + ++commandNumber));
    }

    public LedgerScenario when(Command command, UUID commandId) {
        outcome = commands.dispatch(command, Caller.first(commandId, ACTOR, Role.OPERATOR, null));
        return this;
    }

    /** The whole stream, facts given before included. */
    public LedgerScenario thenStream(UUID stream, LedgerEvent... events) {
        assertThat(ledger.of(stream)).containsExactly(events);
        return this;
    }

    public LedgerScenario thenRecorded() {
        assertThat(outcome).isInstanceOf(Outcome.Recorded.class);
        return this;
    }

    public LedgerScenario thenUnchanged() {
        assertThat(outcome).isEqualTo(new Outcome.Unchanged());
        return this;
    }

    public LedgerScenario thenRefused(Refusal code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
        return this;
    }

    public LedgerScenario thenRefused(Refusal code, Map<String, Object> fields) {
        assertThat(outcome).isEqualTo(new Outcome.Refused(code, fields));
        return this;
    }

    public Outcome outcome() {
        return outcome;
    }

    public List<LedgerEvent> stream(UUID stream) {
        return ledger.of(stream);
    }

    public MemoryLedger ledger() {
        return ledger;
    }

    public Commands commands() {
        return commands;
    }

    private final class ScenarioClock extends Clock {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
