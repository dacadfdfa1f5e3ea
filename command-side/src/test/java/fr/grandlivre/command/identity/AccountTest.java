package fr.grandlivre.command.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.IdentityCommand.CorrectIdentity;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.identity.IdentityCommand.WithdrawRole;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.IdentityCorrected;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final AccountId PERSON = AccountId.of("018f0000-0000-7000-8000-000000000001");
    private static final AccountIdentity IDENTITY =
            new AccountIdentity("Ada", "Petit", LocalDate.of(2008, 2, 29), null);
    private static final AccountOpened OPENED = new AccountOpened(PERSON, Personal.of(PERSON.value(), IDENTITY));
    private static final AccountIdentity RIGHT =
            new AccountIdentity("Ada", "Petit-Lenoir", LocalDate.of(2008, 2, 28), null);
    private static final IdentityCorrected CORRECTED =
            new IdentityCorrected(PERSON, Personal.of(PERSON.value(), RIGHT));
    private static final Scope SCHOOL = new Scope(new Uai("0750001A"), null);
    private static final LocalDate FIRST = LocalDate.of(2021, 9, 1);
    private static final LocalDate LAST = LocalDate.of(2022, 8, 31);

    private final FixtureConfiguration<Account> account =
            LedgerFixture.of(Account.class, Account::new, Instant.parse("2021-09-01T08:00:00Z"));

    @Test
    void an_account_is_opened_for_somebody_new() {
        account.givenNoPriorActivity().when(new OpenAccount(PERSON, IDENTITY)).expectEvents(OPENED);
    }

    @Test
    void an_account_opened_twice_is_opened_once() {
        account.given(OPENED)
                .when(new OpenAccount(PERSON, IDENTITY))
                .expectNoEvents()
                .expectResultMessagePayload(Decision.Accepted.nothing());
    }

    @Test
    void a_wrong_name_is_corrected_and_the_first_one_stays_where_it_is() {
        account.given(OPENED).when(new CorrectIdentity(PERSON, RIGHT)).expectEvents(CORRECTED);
    }

    @Test
    void a_name_that_is_right_is_not_corrected() {
        account.given(OPENED, CORRECTED)
                .when(new CorrectIdentity(PERSON, RIGHT))
                .expectNoEvents();
        account.given(OPENED, CORRECTED)
                .when(new CorrectIdentity(PERSON, IDENTITY))
                .expectEvents(new IdentityCorrected(PERSON, Personal.of(PERSON.value(), IDENTITY)));
    }

    @Test
    void a_name_that_the_ledger_was_never_told_is_not_corrected_here() {
        IdentityEvent began =
                new AttachCodeIssued(PERSON, "mac of the code", Instant.parse("2022-06-15T08:00:00.000Z"));

        account.given(began)
                .when(new CorrectIdentity(PERSON, RIGHT))
                .expectNoEvents()
                .expectResultMessagePayload(new Refused(Refusal.UNKNOWN_ACCOUNT));
    }

    @Test
    void a_role_is_granted_within_its_scope_and_days() {
        account.given(OPENED)
                .when(new GrantRole(PERSON, Role.HEAD, SCHOOL, FIRST, LAST))
                .expectEvents(new RoleGranted(PERSON, Role.HEAD, SCHOOL, FIRST, LAST));
    }

    @Test
    void the_same_role_for_the_same_days_is_granted_once() {
        account.given(OPENED, new RoleGranted(PERSON, Role.HEAD, SCHOOL, FIRST, LAST))
                .when(new GrantRole(PERSON, Role.HEAD, SCHOOL, FIRST, LAST))
                .expectNoEvents();
    }

    @Test
    void a_role_held_may_be_granted_for_other_days() {
        account.given(OPENED, new RoleGranted(PERSON, Role.HEAD, SCHOOL, FIRST, LAST))
                .when(new GrantRole(PERSON, Role.HEAD, SCHOOL, FIRST, null))
                .expectEvents(new RoleGranted(PERSON, Role.HEAD, SCHOOL, FIRST, null));
    }

    @Test
    void an_account_that_began_with_a_way_to_sign_in_can_still_be_told_whose_it_is() {
        IdentityEvent began =
                new AttachCodeIssued(PERSON, "mac of the code", Instant.parse("2022-06-15T08:00:00.000Z"));

        account.given(began).when(new OpenAccount(PERSON, IDENTITY)).expectEvents(OPENED);
        account.given(began, OPENED).when(new OpenAccount(PERSON, IDENTITY)).expectNoEvents();
    }

    @Test
    void an_invigilator_belongs_to_a_school_or_to_a_session() {
        account.given(OPENED)
                .when(new GrantRole(PERSON, Role.INVIGILATOR, SCHOOL, FIRST, null))
                .expectEvents(new RoleGranted(PERSON, Role.INVIGILATOR, SCHOOL, FIRST, null));
    }

    @Test
    void a_teacher_a_head_and_an_invigilator_of_nowhere_are_refused() {
        for (Role role : new Role[] {Role.TEACHER, Role.HEAD, Role.INVIGILATOR}) {
            account.given(OPENED)
                    .when(new GrantRole(PERSON, role, Scope.EVERYWHERE, FIRST, null))
                    .expectResultMessagePayload(new Refused(Refusal.SCOPE_MISSING, Map.of("role", role.name())))
                    .expectNoEvents();
        }
    }

    @Test
    void a_role_that_ends_before_it_begins_is_refused() {
        account.given(OPENED)
                .when(new GrantRole(PERSON, Role.JURY, Scope.EVERYWHERE, LAST, FIRST))
                .expectResultMessagePayload(new Refused(Refusal.DATES_INVERTED))
                .expectNoEvents();
    }

    @Test
    void a_role_that_is_not_granted_by_an_act_is_no_command() {
        assertThatThrownBy(() -> new GrantRole(PERSON, Role.SYSTEM, Scope.EVERYWHERE, FIRST, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_role_is_withdrawn_once() {
        RoleGranted granted = new RoleGranted(PERSON, Role.JURY, Scope.EVERYWHERE, FIRST, null);
        RoleWithdrawn withdrawn = new RoleWithdrawn(PERSON, Role.JURY, Scope.EVERYWHERE);
        WithdrawRole withdraw = new WithdrawRole(PERSON, Role.JURY, Scope.EVERYWHERE);

        account.given(OPENED, granted).when(withdraw).expectEvents(withdrawn);
        account.given(OPENED, granted, withdrawn).when(withdraw).expectNoEvents();
    }

    @Test
    void a_role_withdrawn_may_be_granted_again() {
        RoleGranted granted = new RoleGranted(PERSON, Role.JURY, Scope.EVERYWHERE, FIRST, null);
        account.given(OPENED, granted, new RoleWithdrawn(PERSON, Role.JURY, Scope.EVERYWHERE))
                .when(new GrantRole(PERSON, Role.JURY, Scope.EVERYWHERE, FIRST, null))
                .expectEvents(granted);
    }
}
