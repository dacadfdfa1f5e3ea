package fr.grandlivre.api.wiring;

import fr.grandlivre.command.Outcome;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.live.Poison;
import fr.grandlivre.query.live.SecondTry;
import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows events to one policy. An event seen twice gives the same commands with the same ids, so it has one effect. An
 * event that it fails on, or whose command a rule refuses, is put aside for an operator to look at; the others go on,
 * for a policy's events do not depend on each other.
 */
final class PolicyInvoker<E extends LedgerEvent> implements EventHandlerInvoker, SecondTry {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyInvoker.class);

    private final String policy;
    private final Class<E> reads;
    private final String type;
    private final Reaction<E> reaction;
    private final Predicate<StoredEvent> concerned;
    private final EventCodec codec;
    private final @Nullable PersonalVault vault;
    private final DeadLetters letters;
    private final ExecutorService outside = Executors.newVirtualThreadPerTaskExecutor();

    /** What a policy does about an event. */
    @FunctionalInterface
    interface Reaction<E> {
        /** @return what became of the commands it sent */
        Collection<Outcome> on(E event, UUID eventId, UUID correlationId);
    }

    /** @param reads the one event that the policy answers to */
    PolicyInvoker(
            String policy,
            Class<E> reads,
            Reaction<E> reaction,
            EventCodec codec,
            PersonalVault vault,
            DeadLetters letters) {
        this(policy, reads, reaction, _ -> true, codec, vault, letters);
    }

    /**
     * @param reads     the one event that the policy answers to
     * @param concerned asked before an event is decoded; what it lets through may still turn out to be none of ours
     * @param vault     opens personal fields; null leaves them closed
     */
    PolicyInvoker(
            String policy,
            Class<E> reads,
            Reaction<E> reaction,
            Predicate<StoredEvent> concerned,
            EventCodec codec,
            @Nullable PersonalVault vault,
            DeadLetters letters) {
        this.policy = policy;
        this.concerned = concerned;
        this.reads = reads;
        this.type = codec.catalog().of(reads).name();
        this.reaction = reaction;
        this.codec = codec;
        this.vault = vault;
        this.letters = letters;
    }

    /** @return whether the payload has a field of that name; absent fields are not written */
    static Predicate<StoredEvent> naming(String field) {
        String name = '"' + field + "\":";
        return stored -> new String(stored.payload(), StandardCharsets.ISO_8859_1).contains(name);
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        StoredEvent stored = (StoredEvent) message.getPayload();
        if (!stored.type().equals(type) || !concerned.test(stored)) {
            return;
        }
        try {
            deal(stored).ifPresent(rule -> {
                LOG.warn("policy {} was refused by {} at position {}: put aside", policy, rule, stored.position());
                letters.park(policy, stored.stream(), stored.position(), rule);
            });
        } catch (RuntimeException failure) {
            if (!Poison.isLasting(failure) || failure.getCause() instanceof ConcurrencyException) {
                throw failure;
            }
            LOG.error(
                    "policy {} failed at position {} ({}): put aside",
                    policy,
                    stored.position(),
                    Poison.place(failure));
            letters.park(policy, stored.stream(), stored.position(), Poison.name(failure));
        }
    }

    @Override
    public Optional<String> deal(StoredEvent stored) {
        return react(stored).stream()
                .filter(Outcome.Refused.class::isInstance)
                .map(Outcome.Refused.class::cast)
                .map(refused -> refused.code().code())
                .findFirst();
    }

    /** In a thread of its own: inside the batch's unit of work Axon would put the append off until the batch commits. */
    private Collection<Outcome> react(StoredEvent stored) {
        try {
            return outside.submit(() -> {
                        E event = reads.cast(codec.decode(
                                stored.eventId(), stored.type(), stored.version(), stored.payload(), vault));
                        UUID correlation =
                                codec.decodeMetadata(stored.metadata()).correlationId();
                        return reaction.on(event, stored.eventId(), correlation);
                    })
                    .get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "policy " + policy + " failed at position " + stored.position(), failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at position " + stored.position());
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
