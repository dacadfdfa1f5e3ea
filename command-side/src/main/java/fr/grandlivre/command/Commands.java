package fr.grandlivre.command;

import fr.grandlivre.events.ErasedPersonException;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands and says what became of them. A command is decided in the caller's thread and answered when its events
 * are durable. Thread-safe.
 */
public final class Commands {
    /**
     * Only another node can win a race, because a stream is locked within one; with two nodes on eight hot streams three
     * appends in ten lost, so that ten tries all lose once in 170,000 commands.
     */
    static final int MAX_TRIES = 10;

    private final CommandBus bus;
    private final Receipts receipts;
    private final Appends appends;

    /** @param bus handles a command in the thread that dispatches it */
    public Commands(CommandBus bus, Receipts receipts, Appends appends) {
        this.bus = bus;
        this.receipts = receipts;
        this.appends = appends;
    }

    /**
     * Sends one command. When it fails for another reason than a rule, its outcome is unknown: send it again with the same
     * command id.
     *
     * @throws RuntimeException when the ledger is out of reach or overloaded, when the command id was used for another
     *                          request, or when ten tries in a row lost the race for a stream
     */
    public Outcome dispatch(Command command, Caller caller) {
        for (int tries = 1; ; tries++) {
            try {
                return once(command, caller);
            } catch (ErasedPersonException _) {
                return new Outcome.Refused(Refusal.ERASED_ACCOUNT, Map.of());
            } catch (RuntimeException failure) {
                Optional<Outcome.Recorded> earlier = appends.replayed(failure);
                if (earlier.isPresent()) {
                    return earlier.get();
                }
                if (tries == MAX_TRIES || !appends.isConflict(failure)) {
                    throw failure;
                }
            }
        }
    }

    private Outcome once(Command command, Caller caller) {
        Remembered remembered = Remembered.allowed();
        Appends.Observed<Decision> observed = remembered.during(() -> appends.observe(() -> decision(command, caller)));
        if (isNothing(observed.result()) && remembered.wasUsed()) {
            // Another node may have gone on: what is not appended is not arbitrated, so it is decided on the ledger.
            observed = Remembered.forbidden().during(() -> appends.observe(() -> decision(command, caller)));
        }
        return switch (observed.result()) {
            case Decision.Refused(var code, var fields) ->
                replay(caller).orElseGet(() -> new Outcome.Refused(code, fields));
            case Decision.Accepted(var events)
            when events.isEmpty() -> replay(caller).orElseGet(Outcome.Unchanged::new);
            case Decision.Accepted _ -> observed.appended().orElseThrow(Commands::unobserved);
        };
    }

    private static boolean isNothing(Decision decision) {
        return switch (decision) {
            case Decision.Refused _ -> true;
            case Decision.Accepted(var events) -> events.isEmpty();
        };
    }

    /** The state already holds what this very command did, so that deciding it again says otherwise: ask what it said. */
    private Optional<Outcome> replay(Caller caller) {
        return receipts.earlier(caller.commandId(), caller.fingerprint()).map(earlier -> earlier);
    }

    private Decision decision(Command command, Caller caller) {
        CommandMessage<Command> message = new GenericCommandMessage<>(
                new GenericMessage<>(caller.commandId().toString(), command, MetaData.from(caller.metadata())),
                command.getClass().getName());
        Answer answer = new Answer();
        bus.dispatch(message, (_, result) -> answer.receive(result));
        return answer.get();
    }

    private static IllegalStateException unobserved() {
        return new IllegalStateException(
                "events were recorded and nobody saw where: is the observer over this ledger?");
    }

    /** What the bus called back with, in this thread. */
    private static final class Answer {
        private @Nullable CommandResultMessage<?> result;

        void receive(CommandResultMessage<?> answer) {
            result = answer;
        }

        Decision get() {
            if (result == null) {
                throw new IllegalStateException("the command bus must answer in the dispatching thread");
            }
            if (result.isExceptional()) {
                throw switch (result.exceptionResult()) {
                    case RuntimeException unchecked -> unchecked;
                    case Error error -> throw error;
                    case Throwable checked -> new CommandExecutionException("a handler threw", checked);
                };
            }
            if (result.getPayload() instanceof Decision decision) {
                return decision;
            }
            throw new IllegalStateException("a command handler returns a Decision");
        }
    }
}
