package fr.grandlivre.api.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/**
 * One timer {@code ledger.command.seconds} by command and outcome: {@code handled} (accepted or refused by a rule) or
 * {@code failed}. Thread-safe.
 */
final class CommandMeters implements MessageMonitor<CommandMessage<?>> {
    private final MeterRegistry registry;
    private final Map<Class<?>, Timers> timers = new ConcurrentHashMap<>();

    CommandMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public MonitorCallback onMessageIngested(CommandMessage<?> message) {
        long begun = System.nanoTime();
        Timers ofCommand = timers.computeIfAbsent(message.getPayloadType(), this::timers);
        return new MonitorCallback() {
            @Override
            public void reportSuccess() {
                ofCommand.handled().record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }

            @Override
            public void reportFailure(@Nullable Throwable cause) {
                ofCommand.failed().record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }

            @Override
            public void reportIgnored() {
                reportFailure(null);
            }
        };
    }

    private Timers timers(Class<?> command) {
        return new Timers(timer(command, "handled"), timer(command, "failed"));
    }

    private Timer timer(Class<?> command, String outcome) {
        return Timer.builder("ledger.command.seconds")
                .tag("command", command.getSimpleName())
                .tag("outcome", outcome)
                .register(registry);
    }

    private record Timers(Timer handled, Timer failed) {}
}
