package fr.grandlivre.store.axon;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.TestLedger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

class LedgerEventStoreTest {
    private static final UUID ACTOR = UUID.randomUUID();

    @Test
    void a_pooled_processor_handles_every_event_once_and_in_order() throws Exception {
        BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        var coordinator = Executors.newSingleThreadScheduledExecutor();
        var worker = Executors.newSingleThreadScheduledExecutor();
        try (TestLedger ledger = TestLedger.create()) {
            LedgerEngine engine = new LedgerEngine(
                    ledger.writer(), ledger.reader(), new EventCodec(EventCatalog.standard()), new NoVault());
            LedgerEventStore store = new LedgerEventStore(engine, ledger.tail());
            append(engine);
            PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                    .name("test")
                    .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                            .eventHandlers(new Recording(handled))
                            .build())
                    .tokenStore(new InMemoryTokenStore())
                    .transactionManager(NoTransactionManager.instance())
                    .messageSource(store)
                    .coordinatorExecutor(coordinator)
                    .workerExecutor(worker)
                    .initialSegmentCount(1)
                    .initialToken(source -> source.createTailToken())
                    .build();
            processor.start();
            try {
                assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
                for (long position = 2; position <= 40; position++) {
                    append(engine);
                    assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(position);
                }
            } finally {
                processor.shutDown();
            }
        } finally {
            coordinator.shutdownNow();
            worker.shutdownNow();
        }
    }

    private static void append(LedgerEngine engine) {
        UUID learner = UUID.randomUUID();
        DomainEventMessage<?> event = new GenericDomainEventMessage<>(
                "evaluation",
                learner.toString(),
                0,
                new TimerStarted(new LearnerId(learner), new ChallengeId("webSearch1a"), Instant.EPOCH));
        var command = new GenericCommandMessage<>(
                new GenericMessage<>("x", MetaData.with("actor", ACTOR).and("role", "learner")), "x");
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(command);
        unitOfWork.onPrepareCommit(_ -> engine.appendEvents(List.of(event)));
        unitOfWork.commit();
    }

    /** Leaves the position of every event it is given. */
    record Recording(BlockingQueue<Long> handled) {
        @EventHandler
        void on(StoredEvent stored, TrackingToken token) {
            assertThat(stored.type()).isEqualTo("evaluation.timer-started");
            assertThat(token.position()).hasValue(stored.position());
            handled.add(stored.position());
        }
    }

    private static final class NoVault implements PersonalVault {
        @Override
        public SealedField seal(FieldContext context, UUID person, byte[] plaintext) {
            throw new AssertionError("nothing personal here");
        }

        @Override
        public Optional<Opened> open(FieldContext context, SealedField field) {
            return Optional.empty();
        }
    }
}
