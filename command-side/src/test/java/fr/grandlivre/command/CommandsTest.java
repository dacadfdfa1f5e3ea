package fr.grandlivre.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.identity.Account;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.identity.IdentityCommand.WithdrawRole;
import fr.grandlivre.events.ErasedPersonException;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final Instant NOW = Instant.parse("2021-09-01T08:00:00Z");
    private static final AccountId PERSON = AccountId.of("018f0000-0000-7000-8000-000000000001");
    private static final UUID COMMAND = UUID.fromString("018f0000-0000-7000-8000-00000000c0de");
    private static final AccountIdentity IDENTITY = new AccountIdentity("Ada", "Petit", null, null);
    private static final LocalDate DAY = LocalDate.of(2021, 9, 1);
    private static final GrantRole GRANT_JURY = new GrantRole(PERSON, Role.JURY, Scope.EVERYWHERE, DAY, null);
    private static final WithdrawRole WITHDRAW_JURY = new WithdrawRole(PERSON, Role.JURY, Scope.EVERYWHERE);

    private final LedgerScenario scenario = new LedgerScenario(NOW).with(Account::register);
    private final MemoryLedger ledger = scenario.ledger();

    @Test
    void a_recorded_command_learns_the_position_stream_and_sequence_of_its_last_event() {
        scenario.when(new OpenAccount(PERSON, IDENTITY)).when(GRANT_JURY);

        assertThat(scenario.outcome()).isEqualTo(new Outcome.Recorded(2, PERSON.value(), 1, false));
    }

    @Test
    void an_act_already_done_leaves_the_ledger_unchanged() {
        scenario.when(new OpenAccount(PERSON, IDENTITY))
                .when(new OpenAccount(PERSON, IDENTITY))
                .thenUnchanged();

        assertThat(ledger.appends()).isEqualTo(1);
    }

    @Test
    void a_command_sent_twice_gets_its_first_answer_when_nothing_would_be_recorded_now() {
        scenario.when(new OpenAccount(PERSON, IDENTITY), COMMAND).when(new OpenAccount(PERSON, IDENTITY), COMMAND);

        assertThat(scenario.outcome()).isEqualTo(new Outcome.Recorded(1, PERSON.value(), 0, true));
    }

    @Test
    void a_refusal_answers_with_its_code_and_fields() {
        scenario.when(GRANT_JURY).thenRefused(Refusal.UNKNOWN_ACCOUNT);
    }

    @Test
    void a_lost_race_is_decided_again_on_the_new_state() {
        scenario.when(new OpenAccount(PERSON, IDENTITY)).when(GRANT_JURY);
        ledger.beforeNextAppend(() ->
                ledger.given(NOW, PERSON.value(), new RoleGranted(PERSON, Role.AUDITOR, Scope.EVERYWHERE, DAY, null)));

        scenario.when(WITHDRAW_JURY).thenRecorded();

        assertThat(scenario.outcome()).isEqualTo(new Outcome.Recorded(4, PERSON.value(), 3, false));
    }

    @Test
    void what_names_an_erased_person_is_refused_whatever_the_command() {
        ledger.beforeNextAppend(() -> {
            throw new ErasedPersonException();
        });

        scenario.when(new OpenAccount(PERSON, IDENTITY)).thenRefused(Refusal.ERASED_ACCOUNT);
    }

    @Test
    void a_race_lost_ten_times_is_given_up() {
        scenario.when(new OpenAccount(PERSON, IDENTITY));
        ledger.beforeEachAppend(() ->
                ledger.given(NOW, PERSON.value(), new RoleGranted(PERSON, Role.AUDITOR, Scope.EVERYWHERE, DAY, null)));

        assertThatThrownBy(() -> scenario.when(GRANT_JURY)).isInstanceOf(ConcurrencyException.class);
        assertThat(ledger.appends()).isEqualTo(1 + Commands.MAX_TRIES);
    }

    @Test
    void a_failure_that_is_no_conflict_is_not_tried_again_and_leaves_no_stale_aggregate() {
        scenario.when(new OpenAccount(PERSON, IDENTITY));
        ledger.beforeNextAppend(() -> {
            throw new IllegalStateException("disk full");
        });

        assertThatThrownBy(() -> scenario.when(GRANT_JURY)).hasMessage("disk full");
        scenario.when(GRANT_JURY).thenRecorded();
    }

    @Test
    void an_error_in_the_append_leaves_no_stale_aggregate() {
        scenario.when(new OpenAccount(PERSON, IDENTITY));
        ledger.beforeNextAppend(() -> {
            throw new StackOverflowError("planted");
        });

        assertThatThrownBy(() -> scenario.when(GRANT_JURY)).isInstanceOf(StackOverflowError.class);
        scenario.when(GRANT_JURY).thenRecorded();
    }

    @Test
    void a_living_aggregate_is_read_once_and_an_unborn_one_is_not_kept() {
        scenario.when(new OpenAccount(PERSON, IDENTITY)).when(GRANT_JURY).when(WITHDRAW_JURY);
        assertThat(ledger.reads()).isEqualTo(1);

        AccountId nobody = AccountId.of("018f0000-0000-7000-8000-0000000000ff");
        WithdrawRole unknown = new WithdrawRole(nobody, Role.JURY, Scope.EVERYWHERE);
        scenario.when(unknown).when(unknown);
        assertThat(ledger.reads()).isEqualTo(3);
    }

    @Test
    void a_refusal_rests_on_the_ledger_and_keeps_the_aggregate_warm() {
        scenario.when(new OpenAccount(PERSON, IDENTITY)).when(GRANT_JURY);
        GrantRole withoutSchool = new GrantRole(PERSON, Role.HEAD, Scope.EVERYWHERE, DAY, null);

        scenario.when(withoutSchool).thenRefused(Refusal.SCOPE_MISSING);
        assertThat(ledger.reads()).isEqualTo(2);

        scenario.when(WITHDRAW_JURY).thenRecorded();
        assertThat(ledger.reads()).isEqualTo(2);
    }

    @Test
    void what_another_node_recorded_is_seen_before_a_command_is_refused_or_left_without_effect() {
        scenario.when(new OpenAccount(PERSON, IDENTITY)).when(GRANT_JURY);
        ledger.given(NOW, PERSON.value(), new RoleWithdrawn(PERSON, Role.JURY, Scope.EVERYWHERE));

        // On what this node remembers the role is granted, and granting it again would record nothing.
        scenario.when(GRANT_JURY).thenRecorded();

        ledger.given(NOW, PERSON.value(), new RoleWithdrawn(PERSON, Role.JURY, Scope.EVERYWHERE));
        scenario.when(WITHDRAW_JURY).thenUnchanged();
    }

    @Test
    void events_carry_who_acted_and_the_chain_they_belong_to() {
        UUID cause = UUID.fromString("018f0000-0000-7000-8000-00000000ca05");
        UUID chain = UUID.fromString("018f0000-0000-7000-8000-00000000c4a1");
        scenario.commands()
                .dispatch(
                        new OpenAccount(PERSON, IDENTITY),
                        new Caller(COMMAND, PERSON.value(), Role.SYSTEM, chain, cause, "secret"));

        assertThat(ledger.last().getMetaData())
                .containsEntry("actor", PERSON.toString())
                .containsEntry("role", "SYSTEM")
                .containsEntry("correlationId", chain.toString())
                .containsEntry("causationId", cause.toString())
                .hasSize(4);
        assertThat(ledger.last().getPayload())
                .isEqualTo(new AccountOpened(PERSON, Personal.of(PERSON.value(), IDENTITY)));
    }
}
