package fr.grandlivre.command;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.identity.Account;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ManyCallersTest {
    private static final int CALLERS = 16;
    private static final int ACTS = 50;
    private static final LocalDate DAY = LocalDate.of(2021, 9, 1);

    private final LedgerScenario scenario =
            new LedgerScenario(Instant.parse("2021-09-01T08:00:00Z")).with(Account::register);

    @Test
    void many_callers_of_few_streams_lose_nothing_and_record_nothing_twice() throws Exception {
        List<AccountId> people = List.of(new AccountId(new UUID(1, 1)), new AccountId(new UUID(1, 2)));
        people.forEach(
                person -> scenario.when(new OpenAccount(person, new AccountIdentity("Ada", "Petit", null, null))));

        List<Future<List<Outcome>>> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                answers.add(callers.submit(acts(caller, people.get(caller % people.size()))));
            }
        }

        for (Future<List<Outcome>> answer : answers) {
            assertThat(answer.get()).hasSize(ACTS).allMatch(outcome -> outcome instanceof Outcome.Recorded);
        }
        for (AccountId person : people) {
            assertThat(scenario.stream(person.value()))
                    .hasSize(1 + CALLERS / people.size() * ACTS)
                    .doesNotHaveDuplicates();
        }
    }

    private Callable<List<Outcome>> acts(int caller, AccountId person) {
        return () -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (int act = 0; act < ACTS; act++) {
                GrantRole grant = new GrantRole(
                        person, Role.JURY, Scope.EVERYWHERE, DAY.plusDays((long) caller * ACTS + act), null);
                outcomes.add(scenario.commands()
                        .dispatch(
                                grant, Caller.first(new UUID(caller, act + 10L), person.value(), Role.OPERATOR, null)));
            }
            return outcomes;
        };
    }
}
