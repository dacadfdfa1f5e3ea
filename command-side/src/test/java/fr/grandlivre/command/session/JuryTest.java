package fr.grandlivre.command.session;

import static fr.grandlivre.command.session.Sessions.ADA;
import static fr.grandlivre.command.session.Sessions.CANDIDATE;
import static fr.grandlivre.command.session.Sessions.EXAM;
import static fr.grandlivre.command.session.Sessions.IDENTITY;
import static fr.grandlivre.command.session.Sessions.SESSION;
import static fr.grandlivre.command.session.Sessions.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.JuryCommand.ResolveIssue;
import fr.grandlivre.command.session.JuryCommand.ScoreExam;
import fr.grandlivre.command.session.JuryCommand.WithdrawJuryAct;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.ExamComment;
import fr.grandlivre.events.session.JuryReason;
import fr.grandlivre.events.session.SessionComment;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.QuestionNeutralised;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.evaluation.Response;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An exam of five questions, the last two answered wrong: 60 %, so that every level of 1 falls to 0. */
class JuryTest {
    private static final Response RIGHT = new Response.Chosen(List.of(0));
    private static final Response WRONG = new Response.Chosen(List.of(2));
    private static final String WORDS = "Le site était indisponible.";
    private static final AccountId ONE = AccountId.of("018f0000-0000-7000-8000-00000000a001");
    private static final AccountId OTHER = AccountId.of("018f0000-0000-7000-8000-00000000a002");
    private static final UUID ACT = UUID.fromString("018f0000-0000-7000-8000-00000000ac01");
    private static final UUID ACT_2 = UUID.fromString("018f0000-0000-7000-8000-00000000ac02");
    private static final UUID ISSUE = UUID.fromString("018f0000-0000-7000-8000-0000000015e1");

    private static LedgerScenario ended(int right) {
        LedgerScenario scenario = Sessions.running();
        for (int number = 1; number <= 5; number++) {
            scenario.when(new RecordExamAnswer(EXAM, number, number <= right ? RIGHT : WRONG, null, START))
                    .thenRecorded();
        }
        return scenario.when(new EndExam(EXAM, EndReason.COMPLETED)).thenRecorded();
    }

    private static LedgerScenario finalised(int right) {
        return ended(right)
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .thenRecorded()
                .when(new ScoreExam(SESSION, EXAM))
                .thenRecorded();
    }

    private static LedgerScenario published(int right) {
        return finalised(right).when(new PublishSession(SESSION)).thenRecorded();
    }

    private static PerformJuryAct perform(JuryAct act) {
        return new PerformJuryAct(EXAM, act);
    }

    private static JuryAct act(JuryActKind kind) {
        return JuryAct.of(kind, ReasonCode.JURY, WORDS);
    }

    private static JuryAct onQuestion(JuryActKind kind, @Nullable Integer number) {
        return new JuryAct(kind, ReasonCode.JURY, WORDS, number, null, null);
    }

    private static JuryAct neutralise(int number) {
        return onQuestion(JuryActKind.NEUTRALISE_QUESTION, number);
    }

    private static JuryAct identity(String firstName) {
        return new JuryAct(
                JuryActKind.CORRECT_IDENTITY,
                ReasonCode.IDENTITY_CORRECTED,
                WORDS,
                null,
                null,
                new CandidateIdentity(firstName, IDENTITY.lastName(), IDENTITY.birthDate(), IDENTITY.birthPlace()));
    }

    private static ProposeJuryAct propose(UUID id, JuryAct act) {
        return new ProposeJuryAct(id, EXAM, act, ONE);
    }

    private static ConfirmJuryAct confirm(UUID id, AccountId by) {
        return new ConfirmJuryAct(EXAM, id, by);
    }

