package fr.grandlivre.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.ErasedPersonException;
import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.store.Appended;
import fr.grandlivre.store.CommandReusedException;
import fr.grandlivre.store.Invariants;
import fr.grandlivre.store.Requests;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.TestLedger;
import fr.grandlivre.store.TimeOrderedId;
import fr.grandlivre.store.keys.KeyVault;
import fr.grandlivre.store.keys.MasterKeyFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerEngineTest {
    private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
    private static final UUID ACTOR = UUID.fromString("018f0000-0000-4000-8000-0000000000ac");

    @TempDir
    private Path directory;

    private TestLedger ledger;
    private KeyVault vault;
    private EventCodec codec;
    private LedgerEngine engine;
    private LedgerEventStore store;
    private EventSourcingRepository<Timers> repository;
    private SimpleCommandBus bus;
    private final UUID learner = UUID.randomUUID();

    /** Starts {@code count} timers of a learner. */
    record StartTimers(UUID learner, int count) {}

    /** Starts a timer for each of these learners. */
    record StartForAll(List<UUID> learners) {}

    /** Opens accounts. */
    record OpenAccounts(List<UUID> persons) {}

    /** The smallest aggregate that has state. */
    static class Timers {
        @AggregateIdentifier
        private UUID learner;

        private int started;

        Timers() {}

        static Timers started(UUID learner, int count) {
            Timers timers = new Timers();
            timers.learner = learner;
            timers.start(count);
            return timers;
        }

        void start(int count) {
            for (int i = 0; i < count; i++) {
                AggregateLifecycle.apply(new TimerStarted(
                        new LearnerId(learner), new ChallengeId("webSearch" + (started % 8 + 1) + "a"), START));
            }
        }

        void open() {
            AggregateLifecycle.apply(new AccountOpened(
                    new AccountId(learner), Personal.of(learner, new AccountIdentity("Martin", "Dupuis", null, null))));
        }

        @EventSourcingHandler
        void on(EvaluationEvent event) {
            if (event instanceof TimerStarted timer) {
                learner = timer.learner().value();
                started++;
            }
        }

        @EventSourcingHandler
        void on(AccountOpened event) {
            learner = event.person().value();
        }
    }

    @BeforeEach
    void create() throws Exception {
        ledger = TestLedger.create();
        vault = new KeyVault(
                ledger.app(), MasterKeyFile.openOrCreate(directory.resolve("master.key")), Clock.systemUTC());
        codec = new EventCodec(EventCatalog.standard());
        engine = new LedgerEngine(ledger.writer(), ledger.reader(), codec, vault);
        store = new LedgerEventStore(engine, ledger.tail());
        repository =
                EventSourcingRepository.builder(Timers.class).eventStore(store).build();
        bus = SimpleCommandBus.builder().build();
        bus.subscribe(StartTimers.class.getName(), message -> {
            StartTimers command = (StartTimers) message.getPayload();
            if (ledger.reader().lastSeq(command.learner()).isPresent()) {
                repository.load(command.learner().toString()).execute(timers -> timers.start(command.count()));
            } else {
                repository.newInstance(() -> Timers.started(command.learner(), command.count()));
            }
            return "done";
        });
        bus.subscribe(StartForAll.class.getName(), message -> {
            for (UUID one : ((StartForAll) message.getPayload()).learners()) {
                repository.newInstance(() -> Timers.started(one, 1));
            }
            return null;
        });
        bus.subscribe(OpenAccounts.class.getName(), message -> {
            for (UUID person : ((OpenAccounts) message.getPayload()).persons()) {
                repository.newInstance(() -> {
                    Timers account = new Timers();
                    account.learner = person;
                    account.open();
                    return account;
                });
            }
            return null;
        });
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_events_of_a_command_are_one_append_and_the_dispatcher_learns_the_position() throws Exception {
        AppendScope.Captured<Object> captured =
                AppendScope.capture(() -> dispatch(UUID.randomUUID(), new StartTimers(learner, 3)));

        assertThat(captured.result()).isEqualTo("done");
        Appended appended = captured.appended().orElseThrow();
        assertThat(appended.firstPosition()).isEqualTo(1);
        assertThat(appended.lastPosition()).isEqualTo(3);
        assertThat(appended.stream()).isEqualTo(learner);
        assertThat(appended.seq()).isEqualTo(2);
        Invariants.check(ledger);
    }

    @Test
    void an_aggregate_is_loaded_from_the_ledger_and_goes_on() {
        dispatch(UUID.randomUUID(), new StartTimers(learner, 2));
        dispatch(UUID.randomUUID(), new StartTimers(learner, 1));

        List<StoredEvent> events = ledger.reader().stream(learner, 0);
        assertThat(events).extracting(StoredEvent::seq).containsExactly(0, 1, 2);
        assertThat(codec.decode(
                        events.get(2).eventId(),
                        events.get(2).type(),
                        events.get(2).version(),
                        events.get(2).payload(),
                        vault))
                .isEqualTo(new TimerStarted(new LearnerId(learner), new ChallengeId("webSearch3a"), START));
        assertThat(store.lastSequenceNumberFor(learner.toString())).contains(2L);
        assertThat(store.lastSequenceNumberFor(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void metadata_says_who_acted_and_for_what_command() {
        UUID command = UUID.randomUUID();
        UUID correlation = UUID.randomUUID();
        UUID cause = UUID.randomUUID();
        FutureCallback<Object, Object> answer = new FutureCallback<>();
        bus.dispatch(
                message(command, new StartTimers(learner, 1))
                        .andMetaData(Map.of(
                                "correlationId", correlation.toString(), "causationId", cause, "role", Role.JURY)),
                answer);
        assertThat(answer.getResult().isExceptional()).isFalse();

        EventMetadata metadata =
                codec.decodeMetadata(ledger.reader().at(1).orElseThrow().metadata());
        assertThat(metadata.actor()).isEqualTo(ACTOR);
        assertThat(metadata.role()).isEqualTo(Role.JURY);
        assertThat(metadata.commandId()).isEqualTo(command);
        assertThat(metadata.correlationId()).isEqualTo(correlation);
        assertThat(metadata.causationId()).isEqualTo(cause);
        assertThat(metadata.salt()).hasSize(22);
    }

    @Test
    void the_same_command_twice_is_told_its_first_answer() {
        UUID command = UUID.randomUUID();
        dispatch(command, new StartTimers(learner, 2));

        assertThatThrownBy(() -> dispatch(command, new StartTimers(learner, 2)))
                .isInstanceOfSatisfying(
                        CommandReplayedException.class,
                        replayed ->
                                assertThat(replayed.first()).isEqualTo(new Appended(command, 1, 2, learner, 1, true)));
        assertThat(ledger.reader().head()).isEqualTo(2);
    }

    @Test
    void a_command_id_with_another_fingerprint_is_refused() {
        UUID command = UUID.randomUUID();
        dispatch(command, new StartTimers(learner, 1));

        FutureCallback<Object, Object> answer = new FutureCallback<>();
        bus.dispatch(message(command, new StartTimers(learner, 1)).andMetaData(Map.of("fingerprint", "AAAA")), answer);

        assertThat(answer.getResult().exceptionResult()).isInstanceOf(CommandReusedException.class);
    }

    @Test
    void a_command_that_lost_a_race_gets_a_concurrency_exception() {
        dispatch(UUID.randomUUID(), new StartTimers(learner, 1));
        bus.subscribe("overtaken", message -> {
            var timers = repository.load(learner.toString());
            ledger.writer().append(Requests.one(learner, 1)).join();
            timers.execute(loaded -> loaded.start(1));
            return null;
        });

        FutureCallback<Object, Object> answer = new FutureCallback<>();
        bus.dispatch(new GenericCommandMessage<>(new GenericMessage<>("x", caller()), "overtaken"), answer);

        assertThat(answer.getResult().exceptionResult()).isInstanceOf(ConcurrencyException.class);
        assertThat(ledger.reader().head()).isEqualTo(2);
    }

    @Test
    void a_command_over_ten_thousand_streams_is_one_transaction_and_its_keys_are_made_together() {
        List<UUID> persons = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            persons.add(TimeOrderedId.next());
        }

        dispatch(UUID.randomUUID(), new OpenAccounts(persons));

        assertThat(ledger.reader().head()).isEqualTo(10_001);
        assertThat(ledger.number("select count(distinct recorded_at) from ledger.event"))
                .isEqualTo(1);
        assertThat(ledger.number("select count(*) from keys.data_key")).isEqualTo(10_001);
        Invariants.check(ledger);
    }

    @Test
    void whoever_was_erased_gets_no_name_again_and_everything_else() {
        UUID erased = TimeOrderedId.next();
        erase(erased, DataClass.IDENTITY);
        UUID other = TimeOrderedId.next();
        erase(other, DataClass.ANSWERS);

        assertThatThrownBy(() -> dispatch(UUID.randomUUID(), new OpenAccounts(List.of(other, erased))))
                .isInstanceOf(ErasedPersonException.class);
        assertThat(ledger.reader().head()).as("all or nothing").isEqualTo(2);
        assertThat(ledger.number("select count(*) from keys.data_key")).isZero();

        dispatch(UUID.randomUUID(), new OpenAccounts(List.of(other)));
        dispatch(UUID.randomUUID(), new StartTimers(erased, 1));
        assertThat(ledger.reader().head()).isEqualTo(4);
    }

    private void erase(UUID person, DataClass dataClass) {
        AccountId account = new AccountId(person);
        bus.subscribe("erase", _ -> {
            repository.newInstance(() -> {
                Timers file = new Timers();
                file.learner = StreamIds.erasures(account);
                AggregateLifecycle.apply(
                        new PersonErased(account, List.of(dataClass), List.of(), Basis.PERSON_REQUEST));
                return file;
            });
            return null;
        });
        FutureCallback<Object, Object> answer = new FutureCallback<>();
        bus.dispatch(new GenericCommandMessage<>(new GenericMessage<>("x", caller()), "erase"), answer);
        assertThat(answer.getResult().isExceptional()).isFalse();
    }

    @Test
    void an_error_in_the_append_rolls_back_like_an_exception() {
        PersonalVault failing = new PersonalVault() {
            @Override
            public SealedField seal(FieldContext context, UUID person, byte[] plaintext) {
                throw new AssertionError("planted");
            }

            @Override
            public Optional<Opened> open(FieldContext context, SealedField field) {
                return Optional.empty();
            }
        };
        LedgerEngine broken = new LedgerEngine(ledger.writer(), ledger.reader(), codec, failing);
        var event = new GenericDomainEventMessage<>(
                "identity",
                learner.toString(),
                0,
                new AccountOpened(
                        new AccountId(learner),
                        Personal.of(learner, new AccountIdentity("Martin", "Dupuis", null, null))));
        var unitOfWork = DefaultUnitOfWork.startAndGet(message(UUID.randomUUID(), "x"));
        try {
            assertThatThrownBy(() -> broken.appendEvents(List.of(event)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(AssertionError.class);
        } finally {
            unitOfWork.rollback();
        }
    }

    @Test
    void events_outside_a_command_are_refused() {
        assertThatThrownBy(() -> store.publish(GenericEventMessage.asEventMessage("x")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_stream_follows_from_its_token_and_is_woken_at_once() throws Exception {
        AtomicInteger woken = new AtomicInteger();
        try (var stream = store.openStream(new GlobalSequenceTrackingToken(1))) {
            assertThat(stream.setOnAvailableCallback(woken::incrementAndGet)).isTrue();
            assertThat(woken).as("announced at registration").hasValue(1);
            assertThat(stream.hasNextAvailable()).isFalse();

            dispatch(UUID.randomUUID(), new StartTimers(learner, 3));

            assertThat(woken).hasValue(2);
            assertThat(stream.hasNextAvailable(1, TimeUnit.SECONDS)).isTrue();
            assertThat(stream.peek().orElseThrow().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
            assertThat(stream.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
            assertThat(stream.nextAvailable().getPayload())
                    .as("as stored: a follower decodes what it wants")
                    .isInstanceOfSatisfying(
                            StoredEvent.class,
                            stored -> assertThat(stored.type()).isEqualTo("evaluation.timer-started"));
            assertThat(stream.hasNextAvailable()).isFalse();
        }
        dispatch(UUID.randomUUID(), new StartTimers(learner, 1));
        assertThat(woken).as("not woken after closing").hasValue(2);
    }

    @Test
    void a_stream_without_a_token_begins_at_the_first_event_and_reads_beyond_a_page() throws Exception {
        dispatch(UUID.randomUUID(), new StartTimers(learner, LedgerEngine.PAGE + 10));
        List<Long> positions = new ArrayList<>();
        try (var stream = store.openStream(null)) {
            while (stream.hasNextAvailable()) {
                positions.add(stream.nextAvailable().trackingToken().position().orElseThrow());
            }
        }
        assertThat(positions).hasSize(LedgerEngine.PAGE + 10).startsWith(1L, 2L).isSorted();
        try (var events = engine.readEvents(null, false)) {
            assertThat(events).hasSize(LedgerEngine.PAGE + 10);
        }
    }

    @Test
    void streams_share_what_one_of_them_has_read_and_one_far_behind_misses_nothing() throws Exception {
        dispatch(UUID.randomUUID(), new StartTimers(learner, 3));
        try (var first = store.openStream(null);
                var second = store.openStream(null);
                var late = store.openStream(null)) {
            for (long position = 1; position <= 3; position++) {
                assertThat(second.nextAvailable()).isSameAs(first.nextAvailable());
            }
            int many = RecentEvents.KEPT + 10;
            dispatch(UUID.randomUUID(), new StartTimers(learner, many));
            for (long position = 4; position <= many + 3; position++) {
                assertThat(first.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(position));
            }
            for (long position = 1; position <= many + 3; position++) {
                assertThat(late.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(position));
            }
            assertThat(late.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void tokens_stand_for_the_beginning_the_end_and_a_time() {
        assertThat(store.createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(store.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        dispatch(UUID.randomUUID(), new StartTimers(learner, 2));
        Instant recorded = ledger.reader().at(2).orElseThrow().recordedAt();

        assertThat(store.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
        assertThat(store.createTokenAt(recorded)).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(store.createTokenAt(recorded.plusMillis(1))).isEqualTo(new GlobalSequenceTrackingToken(2));
    }

    @Test
    void personal_fields_are_sealed_at_rest_and_erased_with_the_key() {
        dispatch(UUID.randomUUID(), new OpenAccounts(List.of(learner)));
        StoredEvent stored = ledger.reader().at(1).orElseThrow();
        assertThat(new String(stored.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("Dupuis");
        assertThat(opened().sealed().value()).map(AccountIdentity::lastName).isEqualTo(Optional.of("Dupuis"));

        vault.erase(learner, Set.of(DataClass.IDENTITY));

        assertThat(opened().sealed()).isEqualTo(new Personal.Erased<>());
    }

    @Test
    void identifiers_of_axon_grow_with_time() {
        String first = IdentifierFactory.getInstance().generateIdentifier();
        String second = IdentifierFactory.getInstance().generateIdentifier();

        assertThat(first).isLessThan(second);
        assertThat(UUID.fromString(first).version()).isEqualTo(7);
        assertThat(UUID.fromString(first).variant()).isEqualTo(2);
    }

    @Test
    void a_command_over_two_streams_records_both() {
        UUID other = UUID.randomUUID();
        dispatch(UUID.randomUUID(), new StartForAll(List.of(learner, other)));

        assertThat(ledger.reader().lastSeq(learner)).hasValue(0);
        assertThat(ledger.reader().lastSeq(other)).hasValue(0);
        assertThat(ledger.number("select count(*) from ledger.command_receipt")).isEqualTo(1);
    }

    private AccountOpened opened() {
        return (AccountOpened) store.readEvents(learner.toString()).next().getPayload();
    }

    private Object dispatch(UUID command, Object payload) {
        FutureCallback<Object, Object> answer = new FutureCallback<>();
        bus.dispatch(message(command, payload), answer);
        if (answer.getResult().isExceptional()) {
            throw (RuntimeException) answer.getResult().exceptionResult();
        }
        return answer.getResult().getPayload();
    }

    private static CommandMessage<Object> message(UUID id, Object payload) {
        return new GenericCommandMessage<>(
                new GenericMessage<>(id.toString(), payload, caller()),
                payload.getClass().getName());
    }

    private static MetaData caller() {
        return MetaData.with("actor", ACTOR.toString()).and("role", "learner");
    }
}
