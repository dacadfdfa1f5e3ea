package fr.grandlivre.api.demo;

import fr.grandlivre.api.wiring.DemoClock;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.LedgerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends the commands of the past, each at its instant. The clock only goes forward. What an interrupted run recorded is not
 * sent again; the commands of its very last instant have the same ids and get their first answers.
 */
final class DemoActs {
    /** Enough callers to fill the commits of two cores. */
    private static final int AT_ONCE = 64;

    private static final int MOST_TRIES = 10;

    private final BiFunction<Command, Caller, Outcome> commands;
    private final DemoClock clock;
    private final Instant recordedBefore;
    private Instant now;

    /**
     * @param commands       sends a command and waits for its outcome; thread-safe
     * @param begin          the first instant of the past
     * @param recordedBefore when an interrupted run recorded last; the clock stays there until the past gets so far
     */
    DemoActs(BiFunction<Command, Caller, Outcome> commands, DemoClock clock, Instant begin, Instant recordedBefore) {
        this.commands = commands;
        this.clock = clock;
        this.recordedBefore = recordedBefore;
        this.now = begin;
    }

    /** @return the instant in the past at which things happen */
    Instant now() {
        return now;
    }

    /** Waits in the past; an instant that is over changes nothing. */
    void at(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
        clock.hold(now.isAfter(recordedBefore) ? now : recordedBefore);
    }

    void pass(Duration duration) {
        at(now.plus(duration));
    }

    /**
     * Things that happen at the same instant, in any order: their commands share commits. None of them lets time pass.
     *
     * @return what came of them, in the order given
     * @throws IllegalStateException when one of them fails
     */
    <T, R> List<R> together(List<T> things, Function<T, R> happening) {
        try (ExecutorService people = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("demo-", 0).factory())) {
            List<Future<R>> results = things.stream()
                    .map(thing -> people.submit(() -> happening.apply(thing)))
                    .toList();
            List<R> all = new ArrayList<>(results.size());
            for (Future<R> result : results) {
                all.add(result.get());
            }
            return all;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("demonstration: something failed at " + now, failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("demonstration: interrupted at " + now);
        }
    }

    /** The same for things that nothing comes of. */
    <T> void forEach(List<T> things, Consumer<T> happening) {
        List<T> _ = together(things, thing -> {
            happening.accept(thing);
            return thing;
        });
    }

    /** @return id of the command of this step; two steps never have the same name */
    static UUID commandId(String step) {
        return DemoSeed.id("command/" + step);
    }

    /** On a busy machine a view on which a decision rests may be behind for longer than a visitor would wait. */
    private Outcome outcome(Command command, Caller caller) {
        for (int tries = 1; ; tries++) {
            try {
                return commands.apply(command, caller);
            } catch (LedgerUnavailableException behind) {
                if (tries == MOST_TRIES) {
                    throw behind;
                }
            }
        }
    }

    /**
     * @param step  name of the step
     * @param actor account that acts
     * @throws IllegalStateException when a rule refuses: the demonstration contradicts the domain
     */
    void send(String step, Command command, UUID actor, Role as) {
        if (now.isBefore(recordedBefore)) {
            // Sent, and durable, before the interruption: steps are sent one by one, each after the last was recorded.
            return;
        }
        Outcome outcome = outcome(command, Caller.first(commandId(step), actor, as, null));
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            throw new IllegalStateException("demonstration, step " + step + ": refused by " + code.code());
        }
    }
}