    private static ExamScored result(LedgerScenario scenario) {
        return scenario.stream(EXAM.value()).stream()
                .filter(ExamScored.class::isInstance)
                .map(ExamScored.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static List<? extends Class<?>> kinds(LedgerScenario scenario, int last) {
        List<LedgerEvent> stream = scenario.stream(EXAM.value());
        return stream.subList(stream.size() - last, stream.size()).stream()
                .map(LedgerEvent::getClass)
                .toList();
    }

    private static IssueReported issue(String category, @Nullable Integer number) {
        return new IssueReported(SESSION, ISSUE, CANDIDATE, category, number, null);
    }

    @Test
    void before_finalisation_a_jury_does_nothing() {
        LedgerScenario scenario = ended(3);
        scenario.when(perform(neutralise(4)))
                .thenRefused(Refusal.SESSION_NOT_FINALISED)
                .when(propose(ACT, neutralise(4)))
                .thenRefused(Refusal.SESSION_NOT_FINALISED)
                .when(new CommentExam(EXAM, false, "vu"))
                .thenRefused(Refusal.SESSION_NOT_FINALISED)
                .when(new AssignOfficer(SESSION, ONE))
                .thenRefused(Refusal.SESSION_NOT_FINALISED)
                .when(new ResolveIssue(SESSION, ISSUE, Resolution.NO_EFFECT))
                .thenRefused(Refusal.SESSION_NOT_FINALISED);
    }

    @Test
    void an_exam_that_nobody_sat_is_unknown() {
        ExamId nobody = new ExamId(ACT);
        Sessions.scenario()
                .when(new PerformJuryAct(nobody, act(JuryActKind.CANCEL_EXAM)))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new ProposeJuryAct(ACT, nobody, act(JuryActKind.CANCEL_EXAM), ONE))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new ConfirmJuryAct(nobody, ACT, ONE))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new WithdrawJuryAct(nobody, ACT, ONE))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new CommentExam(nobody, true, "vu"))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new AssignOfficer(SESSION, ONE))
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .when(new ResolveIssue(SESSION, ISSUE, Resolution.NO_EFFECT))
                .thenRefused(Refusal.UNKNOWN_SESSION);
    }

    @Test
    void neutralising_and_undoing_it_gives_the_first_result_again() {
        LedgerScenario scenario = finalised(3);
        ExamScored first = result(scenario);
        assertThat(first.outcome()).isEqualTo(ExamOutcome.REJECTED);
        assertThat(first.cause()).isEqualTo("zero-pix");

        scenario.when(perform(neutralise(4))).thenRecorded();
        assertThat(kinds(scenario, 2)).isEqualTo(List.of(QuestionNeutralised.class, ExamScored.class));
        ExamScored second = result(scenario);
        assertThat(second.outcome()).isEqualTo(ExamOutcome.VALIDATED);
        assertThat(second.ratePercent()).isEqualTo(75);
        assertThat(second.totalPix()).isEqualTo(new Pix(24));
        assertThat(second.scoring()).isEqualTo(2);

        scenario.when(perform(onQuestion(JuryActKind.REINSTATE_QUESTION, 4))).thenRecorded();
        ExamScored third = result(scenario);
        assertThat(third.scoring()).isEqualTo(3);
        assertThat(third).usingRecursiveComparison().ignoringFields("scoring").isEqualTo(first);
    }

    @Test
    void an_act_done_twice_is_one_event_with_its_sealed_reason() {
        LedgerScenario scenario = finalised(3).when(perform(neutralise(5))).thenRecorded();
        int before = scenario.stream(EXAM.value()).size();

        scenario.when(perform(neutralise(5))).thenUnchanged();

        assertThat(scenario.stream(EXAM.value())).hasSize(before);
        assertThat(scenario.stream(EXAM.value()).get(before - 2))
                .isEqualTo(new QuestionNeutralised(
                        EXAM, 5, null, ReasonCode.JURY, Personal.of(ADA.value(), new JuryReason(WORDS))));
    }

    @Test
    void a_reason_has_ten_characters_and_at_most_500() {
        LedgerScenario scenario = finalised(3);
        scenario.when(perform(JuryAct.of(JuryActKind.CANCEL_EXAM, ReasonCode.JURY, " 123456789 ")))
                .thenRefused(Refusal.REASON_TOO_SHORT)
                .when(perform(JuryAct.of(JuryActKind.CANCEL_EXAM, ReasonCode.JURY, "1234567890")))
                .thenRecorded();
        assertThatThrownBy(() -> JuryAct.of(JuryActKind.CANCEL_EXAM, ReasonCode.JURY, "x".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 6})
    void a_question_that_was_not_asked_is_unknown(int number) {
        finalised(3)
                .when(perform(neutralise(number)))
                .thenRefused(Refusal.UNKNOWN_QUESTION)
                .when(perform(onQuestion(JuryActKind.REINSTATE_QUESTION, null)))
                .thenRefused(Refusal.UNKNOWN_QUESTION);
    }

    @Test
    void reinstating_what_was_never_taken_out_changes_nothing() {
        finalised(3)
                .when(perform(onQuestion(JuryActKind.REINSTATE_QUESTION, 1)))
                .thenUnchanged()
                .when(perform(act(JuryActKind.REINSTATE_EXAM)))
                .thenUnchanged()
                .when(perform(act(JuryActKind.LIFT_FRAUD)))
                .thenUnchanged()
                .when(perform(identity(IDENTITY.firstName())))
                .thenUnchanged();
    }

    @Test
    void cancellation_comes_before_fraud_and_both_can_be_taken_back() {
        LedgerScenario scenario = finalised(5);
        ExamScored first = result(scenario);

        scenario.when(perform(act(JuryActKind.REJECT_FOR_FRAUD))).thenRecorded();
        assertThat(result(scenario).outcome()).isEqualTo(ExamOutcome.REJECTED);
        assertThat(result(scenario).cause()).isEqualTo("fraud");
        scenario.when(perform(act(JuryActKind.CANCEL_EXAM))).thenRecorded();
        assertThat(result(scenario).outcome()).isEqualTo(ExamOutcome.CANCELLED);
        assertThat(result(scenario).cause()).isEqualTo("jury");
        scenario.when(perform(act(JuryActKind.REINSTATE_EXAM))).thenRecorded();
        assertThat(result(scenario).cause()).isEqualTo("fraud");
        scenario.when(perform(act(JuryActKind.LIFT_FRAUD))).thenRecorded();

        assertThat(result(scenario))
                .usingRecursiveComparison()
                .ignoringFields("scoring")
                .isEqualTo(first);
        assertThat(result(scenario).scoring()).isEqualTo(5);
    }

    @Test
    void a_rescoring_by_the_same_rules_records_nothing_and_needs_no_reason() {
        finalised(4)
                .when(perform(JuryAct.of(JuryActKind.RESCORE, ReasonCode.JURY, "")))
                .thenUnchanged();
    }

    @Test
    void a_jury_corrects_an_identity_on_the_session() {
        LedgerScenario scenario = finalised(5).when(perform(identity("Adèle"))).thenRecorded();

        assertThat(scenario.stream(SESSION.value()))
                .last()
                .isInstanceOfSatisfying(
                        CandidateCorrected.class,
                        corrected -> assertThat(corrected.sealed().value())
                                .hasValueSatisfying(
                                        who -> assertThat(who.firstName()).isEqualTo("Adèle")));
        scenario.when(perform(identity("Adèle"))).thenUnchanged();
    }

    @Test
    void there_is_no_certificate_to_act_on_before_publication() {
        finalised(5).when(perform(act(JuryActKind.REVOKE_CERTIFICATE))).thenRefused(Refusal.UNKNOWN_CERTIFICATE);
    }

    @Test
    void once_published_one_person_alone_decides_nothing_and_before_nothing_is_proposed() {
        finalised(3).when(propose(ACT, neutralise(4))).thenRefused(Refusal.NOT_PUBLISHED);
        published(3)
                .when(perform(neutralise(4)))
                .thenRefused(Refusal.SECOND_PERSON_REQUIRED)
                .when(perform(act(JuryActKind.REVOKE_CERTIFICATE)))
                .thenRefused(Refusal.SECOND_PERSON_REQUIRED)
                .when(perform(onQuestion(JuryActKind.REINSTATE_QUESTION, 4)))
                .thenUnchanged();
    }

    @Test
    void a_proposal_changes_nothing_until_another_person_confirms_it() {
        LedgerScenario scenario = published(3);
        ExamScored before = result(scenario);

        scenario.when(propose(ACT, neutralise(4))).thenRecorded();
        assertThat(result(scenario)).isEqualTo(before);
        assertThat(scenario.stream(EXAM.value())).last().isInstanceOfSatisfying(JuryActProposed.class, proposed -> {
            assertThat(proposed.proposer()).isEqualTo(ONE);
            assertThat(proposed.expires()).isEqualTo(LocalDate.of(2022, 5, 30));
            assertThat(proposed.sealed().value().orElseThrow().reason()).isEqualTo(WORDS);
        });
        scenario.when(propose(ACT_2, neutralise(4)))
                .thenUnchanged()
                .when(confirm(ACT, ONE))
                .thenRefused(Refusal.SAME_PERSON)
                .when(confirm(ACT_2, OTHER))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(confirm(ACT, OTHER))
                .thenRecorded();

        assertThat(kinds(scenario, 3))
                .isEqualTo(List.of(JuryActConfirmed.class, QuestionNeutralised.class, ExamScored.class));
        assertThat(result(scenario).totalPix()).isEqualTo(new Pix(24));
        scenario.when(confirm(ACT, OTHER))
                .thenUnchanged()
                .when(confirm(ACT, ONE))
                .thenUnchanged()
                .when(propose(ACT_2, neutralise(4)))
                .thenUnchanged();
    }

    @Test
    void a_proposal_says_why_and_about_which_question() {
        published(3)
                .when(propose(ACT, JuryAct.of(JuryActKind.CANCEL_EXAM, ReasonCode.JURY, "bref")))
                .thenRefused(Refusal.REASON_TOO_SHORT)
                .when(propose(ACT, JuryAct.of(JuryActKind.RESCORE, ReasonCode.JURY, "")))
                .thenRefused(Refusal.REASON_TOO_SHORT)
                .when(propose(ACT, neutralise(9)))
                .thenRefused(Refusal.UNKNOWN_QUESTION);
    }

    @ParameterizedTest
    @CsvSource({"14,true", "15,false"})
    void a_proposal_lapses_after_its_fourteenth_day(int days, boolean inTime) {
        LedgerScenario scenario = published(3).when(propose(ACT, neutralise(4))).thenRecorded();

        scenario.at(START.plus(days, ChronoUnit.DAYS)).when(confirm(ACT, OTHER));

        if (inTime) {
            scenario.thenRecorded();
        } else {
            scenario.thenRefused(Refusal.ACT_LAPSED)
                    .when(propose(ACT_2, neutralise(4)))
                    .thenRecorded();
        }
    }

    @Test
    void what_was_confirmed_in_between_makes_other_proposals_out_of_date() {
        published(3)
                .when(propose(ACT, neutralise(4)))
                .when(propose(ACT_2, neutralise(5)))
                .thenRecorded()
                .when(confirm(ACT, OTHER))
                .thenRecorded()
                .when(confirm(ACT_2, OTHER))
                .thenRefused(Refusal.STATE_CHANGED_SINCE_PREVIEW)
                .when(new WithdrawJuryAct(EXAM, ACT_2, ONE))
                .thenRecorded();
    }

    @Test
    void a_proposal_is_taken_back_by_its_author_alone() {
        LedgerScenario scenario = published(3)
                .when(propose(ACT, neutralise(4)))
                .when(new WithdrawJuryAct(EXAM, ACT, OTHER))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new WithdrawJuryAct(EXAM, ACT, ONE))
                .thenRecorded();
        assertThat(scenario.stream(EXAM.value())).last().isEqualTo(new JuryActWithdrawn(ACT, EXAM));

        scenario.when(new WithdrawJuryAct(EXAM, ACT, ONE))
                .thenUnchanged()
                .when(confirm(ACT, OTHER))
                .thenRefused(Refusal.ACT_LAPSED)
                .when(propose(ACT_2, neutralise(4)))
                .thenRecorded()
                .when(confirm(ACT_2, OTHER))
                .thenRecorded()
                .when(new WithdrawJuryAct(EXAM, ACT_2, ONE))
                .thenRefused(Refusal.STATE_CHANGED_SINCE_PREVIEW);
    }

    @Test
    void an_issue_whose_category_says_so_takes_its_question_out_without_anybody() {
        LedgerScenario scenario = ended(3).given(SESSION.value(), issue("website-unavailable", 4))
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .when(new ScoreExam(SESSION, EXAM))
                .thenRecorded();

        assertThat(kinds(scenario, 2)).isEqualTo(List.of(QuestionNeutralised.class, ExamScored.class));
        assertThat(result(scenario).totalPix()).isEqualTo(new Pix(24));
        assertThat(scenario.stream(SESSION.value()))
                .last()
                .isEqualTo(new IssueResolved(SESSION, ISSUE, Resolution.NEUTRALISED));
        scenario.when(new ScoreExam(SESSION, EXAM)).thenUnchanged();
    }

    @ParameterizedTest
    @CsvSource({"unintentional-focus-out,4", "image-not-displaying,4", "website-unavailable,9", "fraud,"})
    void other_issues_wait_for_the_jury_and_keep_the_session_out_of_bulk(String category, @Nullable Integer number) {
        LedgerScenario scenario = ended(4).given(SESSION.value(), issue(category, number))
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .when(new ScoreExam(SESSION, EXAM))
                .when(new PublishSession(SESSION, true))
                .thenRefused(Refusal.BLOCKING_ISSUE, Map.of("issues", List.of(ISSUE.toString())));

        scenario.when(new ResolveIssue(SESSION, ISSUE, Resolution.NO_EFFECT))
                .thenRecorded()
                .when(new ResolveIssue(SESSION, ISSUE, Resolution.NO_EFFECT))
                .thenUnchanged()
                .when(new ResolveIssue(SESSION, ACT, Resolution.NO_EFFECT))
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .when(new PublishSession(SESSION, true))
                .thenRecorded()
                .when(new ResolveIssue(SESSION, ISSUE, Resolution.WITHDRAWN))
                .thenRefused(Refusal.SESSION_PUBLISHED);
    }

    @Test
    void neutralising_because_of_an_issue_settles_it() {
        LedgerScenario scenario = ended(4).given(SESSION.value(), issue("accessibility", 5))
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .when(perform(
                        new JuryAct(JuryActKind.NEUTRALISE_QUESTION, ReasonCode.ISSUE_REPORTED, WORDS, 5, ISSUE, null)))
                .thenRecorded();

        assertThat(scenario.stream(SESSION.value()))
                .last()
                .isEqualTo(new IssueResolved(SESSION, ISSUE, Resolution.NEUTRALISED));
        scenario.when(new PublishSession(SESSION, true)).thenRecorded();
    }

    @Test
    void a_comment_or_an_incident_keeps_a_session_out_of_bulk_and_the_comment_is_sealed() {
        FinaliseSession.Comment comment = new FinaliseSession.Comment(ONE, "Coupure de réseau.");
        LedgerScenario commented = ended(5).when(new FinaliseSession(
                        SESSION, false, Set.of(), new FinaliseSession.Comment(ONE, "x".repeat(501))))
                .thenRefused(Refusal.COMMENT_TOO_LONG)
                .when(new FinaliseSession(SESSION, false, Set.of(), comment))
                .thenRecorded();
        assertThat(Sessions.last(commented, SESSION.value(), SessionFinalised.class)
                        .sealed())
                .isEqualTo(Personal.of(ONE.value(), new SessionComment("Coupure de réseau.")));
        commented
                .when(new ScoreExam(SESSION, EXAM))
                .when(new PublishSession(SESSION, true))
                .thenRefused(Refusal.BLOCKING_ISSUE)
                .when(new PublishSession(SESSION))
                .thenRecorded();
        ended(5).when(new FinaliseSession(SESSION, true, Set.of()))
                .when(new ScoreExam(SESSION, EXAM))
                .when(new PublishSession(SESSION, true))
                .thenRefused(Refusal.BLOCKING_ISSUE);
    }

    @Test
    void an_officer_takes_charge_and_another_may_follow() {
        LedgerScenario scenario = finalised(5)
                .when(new AssignOfficer(SESSION, ONE))
                .thenRecorded()
                .when(new AssignOfficer(SESSION, ONE))
                .thenUnchanged()
                .when(new AssignOfficer(SESSION, OTHER))
                .thenRecorded();
        assertThat(scenario.stream(SESSION.value())).last().isEqualTo(new OfficerAssigned(SESSION, OTHER));
    }

    @Test
    void a_comment_on_an_exam_is_sealed_for_its_candidate() {
        LedgerScenario scenario = finalised(5)
                .when(new CommentExam(EXAM, true, " Vu avec le centre. "))
                .thenRecorded();
        assertThat(scenario.stream(EXAM.value()))
                .last()
                .isEqualTo(
                        new ExamCommented(EXAM, true, Personal.of(ADA.value(), new ExamComment("Vu avec le centre."))));
        assertThatThrownBy(() -> new CommentExam(EXAM, true, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CommentExam(EXAM, true, "x".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_exam_that_started_while_the_session_was_finalised_is_ended_and_scored() {
        LedgerScenario running = Sessions.running();
        SessionFinalised finalised =
                new SessionFinalised(SESSION, List.of(new CandidatePresence(CANDIDATE, false, null)), false, null);
        LedgerScenario scenario = Sessions.scenario()
                .given(SESSION.value(), Sessions.SCHEDULED, Sessions.ENROLLED, finalised)
                .given(Sessions.SLOT, running.stream(Sessions.SLOT).toArray(LedgerEvent[]::new))
                .given(EXAM.value(), running.stream(EXAM.value()).toArray(LedgerEvent[]::new));

        var outcomes = new WhenSessionFinalisedThenScoreExams(scenario.commands()).on(finalised, ACT, ACT);

        assertThat(outcomes).containsOnlyKeys(EXAM);
        assertThat(outcomes.get(EXAM)).isInstanceOf(Outcome.Recorded.class);
        assertThat(result(scenario).outcome()).isEqualTo(ExamOutcome.REJECTED);
    }

    @Test
    void nothing_personal_is_ever_shown() {
        assertThat(identity("Adèle").toString()).doesNotContain("Adèle", WORDS);
        assertThat(perform(identity("Adèle")).toString()).doesNotContain("Adèle", WORDS);
        assertThat(new CommentExam(EXAM, true, "Adèle").toString()).doesNotContain("Adèle");
        assertThat(new FinaliseSession.Comment(ONE, "Adèle").toString()).doesNotContain("Adèle");
    }
}
