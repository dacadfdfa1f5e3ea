package fr.grandlivre.bench;

import fr.grandlivre.bench.AnswerScripts.Script;
import fr.grandlivre.bench.AnswerScripts.Step;
import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Appends;
import fr.grandlivre.command.CallerCorrelation;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.Evaluation;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.Appended;
import fr.grandlivre.store.TimeOrderedId;
import fr.grandlivre.store.axon.AppendScope;
import fr.grandlivre.store.axon.LedgerEngine;
import fr.grandlivre.store.axon.LedgerEventStore;
import fr.grandlivre.store.keys.KeyVault;
import fr.grandlivre.store.keys.MasterKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;

/**
 * The command of which there are millions: a learner answers the challenge that is due. Graded, decided, its text sealed
 * with the learner's key, recorded with the level it moves, acknowledged; wired as the application wires it.
 */
final class RecordedAnswers {
    static final String NAME = "RecordAnswer, decided and graded";

    /** As the application has it. */
    private static final long CACHED_AGGREGATES = 20_000;

    private final Ledger ledger;
    private final AnswerScripts scripts;
    private final Clock clock = Clock.systemUTC();
    private final Commands commands;
    private final AtomicInteger nextLearner = new AtomicInteger();

    /** @param masterKey file that holds the master key; made when it is missing */
    RecordedAnswers(Ledger ledger, AnswerScripts scripts, Path masterKey) throws IOException {
        this.ledger = ledger;
        this.scripts = scripts;
        KeyVault vault = new KeyVault(ledger.app(), MasterKeyFile.openOrCreate(masterKey), clock);
        LedgerEngine engine =
                new LedgerEngine(ledger.writer(), ledger.reader(), new EventCodec(EventCatalog.standard()), vault);
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(new CallerCorrelation()));
        Aggregates aggregates = new Aggregates(
                bus, new LedgerEventStore(engine, ledger.tail()), new ServerClock(clock), CACHED_AGGREGATES);
        Evaluation.register(aggregates, Frameworks.shipped(), _ -> Set.of());
        commands = new Commands(bus, (_, _) -> Optional.empty(), new SeenAppends());
    }

    /** Works out what so many callers will answer at so many answers a second; what is there already is kept. */
    void prepare(int callers, int answersPerSecond, Pace pace) {
        scripts.prepare(
                nextLearner.get(),
                callers,
                Math.ceilDiv(answersPerSecond * pace.longest().toMillis(), 1_000));
    }

    AppendSubject subject() {
        return ledger.subject(NAME, Learner::new);
    }

    /** Answers what is due; when nothing is left to ask, the next learner begins. */
    private final class Learner implements Caller {
        private Script script = scripts.of(nextLearner.getAndIncrement());
        private int step;

        @Override
        public void call() {
            Step due = script.steps().get(step);
            UUID id = TimeOrderedId.next();
            Outcome outcome = commands.dispatch(
                    new RecordAnswer(
                            new AnswerId(id),
                            script.learner(),
                            due.competence(),
                            due.challenge(),
                            due.response(),
                            null,
                            null,
                            clock.instant()),
                    fr.grandlivre.command.Caller.first(id, script.learner().value(), Role.LEARNER, null));
            if (!(outcome instanceof Outcome.Recorded)) {
                throw new IllegalStateException("an answer was not recorded: " + outcome);
            }
            if (++step == script.steps().size()) {
                script = scripts.of(nextLearner.getAndIncrement());
                step = 0;
            }
        }
    }

    /** Learns from the engine where the events of a dispatch stand. */
    private static final class SeenAppends implements Appends {
        @Override
        public <R> Appends.Observed<R> observe(Supplier<R> dispatch) {
            try {
                AppendScope.Captured<R> captured = AppendScope.capture(dispatch::get);
                return new Appends.Observed<>(
                        captured.result(), captured.appended().map(SeenAppends::recorded));
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception checked) {
                throw new IllegalStateException("a supplier throws no checked exception", checked);
            }
        }

        private static Outcome.Recorded recorded(Appended appended) {
            return new Outcome.Recorded(
                    appended.lastPosition(), appended.stream(), appended.seq(), appended.replayed());
        }
    }
}
