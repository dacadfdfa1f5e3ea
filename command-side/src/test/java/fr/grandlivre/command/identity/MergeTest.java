package fr.grandlivre.command.identity;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.MergeAccounts;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeUsed;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.MergeBasis;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two accounts of Ada's: the one of today goes on, the one of her former school ends. */
class MergeTest {
    private static final Instant NOW = Instant.parse("2021-09-01T08:00:00Z");
    private static final Instant UNTIL = Instant.parse("2021-10-01T08:00:00Z");
    private static final AccountId TODAY = AccountId.of("018f0000-0000-7000-8000-000000000001");
    private static final AccountId FORMER = AccountId.of("018f0000-0000-7000-8000-000000000002");
    private static final AccountId THIRD = AccountId.of("018f0000-0000-7000-8000-000000000003");
    private static final WayIn SCHOOL = way("ecole");
    private static final WayIn MAIL = way("courriel");
    private static final String CODE = "bWFjIG9mIGEgY29kZQ";
    private static final UUID CODE_STREAM = StreamIds.attachCode(CODE);
    private static final AttachCodeIssued ISSUED = new AttachCodeIssued(FORMER, CODE, UNTIL);
    private static final SignInAttached ATTACHED = attached(FORMER);
    private static final AccountsMerged MERGED = new AccountsMerged(TODAY, FORMER, MergeBasis.ATTACH_CODE);
    private static final MergeAccounts MERGE = new MergeAccounts(TODAY, FORMER, CODE, List.of(SCHOOL));
    private static final ExamId EXAM = new ExamId(UUID.fromString("018f0000-0000-7000-8000-0000000000e0"));

    private final LedgerScenario scenario = new LedgerScenario(NOW)
            .with(Account::register)
            .given(FORMER.value(), ATTACHED, ISSUED)
            .given(SCHOOL.stream(), new SignInTaken(FORMER))
            .given(CODE_STREAM, new AttachCodeReserved(FORMER));

    private static WayIn way(String provider) {
        return new WayIn(provider, new SignInSubject("ada.petit"), "mac of " + provider, Optional.empty());
    }

    private static SignInAttached attached(AccountId person) {
        return new SignInAttached(person, "ecole", Personal.of(person.value(), new SignInSubject("ada.petit")));
    }

    @Test
    void one_account_goes_on_and_every_way_leads_to_it() {
        scenario.when(MERGE)
                .thenStream(TODAY.value(), MERGED, attached(TODAY))
                .thenStream(FORMER.value(), ATTACHED, ISSUED, new AccountAbsorbed(FORMER, TODAY))
                .thenStream(SCHOOL.stream(), new SignInTaken(FORMER), new SignInTaken(TODAY))
                .thenStream(CODE_STREAM, new AttachCodeReserved(FORMER), new AttachCodeUsed(FORMER));
    }

    @Test
    void two_accounts_merge_once() {
        scenario.when(MERGE)
                .thenRecorded()
                .when(MERGE)
                .thenUnchanged()
                .thenStream(TODAY.value(), MERGED, attached(TODAY));
    }

    @Test
    void an_account_is_not_merged_with_itself() {
        scenario.when(new MergeAccounts(FORMER, FORMER, CODE, List.of(SCHOOL))).thenRefused(Refusal.SAME_ACCOUNT);
    }

    @Test
    void an_account_that_ended_merges_with_no_third_one_and_absorbs_none() {
        String other = "YW5vdGhlcg";
        scenario.when(MERGE)
                .when(new MergeAccounts(THIRD, FORMER, CODE, List.of(SCHOOL)))
                .thenRefused(Refusal.ALREADY_MERGED)
                .given(TODAY.value(), new AttachCodeIssued(TODAY, other, UNTIL))
                .given(StreamIds.attachCode(other), new AttachCodeReserved(TODAY))
                .when(new MergeAccounts(FORMER, TODAY, other, List.of(SCHOOL)))
                .thenRefused(Refusal.ALREADY_MERGED);
    }

    @Test
    void nothing_more_happens_to_an_account_that_ended() {
        scenario.when(MERGE)
                .when(new IssueAttachCode(FORMER, "bmV3"))
                .thenRefused(Refusal.ALREADY_MERGED)
                .when(new AttachSignIn(FORMER, MAIL))
                .thenRefused(Refusal.ALREADY_MERGED);
    }

    @Test
    void only_the_latest_code_proves_an_account_and_only_until_its_end() {
        scenario.when(new MergeAccounts(TODAY, FORMER, "d3Jvbmc", List.of(SCHOOL)))
                .thenRefused(Refusal.ATTACH_CODE_REFUSED)
                .given(FORMER.value(), new AttachCodeIssued(FORMER, "bmV3", UNTIL))
                .when(MERGE)
                .thenRefused(Refusal.ATTACH_CODE_REFUSED);
        new LedgerScenario(UNTIL.plusMillis(1))
                .with(Account::register)
                .given(FORMER.value(), ISSUED)
                .given(CODE_STREAM, new AttachCodeReserved(FORMER))
                .when(new MergeAccounts(TODAY, FORMER, CODE, List.of()))
                .thenRefused(Refusal.ATTACH_CODE_REFUSED);
    }

    @Test
    void nobody_in_the_middle_of_an_exam_is_merged() {
        for (AccountId sitting : List.of(TODAY, FORMER)) {
            LearnerId learner = new LearnerId(sitting.value());
            scenario.given(StreamIds.examSlot(learner), new ExamSlotTaken(learner, EXAM))
                    .when(MERGE)
                    .thenRefused(Refusal.EXAM_RUNNING)
                    .given(StreamIds.examSlot(learner), new ExamSlotReleased(learner, EXAM));
        }
        scenario.when(MERGE).thenRecorded();
    }

    @Test
    void nobody_who_was_erased_is_merged() {
        scenario.given(
                        StreamIds.erasures(TODAY),
                        new PersonErased(TODAY, List.of(DataClass.IDENTITY), List.of(), Basis.PERSON_REQUEST))
                .when(MERGE)
                .thenRefused(Refusal.ERASED_ACCOUNT);
    }

    @Test
    void a_way_that_the_preview_did_not_know_stops_the_merge() {
        scenario.when(new MergeAccounts(TODAY, FORMER, CODE, List.of()))
                .thenRefused(Refusal.STATE_CHANGED_SINCE_PREVIEW);
    }
}
