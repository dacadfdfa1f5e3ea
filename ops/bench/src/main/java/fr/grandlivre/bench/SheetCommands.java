package fr.grandlivre.bench;

import fr.grandlivre.bench.Answers.Answer;
import fr.grandlivre.events.EventMetadata;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;

/** Commands to {@link Sheet} through Axon's gateway, over any event store. Closing it stops Axon. */
final class SheetCommands implements AutoCloseable {
    /** A learner answers about 40 challenges in one competence; then the caller goes on with a new stream. */
    private static final int ANSWERS_IN_A_STREAM = 40;

    private static final String[] HANDED_DOWN = {"actor", "role", "correlationId", "commandId", "salt"};

    private final Configuration axon;
    private final CommandGateway gateway;
    private final Answers answers;

    /**
     * @param store    sets the event store, and the command bus if it wants another than Axon's default
     * @param cache    of aggregates; null for none, Axon's default, which also looks for the target of a command by
     *                 reflection; with a cache, commands say their target, as the application's do
     * @param metadata names of metadata that commands carry; Axon hands them down to events
     */
    SheetCommands(Answers answers, @Nullable Cache cache, Consumer<Configurer> store) {
        this.answers = answers;
        AggregateConfigurer<Sheet> sheets = AggregateConfigurer.defaultConfiguration(Sheet.class);
        if (cache != null) {
            sheets.configureCache(_ -> cache);
            sheets.configureCommandTargetResolver(_ -> SheetCommands::target);
        }
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(_ -> JacksonSerializer.defaultSerializer())
                .configureCorrelationDataProviders(_ -> List.of(new SimpleCorrelationDataProvider(HANDED_DOWN)))
                .configureAggregate(sheets);
        store.accept(configurer);
        this.axon = configurer.start();
        this.gateway = axon.commandGateway();
    }

    private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
        return new VersionedAggregateIdentifier(((Sheet.OfSheet) message.getPayload()).stream(), null);
    }

    /** @return a caller whose every command begins a stream */
    Caller creating() {
        return () -> {
            Answer answer = answers.next();
            send(new Sheet.Start(IdentifierFactory.getInstance().generateIdentifier(), answer.event()), answer);
        };
    }

    /** @return a caller that adds to its own stream */
    Caller updating() {
        return new Caller() {
            private String stream = "";
            private int recorded = ANSWERS_IN_A_STREAM;

            @Override
            public void call() {
                Answer answer = answers.next();
                if (recorded == ANSWERS_IN_A_STREAM) {
                    stream = IdentifierFactory.getInstance().generateIdentifier();
                    recorded = 0;
                    send(new Sheet.Start(stream, answer.event()), answer);
                } else {
                    send(new Sheet.Record(stream, answer.event()), answer);
                }
                recorded++;
            }
        };
    }

    /** @return a caller that adds to streams that are there */
    Caller addingTo(Supplier<UUID> streams) {
        return () -> {
            Answer answer = answers.next();
            send(new Sheet.Record(streams.get().toString(), answer.event()), answer);
        };
    }

    private void send(Object command, Answer answer) {
        EventMetadata caller = answer.metadata();
        gateway.sendAndWait(new GenericCommandMessage<>(
                command,
                Map.of(
                        "actor", caller.actor().toString(),
                        "role", caller.role().name(),
                        "correlationId", caller.correlationId().toString(),
                        "commandId", caller.commandId().toString(),
                        "salt", caller.salt())));
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
