package fr.grandlivre.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeUsed;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.IdentityEvent.SignInDetached;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final Instant NOW = Instant.parse("2021-09-01T08:00:00Z");
    private static final Instant UNTIL = Instant.parse("2021-10-01T08:00:00Z");
    private static final AccountId ADA = AccountId.of("018f0000-0000-7000-8000-000000000001");
    private static final AccountId BLAISE = AccountId.of("018f0000-0000-7000-8000-000000000002");
    private static final UUID ACCOUNT = ADA.value();
    private static final AccountIdentity IDENTITY =
            new AccountIdentity("Ada", "Petit", LocalDate.of(2008, 2, 29), null);
    private static final WayIn SCHOOL = way("ecole", Optional.empty());
    private static final WayIn MAIL = way("courriel", Optional.empty());
    private static final String CODE = "bWFjIG9mIGEgY29kZQ";
    private static final UUID CODE_STREAM = StreamIds.attachCode(CODE);
    private static final AttachCodeIssued ISSUED = new AttachCodeIssued(ADA, CODE, UNTIL);

    private final LedgerScenario scenario = new LedgerScenario(NOW).with(Account::register);

    private static WayIn way(String provider, Optional<AccountId> named) {
        return new WayIn(provider, new SignInSubject("ada.petit"), "mac of " + provider, named);
    }

    private static SignInAttached attached(WayIn way) {
        return new SignInAttached(ADA, way.provider(), Personal.of(ACCOUNT, way.subject()));
    }

    private static SignInDetached detached(WayIn way) {
        return new SignInDetached(ADA, way.provider(), Personal.of(ACCOUNT, way.subject()));
    }

    private LedgerScenario withWay(WayIn way) {
        return scenario.given(ACCOUNT, attached(way)).given(way.stream(), new SignInTaken(ADA));
    }

    private LedgerScenario withCode() {
        return scenario.given(ACCOUNT, ISSUED).given(CODE_STREAM, new AttachCodeReserved(ADA));
    }

    @Test
    void a_free_way_is_attached_also_to_a_pupil_whose_school_gave_the_id() {
        scenario.when(new AttachSignIn(ADA, SCHOOL))
                .thenStream(ACCOUNT, attached(SCHOOL))
                .thenStream(SCHOOL.stream(), new SignInTaken(ADA));
    }

    @Test
    void a_way_that_leads_here_is_attached_once() {
        withWay(SCHOOL).when(new AttachSignIn(ADA, SCHOOL)).thenUnchanged();
    }

    @Test
    void a_way_leads_to_one_account() {
        withWay(SCHOOL)
                .when(new AttachSignIn(BLAISE, SCHOOL))
                .thenRefused(Refusal.SIGN_IN_TAKEN)
                .thenStream(BLAISE.value());
    }

    @Test
    void a_way_whose_provider_names_somebody_else_is_taken() {
        scenario.when(new AttachSignIn(ADA, way("ecole", Optional.of(BLAISE)))).thenRefused(Refusal.SIGN_IN_TAKEN);
        scenario.when(new AttachSignIn(ADA, way("ecole", Optional.of(ADA)))).thenRecorded();
    }

    @Test
    void one_of_two_ways_is_detached_once_and_then_free_for_others() {
        withWay(SCHOOL)
                .given(ACCOUNT, attached(MAIL))
                .given(MAIL.stream(), new SignInTaken(ADA))
                .when(new DetachSignIn(ADA, SCHOOL))
                .thenStream(ACCOUNT, attached(SCHOOL), attached(MAIL), detached(SCHOOL))
                .thenStream(SCHOOL.stream(), new SignInTaken(ADA), new SignInFreed(ADA))
                .when(new DetachSignIn(ADA, SCHOOL))
                .thenUnchanged()
                .when(new AttachSignIn(BLAISE, SCHOOL))
                .thenRecorded();
    }

    @Test
    void the_last_way_stays() {
        withWay(SCHOOL).when(new DetachSignIn(ADA, SCHOOL)).thenRefused(Refusal.LAST_SIGN_IN);
    }

    @Test
    void of_two_ways_detached_at_once_one_stays() {
        withWay(SCHOOL)
                .given(ACCOUNT, attached(MAIL))
                .given(MAIL.stream(), new SignInTaken(ADA))
                .when(new DetachSignIn(ADA, SCHOOL))
                .thenRecorded()
                .when(new DetachSignIn(ADA, MAIL))
                .thenRefused(Refusal.LAST_SIGN_IN);
    }

    @Test
    void somebody_without_an_account_opens_one_with_the_way_in_use() {
        scenario.when(new SignUp(ADA, IDENTITY, MAIL))
                .thenStream(ACCOUNT, new AccountOpened(ADA, Personal.of(ACCOUNT, IDENTITY)), attached(MAIL))
                .thenStream(MAIL.stream(), new SignInTaken(ADA))
                .when(new SignUp(BLAISE, IDENTITY, MAIL))
                .thenRefused(Refusal.SIGN_IN_TAKEN);
    }

    @Test
    void somebody_whom_the_school_names_has_an_account() {
        scenario.when(new SignUp(BLAISE, IDENTITY, way("ecole", Optional.of(ADA))))
                .thenRefused(Refusal.SIGN_IN_TAKEN);
    }

    @Test
    void a_way_that_was_detached_leads_nowhere_whatever_its_provider_says() {
        WayIn named = way("ecole", Optional.of(ADA));
        scenario.given(named.stream(), new SignInTaken(ADA), new SignInFreed(ADA))
                .when(new SignUp(BLAISE, IDENTITY, named))
                .thenRecorded();
    }

    @Test
    void a_code_lasts_thirty_days() {
        scenario.when(new IssueAttachCode(ADA, CODE))
                .thenStream(ACCOUNT, ISSUED)
                .thenStream(CODE_STREAM, new AttachCodeReserved(ADA));
    }

    @Test
    void a_code_that_was_drawn_before_is_drawn_again() {
        withCode().when(new IssueAttachCode(BLAISE, CODE)).thenRefused(Refusal.CODE_TAKEN);
    }

    @Test
    void a_code_attaches_one_way_once() {
        withCode()
                .when(new UseAttachCode(ADA, CODE, MAIL))
                .thenStream(ACCOUNT, ISSUED, attached(MAIL))
                .thenStream(MAIL.stream(), new SignInTaken(ADA))
                .thenStream(CODE_STREAM, new AttachCodeReserved(ADA), new AttachCodeUsed(ADA))
                .when(new UseAttachCode(ADA, CODE, SCHOOL))
                .thenRefused(Refusal.ATTACH_CODE_REFUSED);
    }

    @Test
    void a_code_is_accepted_up_to_its_last_millisecond() {
        withCode()
                .at(UNTIL.plusMillis(1))
                .when(new UseAttachCode(ADA, CODE, MAIL))
                .thenRefused(Refusal.ATTACH_CODE_REFUSED)
                .at(UNTIL)
                .when(new UseAttachCode(ADA, CODE, MAIL))
                .thenRecorded();
    }

    @Test
    void a_code_that_nobody_drew_or_for_somebody_else_is_refused_alike() {
        scenario.when(new UseAttachCode(ADA, CODE, MAIL)).thenRefused(Refusal.ATTACH_CODE_REFUSED);
        withCode().when(new UseAttachCode(BLAISE, CODE, MAIL)).thenRefused(Refusal.ATTACH_CODE_REFUSED);
    }

    @Test
    void a_newer_code_replaces_the_former() {
        withCode()
                .when(new IssueAttachCode(ADA, "YW5vdGhlcg"))
                .thenRecorded()
                .when(new UseAttachCode(ADA, CODE, MAIL))
                .thenRefused(Refusal.ATTACH_CODE_REFUSED)
                .when(new UseAttachCode(ADA, "YW5vdGhlcg", MAIL))
                .thenRecorded();
    }

    @Test
    void whoever_has_an_account_learns_nothing_about_codes() {
        withCode().given(MAIL.stream(), new SignInTaken(BLAISE));
        scenario.when(new UseAttachCode(ADA, CODE, MAIL)).thenRefused(Refusal.SIGN_IN_TAKEN);
        scenario.when(new UseAttachCode(ADA, "dW5rbm93bg", MAIL)).thenRefused(Refusal.SIGN_IN_TAKEN);
    }

    @Test
    void a_way_never_shows_the_person_in_logs() {
        assertThat(SCHOOL.toString()).contains("ecole").doesNotContain("ada");
    }
}
