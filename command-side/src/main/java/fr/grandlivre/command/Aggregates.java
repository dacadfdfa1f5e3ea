package fr.grandlivre.command;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Subscribes aggregates and handlers of commands to a command bus. Registering is done once, at start, by one thread. */
public final class Aggregates {
    /** Commands say themselves where they are sent to. */
    public static final CommandTargetResolver TARGET = Aggregates::target;

    private final CommandBus bus;
    private final EventStore store;
    private final ServerClock clock;
    private final long cachedAggregates;
    private final List<LedgerRepository<?>> repositories = new CopyOnWriteArrayList<>();

    /**
     * @param cachedAggregates how many aggregates of each type stay in memory; a learner's competence with 40 answers takes
     *                         about 20 kB
     */
    public Aggregates(CommandBus bus, EventStore store, ServerClock clock, long cachedAggregates) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
        this.cachedAggregates = cachedAggregates;
    }

    /**
     * Subscribes the commands that an aggregate type handles.
     *
     * @param unborn    the aggregate of a stream without events
     * @param resources what its handlers ask for besides the command and the {@link ServerClock}
     * @return where handlers of commands over several streams load the aggregate from
     */
    public <T extends LedgerAggregate<?>> LedgerRepository<T> register(
            Class<T> type, Function<UUID, T> unborn, Object... resources) {
        ParameterResolverFactory parameters = parameters(type, clock, resources);
        LedgerRepository<T> repository =
                LedgerRepository.of(type, unborn, store, new AggregateCache(cachedAggregates), parameters);
        repositories.add(repository);
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .parameterResolverFactory(parameters)
                .commandTargetResolver(TARGET)
                .repository(repository)
                .build()
                .subscribe(bus);
        return repository;
    }

    /** Subscribes an object whose annotated methods handle commands over several streams. */
    public void register(Object handler) {
        new AnnotationCommandHandlerAdapter<>(handler, parameters(handler.getClass(), clock)).subscribe(bus);
    }

    /** Forgets all aggregates in memory, for they may hold personal fields that were erased. At any time, by any thread. */
    public void forget() {
        repositories.forEach(LedgerRepository::forget);
    }

    static ParameterResolverFactory parameters(Class<?> type, ServerClock clock, Object... resources) {
        List<Object> all = new ArrayList<>(List.of(resources));
        all.add(clock);
        return MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(type), new SimpleResourceParameterResolverFactory(all));
    }

    private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
        Command command = (Command) message.getPayload();
        return new VersionedAggregateIdentifier(command.stream().toString(), null);
    }
}
