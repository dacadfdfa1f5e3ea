package fr.grandlivre.api.wiring;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.CallerCorrelation;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.campaign.Campaign;
import fr.grandlivre.command.certificate.Certificate;
import fr.grandlivre.command.certificate.Documents;
import fr.grandlivre.command.certificate.KeyMac;
import fr.grandlivre.command.evaluation.Evaluation;
import fr.grandlivre.command.framework.LedgerWithdrawals;
import fr.grandlivre.command.framework.PublishedFramework;
import fr.grandlivre.command.identity.Account;
import fr.grandlivre.command.privacy.AccessJournal;
import fr.grandlivre.command.privacy.PersonalFile;
import fr.grandlivre.command.school.School;
import fr.grandlivre.command.schoolreport.PublishedMentionRule;
import fr.grandlivre.command.session.Session;
import fr.grandlivre.command.verification.ReservedCode;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.CodeLength;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.axon.LedgerEventStore;
import fr.grandlivre.store.keys.KeyVault;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The command side over the store. The bus has no transaction manager: the append is the only write of a command. */
@Configuration(proxyBeanMethods = false)
class CommandWiring {
    /** A class at work, and more: about 20 kB for a learner's competence of 40 answers. */
    private static final long CACHED_AGGREGATES = 20_000;

    /** How long a withdrawal may take to reach everybody; a query a version and that long, not one a command. */
    private static final Duration WITHDRAWALS_KEPT = Duration.ofSeconds(5);

    @Bean
    ServerClock serverClock(Clock clock) {
        return new ServerClock(clock);
    }

    @Bean
    LedgerHistory ledgerHistory(LedgerReader reader, EventCodec codec, KeyVault vault) {
        return new StoredHistory(reader, codec, vault);
    }

    @Bean
    Withdrawals withdrawals(LedgerHistory history, Clock clock) {
        return new LedgerWithdrawals(history, clock, WITHDRAWALS_KEPT);
    }

    @Bean
    @Profile("!demo")
    RandomGenerator draws() {
        return new SecureRandom();
    }

    @Bean
    @Profile("demo")
    DemoDraws demoDraws() {
        return new DemoDraws();
    }

    /** The command bus is nobody else's: Axon would subscribe what it finds to one that it can see. */
    record CommandSide(SimpleCommandBus bus, Aggregates aggregates) {}

    @Bean
    Commands commands(CommandSide side, LedgerReader reader) {
        LedgerOutcomes outcomes = new LedgerOutcomes(reader);
        return new Commands(side.bus(), outcomes, outcomes);
    }

    @Bean
    Aggregates aggregates(CommandSide side) {
        return side.aggregates();
    }

    @Bean
    CommandSide commandSide(
            LedgerEventStore events,
            LedgerReader reader,
            LedgerHistory history,
            Withdrawals withdrawals,
            Frameworks frameworks,
            ServerClock clock,
            ViewPositions positions,
            SchoolReportQueries rosters,
            KeyMac keyMac,
            RandomGenerator draws,
            MeterRegistry meters) {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .messageMonitor(new CommandMeters(meters))
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .build();
        CorrelationDataProvider caller = new CallerCorrelation();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(caller));
        Aggregates aggregates = new Aggregates(bus, events, clock, CACHED_AGGREGATES);
        PublishedFramework.register(aggregates, frameworks, history);
        Account.register(aggregates, history);
        AccessJournal.register(aggregates);
        PersonalFile.register(aggregates, history);
        School.register(aggregates, new ViewedInes(new CaughtUpRosters(reader, positions), rosters));
        PublishedMentionRule.register(aggregates);
        Evaluation.register(aggregates, frameworks, withdrawals);
        Session.register(aggregates, frameworks, withdrawals, history);
        Campaign.register(aggregates, frameworks, withdrawals, history, draws);
        Certificate.register(
                aggregates,
                ReservedCode.register(aggregates),
                history,
                frameworks,
                keyMac,
                draws,
                () -> CodeLength.SHORTEST);
        Documents.register(aggregates);
        return new CommandSide(bus, aggregates);
    }
}
