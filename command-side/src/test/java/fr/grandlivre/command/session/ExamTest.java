package fr.grandlivre.command.session;

import static fr.grandlivre.command.TestFrameworks.skill;
import static fr.grandlivre.command.session.Sessions.ADA;
import static fr.grandlivre.command.session.Sessions.ADMITTED;
import static fr.grandlivre.command.session.Sessions.CANDIDATE;
import static fr.grandlivre.command.session.Sessions.ENROLLED;
import static fr.grandlivre.command.session.Sessions.ENTER;
import static fr.grandlivre.command.session.Sessions.EXAM;
import static fr.grandlivre.command.session.Sessions.IDENTITY;
import static fr.grandlivre.command.session.Sessions.LEVEL_1;
import static fr.grandlivre.command.session.Sessions.PRESENT;
import static fr.grandlivre.command.session.Sessions.SCHEDULED;
import static fr.grandlivre.command.session.Sessions.SESSION;
import static fr.grandlivre.command.session.Sessions.SLOT;
import static fr.grandlivre.command.session.Sessions.START;
import static fr.grandlivre.command.session.Sessions.admitted;
import static fr.grandlivre.command.session.Sessions.running;
import static fr.grandlivre.command.session.Sessions.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Outcome.Recorded;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.session.JuryCommand.ScoreExam;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.RestoreTime;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.EvaluationEvent.AbsorbedSkill;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.evaluation.Response.Chosen;
import fr.grandlivre.rules.evaluation.Response.Skipped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExamTest {
    private static final Chosen RIGHT = new Chosen(List.of(0));
    private static final Chosen WRONG = new Chosen(List.of(2));
    private static final Instant ENDS_AT = Instant.parse("2022-05-16T08:15:00.000Z");
    private static final UUID EVENT = UUID.fromString("018f0000-0000-7000-8000-00000000e0e0");

    @Test
    void entering_takes_the_slot_freezes_the_composition_and_starts_the_clock_in_one_append() {
        LedgerScenario scenario = admitted().when(ENTER).thenStream(SLOT, new ExamSlotTaken(ADA, EXAM));

        ExamStarted started = started(scenario);
        assertThat(started.startedAt()).isEqualTo(START);
        assertThat(started.endsAt()).isEqualTo(ENDS_AT);
        assertThat(started.framework()).isEqualTo(TestFrameworks.V2021);
        assertThat(started.profilePosition()).isEqualTo(10);
        assertThat(started.certifiable())
                .containsExactlyElementsOf(LEVEL_1.stream()
                        .map(code -> new CertifiableCompetence(new CompetenceCode(code), new Level(1), new Pix(8)))
                        .toList());
        assertThat(started.questions()).extracting(Question::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(started.questions())
                .extracting(question -> question.competence().value())
                .containsExactlyInAnyOrderElementsOf(LEVEL_1);
        assertThat(scenario.outcome()).isEqualTo(new Recorded(12, EXAM.value(), 2, false));
    }

    @Test
    void a_candidate_whose_account_was_absorbed_sits_the_exam_as_the_one_that_goes_on() {
        LearnerId survivor = LearnerId.of("018f0000-0000-7000-8000-000000000adb");
        LedgerScenario scenario = admitted()
                .given(ADA.value(), new AccountAbsorbed(new AccountId(ADA.value()), new AccountId(survivor.value())))
                .when(ENTER)
                .thenRefused(Refusal.NOT_CERTIFIABLE);
        for (String code : LEVEL_1) {
            CompetenceCode competence = new CompetenceCode(code);
            scenario.given(
                    StreamIds.evaluation(survivor, competence),
                    new HistoryAbsorbed(
                            EVENT,
                            survivor,
                            competence,
                            StreamIds.evaluation(ADA, competence),
                            0,
                            TestFrameworks.V2021,
                            START,
                            List.of(
                                    new AbsorbedSkill(skill(code, "A", 1).id(), Fraction.of(4), false),
                                    new AbsorbedSkill(skill(code, "A", 2).id(), Fraction.of(4), true)),
                            List.of()));
        }

        scenario.when(ENTER)
                .thenStream(StreamIds.examSlot(survivor), new ExamSlotTaken(survivor, EXAM))
                .thenStream(SLOT);
        assertThat(started(scenario).learner()).isEqualTo(survivor);
        assertThat(started(scenario).certifiable()).hasSize(LEVEL_1.size());
    }

    @Test
    void a_challenge_that_the_learner_has_seen_is_not_asked_where_there_is_another() {
        assertThat(started(running()).questions())
                .allSatisfy(question -> assertThat(question.challenge().value()).endsWith("b"));
    }

    @Test
    void extra_time_prolongs_the_exam_by_whole_milliseconds() {
        assertThat(endsAtWithExtraTime(33)).isEqualTo(Instant.parse("2022-05-16T08:49:39.000Z"));
        assertThat(endsAtWithExtraTime(50)).isEqualTo(Instant.parse("2022-05-16T09:07:30.000Z"));
    }

    @Test
    void whatever_does_not_match_gets_the_same_refusal_to_join() {
        LedgerScenario scenario = admitted();
        for (StartExam typed : List.of(
                enter("BCDF24", "Ada", "d'Ete Martin", IDENTITY.birthDate()),
                enter("BCDF23", "Eve", "d'Ete Martin", IDENTITY.birthDate()),
                enter("BCDF23", "Ada", "Martin", IDENTITY.birthDate()),
                enter("BCDF23", "Ada", "d'Ete Martin", LocalDate.of(2008, 2, 28)),
                new StartExam(
                        SESSION,
                        LearnerId.of("018f0000-0000-7000-8000-000000000b0b"),
                        "BCDF23",
                        "Ada",
                        "d'Ete Martin",
                        IDENTITY.birthDate()),
                new StartExam(
                        SessionId.of("018f0000-0000-7000-8000-0000000000ff"),
                        ADA,
                        "BCDF23",
                        "Ada",
                        "d'Ete Martin",
                        IDENTITY.birthDate()))) {
            scenario.when(typed).thenRefused(Refusal.JOIN_REFUSED, Map.of());
        }
    }

    @Test
    void an_erased_candidate_cannot_join() {
        Sessions.known(Sessions.scenario(), LEVEL_1)
                .given(
                        SESSION.value(),
                        SCHEDULED,
                        new CandidateEnrolled(SESSION, CANDIDATE, ADA, 0, new Personal.Erased<>()))
                .given(EXAM.value(), PRESENT, ADMITTED)
                .when(ENTER)
                .thenRefused(Refusal.JOIN_REFUSED);
    }

    /** Each state breaks all later conditions too, so that the order shows. */
    @Test
    void the_first_condition_of_a_start_that_fails_answers() {
        ExamId another = new ExamId(UUID.fromString("018f0000-0000-7000-8000-00000000e8a3"));
        SessionFinalised finalised = new SessionFinalised(SESSION, List.of(), false, null);

        LedgerScenario nothing = Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .given(SLOT, new ExamSlotTaken(ADA, another));
        nothing.when(enter("BCDF24", "Ada", "Ete", IDENTITY.birthDate())).thenRefused(Refusal.JOIN_REFUSED);
        nothing.at(START.plusSeconds(86_400))
                .when(ENTER)
                .thenRefused(Refusal.NOT_TODAY, Map.of("plannedDate", "2022-05-16"));
        nothing.at(START).when(ENTER).thenRefused(Refusal.EXAM_ALREADY_RUNNING, Map.of("exam", another.toString()));

        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED, finalised)
                .at(START.plusSeconds(86_400))
                .when(ENTER)
                .thenRefused(Refusal.SESSION_FINALISED);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(ENTER)
                .thenRefused(Refusal.NOT_ADMITTED);
        running()
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .given(SLOT, new ExamSlotTaken(ADA, another))
                .when(ENTER)
                .thenRefused(Refusal.EXAM_ENDED);
    }

    @Test
    void the_day_of_a_session_is_a_day_in_paris() {
        admitted().at(Instant.parse("2022-05-15T22:00:00.000Z")).when(ENTER).thenRecorded();
        admitted().at(Instant.parse("2022-05-16T22:00:00.000Z")).when(ENTER).thenRefused(Refusal.NOT_TODAY);
    }

    @Test
    void a_second_entry_while_the_exam_runs_is_refused() {
        running().when(ENTER).thenRefused(Refusal.EXAM_ALREADY_RUNNING, Map.of("exam", EXAM.toString()));
    }

    @Test
    void four_competences_are_too_few_and_the_missing_ones_are_named() {
        LedgerScenario scenario = Sessions.known(Sessions.scenario(), LEVEL_1.subList(0, 4))
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .given(EXAM.value(), PRESENT, ADMITTED)
                .when(ENTER)
                .thenRefused(Refusal.NOT_CERTIFIABLE);

        assertThat(((fr.grandlivre.command.Outcome.Refused) scenario.outcome()).fields())
                .containsEntry("needed", 1)
                .containsEntry("position", 8L)
                .hasEntrySatisfying(
                        "missing",
                        missing -> assertThat((List<?>) missing)
                                .hasSize(12)
                                .first()
                                .isEqualTo("2.2"));
    }

    @Test
    void an_exam_without_any_playable_challenge_does_not_start() {
        Set<ChallengeId> all = TestFrameworks.BOTH.of(TestFrameworks.V2021).challenges().stream()
                .map(challenge -> challenge.id())
                .collect(Collectors.toSet());
        LedgerScenario scenario = new LedgerScenario(START);
        scenario.with(side -> Session.register(side, TestFrameworks.BOTH, _ -> all, scenario.ledger()));

        Sessions.known(scenario, LEVEL_1)
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .given(EXAM.value(), PRESENT, ADMITTED)
                .when(ENTER)
                .thenRefused(Refusal.NOTHING_TO_ASK);
    }

    @Test
    void the_due_question_is_answered_with_the_time_since_the_last() {
        ExamStarted started = started(running());
        var exam = LedgerFixture.of(Exam.class, Exam::new, START, TestFrameworks.BOTH);

        exam.given(PRESENT, ADMITTED, started)
                .when(answer(1, RIGHT, START.plusSeconds(40)))
                .expectEvents(recorded(started, 1, Outcome.OK, 40_000, START.plusSeconds(40), List.of(0)));
        exam.given(PRESENT, ADMITTED, started, recorded(started, 1, Outcome.OK, 40_000, START.plusSeconds(40), null))
                .when(answer(2, new Skipped(), START.plusSeconds(50)))
                .expectEvents(recorded(started, 2, Outcome.SKIPPED, 10_000, START.plusSeconds(50), null));
    }

    @Test
    void the_last_millisecond_of_the_exam_counts_and_the_next_does_not() {
        running().when(answer(1, RIGHT, ENDS_AT)).thenRecorded();
        running()
                .when(answer(1, RIGHT, ENDS_AT.plusMillis(1)))
                .thenRefused(Refusal.EXAM_OVER, Map.of("endsAt", ENDS_AT));
    }

    @Test
    void questions_are_answered_in_their_order_and_none_twice() {
        LedgerScenario scenario = running();
        scenario.when(answer(2, RIGHT, START))
                .thenRefused(Refusal.QUESTION_OUT_OF_ORDER, Map.of("due", 1))
                .when(answer(1, WRONG, START))
                .when(answer(1, RIGHT, START))
                .thenRefused(Refusal.ALREADY_ANSWERED);
    }

    @Test
    void a_restart_in_the_middle_of_an_exam_loses_no_minute_and_no_answer() {
        UUID sent = UUID.fromString("018f0000-0000-7000-8000-000000005e17");
        Duration givenBack = Duration.ofMinutes(3);
        LedgerScenario before = running()
                .when(answer(1, RIGHT, START.plusSeconds(40)))
                .thenRecorded()
                .when(new RestoreTime(EXAM, givenBack))
                .thenRecorded()
                .when(answer(2, WRONG, START.plusSeconds(90)), sent)
                .thenRecorded();
        List<LedgerEvent> acknowledged = before.stream(EXAM.value());
        Instant back = START.plus(Duration.ofMinutes(21));
        Instant end = ENDS_AT.plus(givenBack);

        LedgerScenario after = Sessions.restarted(before).at(back);

        // The reply to the second answer was lost: the same request gets the first outcome, another one is too late.
        after.when(answer(2, WRONG, START.plusSeconds(90)), sent);
        assertThat(after.outcome())
                .isInstanceOfSatisfying(
                        Recorded.class, first -> assertThat(first.replayed()).isTrue());
        after.when(answer(2, RIGHT, back))
                .thenRefused(Refusal.ALREADY_ANSWERED)
                .when(answer(4, RIGHT, back))
                .thenRefused(Refusal.QUESTION_OUT_OF_ORDER, Map.of("due", 3));
        assertThat(after.stream(EXAM.value())).isEqualTo(acknowledged);

        after.when(answer(3, RIGHT, back)).thenRecorded();
        assertThat(Sessions.last(after, EXAM.value(), ExamAnswerRecorded.class).challenge())
                .isEqualTo(started(before).questions().get(2).challenge());
        after.when(answer(4, RIGHT, end))
                .thenRecorded()
                .when(answer(5, RIGHT, end.plusMillis(1)))
                .thenRefused(Refusal.EXAM_OVER, Map.of("endsAt", end));
    }

    @Test
    void there_is_no_question_after_the_last() {
        LedgerScenario scenario = answeredAll(running(), RIGHT);

        scenario.when(answer(6, RIGHT, START)).thenRefused(Refusal.QUESTION_OUT_OF_ORDER, Map.of("due", 6));
        assertThatThrownBy(() -> answer(0, RIGHT, START)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void choices_that_do_not_fit_the_question_are_refused() {
        running().when(answer(1, new Chosen(List.of(0, 1)), START)).thenRefused(Refusal.ANSWER_SHAPE);
    }

    @Test
    void an_exam_that_is_not_running_takes_no_answer() {
        admitted().when(answer(1, RIGHT, START)).thenRefused(Refusal.EXAM_NOT_STARTED);
        running()
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(answer(1, RIGHT, START))
                .thenRefused(Refusal.EXAM_ENDED);
    }

    @Test
    void an_end_releases_the_slot_in_the_same_append_and_counts_once() {
        LedgerScenario scenario = running()
                .when(answer(1, RIGHT, START))
                .at(START.plusSeconds(600))
                .when(new EndExam(EXAM, EndReason.INVIGILATOR))
                .thenStream(SLOT, new ExamSlotTaken(ADA, EXAM), new ExamSlotReleased(ADA, EXAM));

        assertThat(scenario.stream(EXAM.value()))
                .last()
                .isEqualTo(new ExamEnded(EXAM, START.plusSeconds(600), EndReason.INVIGILATOR, 1));
        scenario.when(new EndExam(EXAM, EndReason.TECHNICAL)).thenUnchanged();
    }

    @Test
    void an_exam_is_completed_when_every_question_was_answered_and_only_then() {
        assertThat(ended(running(), EndReason.COMPLETED).reason()).isEqualTo(EndReason.CANDIDATE);
        assertThat(ended(answeredAll(running(), RIGHT), EndReason.CANDIDATE).reason())
                .isEqualTo(EndReason.COMPLETED);
    }

    @Test
    void an_end_that_is_noticed_late_lies_at_the_end_of_the_time() {
        assertThat(ended(running().at(ENDS_AT.plusSeconds(3_600)), EndReason.TIME)
                        .endedAt())
                .isEqualTo(ENDS_AT);
    }

    @Test
    void an_exam_that_has_not_started_cannot_end() {
        admitted().when(new EndExam(EXAM, EndReason.INVIGILATOR)).thenRefused(Refusal.EXAM_NOT_STARTED);
    }

    @Test
    void a_finalised_exam_is_scored_once_by_the_rules_of_its_day() {
        LedgerScenario scenario = finalised(answeredAll(running(), RIGHT));
        scenario.when(new ScoreExam(SESSION, EXAM)).thenRecorded();

        ExamScored scored = Sessions.last(scenario, EXAM.value(), ExamScored.class);
        assertThat(scored.scoring()).isEqualTo(1);
        assertThat(scored.asked()).isEqualTo(5);
        assertThat(scored.correct()).isEqualTo(5);
        assertThat(scored.ratePercent()).isEqualTo(100);
        assertThat(scored.totalPix()).isEqualTo(new Pix(40));
        assertThat(scored.outcome()).isEqualTo(ExamOutcome.VALIDATED);
        assertThat(scored.cause()).isNull();
        scenario.when(new ScoreExam(SESSION, EXAM)).thenUnchanged();
    }

    @Test
    void unanswered_questions_count_as_wrong_and_are_neutralised_after_a_technical_end() {
        LedgerScenario candidate = finalised(running().when(answer(1, RIGHT, START)), EndReason.CANDIDATE);
        candidate.when(new ScoreExam(SESSION, EXAM));
        assertThat(Sessions.last(candidate, EXAM.value(), ExamScored.class).cause())
                .isEqualTo("rate-below-50");

        LedgerScenario technical =
                finalised(running().when(answer(1, RIGHT, START)).when(answer(2, RIGHT, START)), EndReason.TECHNICAL);
        technical.when(new ScoreExam(SESSION, EXAM));
        assertThat(Sessions.last(technical, EXAM.value(), ExamScored.class).neutralised())
                .isEqualTo(3);
    }

    @Test
    void an_exam_whose_questions_are_all_answered_does_not_hold_its_session_up() {
        LedgerScenario scenario = answeredAll(running(), RIGHT)
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .thenRecorded();

        assertThat(Sessions.last(scenario, SESSION.value(), SessionFinalised.class)
                        .candidates())
                .containsExactly(new CandidatePresence(CANDIDATE, true, null));
        assertThat(ended(scenario, EndReason.SESSION_FINALISED).reason()).isEqualTo(EndReason.COMPLETED);
    }

    @Test
    void an_exam_is_scored_when_it_has_ended_and_its_session_is_finalised() {
        admitted().when(new ScoreExam(SESSION, EXAM)).thenRefused(Refusal.EXAM_NOT_STARTED);
        LedgerScenario scenario = running();
        scenario.when(new ScoreExam(SESSION, EXAM)).thenRefused(Refusal.EXAM_NOT_ENDED);
        scenario.when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(new ScoreExam(SESSION, EXAM))
                .thenRefused(Refusal.SESSION_NOT_FINALISED);
    }

    @Test
    void an_exam_that_the_table_does_not_foresee_ends_in_error_and_is_not_published() {
        ExamStarted twiceTheSame = fourQuestionsOf(started(running()), "1.1");
        LedgerScenario scenario = Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .given(
                        EXAM.value(),
                        PRESENT,
                        ADMITTED,
                        twiceTheSame,
                        recorded(twiceTheSame, 1, Outcome.OK, 0, START, null),
                        recorded(twiceTheSame, 2, Outcome.OK, 0, START, null),
                        new ExamEnded(EXAM, START, EndReason.CANDIDATE, 2))
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .when(new ScoreExam(SESSION, EXAM));

        ExamScored scored = Sessions.last(scenario, EXAM.value(), ExamScored.class);
        assertThat(scored.outcome()).isEqualTo(ExamOutcome.ERROR);
        assertThat(scored.cause()).isEqualTo("scoring-rule-missing");
        scenario.when(new PublishSession(SESSION))
                .thenRefused(Refusal.EXAM_IN_ERROR, Map.of("exams", List.of(EXAM.toString())));
    }

    @Test
    void a_session_states_how_each_exam_ended() {
        LedgerScenario scenario = finalised(answeredAll(running(), RIGHT));

        assertThat(scenario.stream(SESSION.value()))
                .last()
                .isEqualTo(new SessionFinalised(
                        SESSION, List.of(new CandidatePresence(CANDIDATE, true, EndReason.COMPLETED)), true, null));
    }

    @Test
    void scored_results_are_published_once_on_the_day_in_paris() {
        LedgerScenario scenario = finalised(answeredAll(running(), RIGHT));
        scenario.when(new PublishSession(SESSION)).thenRefused(Refusal.EXAM_IN_ERROR);

        Instant published = Instant.parse("2022-06-30T22:30:00.000Z");
        scenario.when(new ScoreExam(SESSION, EXAM)).at(published).when(new PublishSession(SESSION));
        assertThat(scenario.stream(SESSION.value()))
                .last()
                .isEqualTo(new SessionPublished(
                        SESSION, published, LocalDate.of(2022, 7, 1), List.of(new PublishedExam(EXAM, 1))));
        scenario.when(new PublishSession(SESSION)).thenUnchanged();
    }

    @Test
    void finalisation_scores_every_exam_once() {
        LedgerScenario scenario = finalised(answeredAll(running(), RIGHT));
        SessionFinalised finalised = Sessions.last(scenario, SESSION.value(), SessionFinalised.class);
        var policy = new WhenSessionFinalisedThenScoreExams(scenario.commands());

        var first = policy.on(finalised, EVENT, EVENT);
        var second = policy.on(finalised, EVENT, EVENT);

        assertThat(first).containsOnlyKeys(EXAM);
        assertThat(first.get(EXAM))
                .isInstanceOfSatisfying(
                        Recorded.class,
                        recorded -> assertThat(second.get(EXAM))
                                .isEqualTo(new Recorded(recorded.position(), recorded.stream(), recorded.seq(), true)));
    }

    @Test
    void who_enters_is_never_shown() {
        assertThat(ENTER.toString()).doesNotContain("ADA", "DETEMARTIN", "BCDF23", "2008");
    }

    private static Instant endsAtWithExtraTime(int percent) {
        return started(Sessions.known(Sessions.scenario(), LEVEL_1)
                        .given(SESSION.value(), SCHEDULED, Sessions.enrolled(percent))
                        .given(EXAM.value(), PRESENT, ADMITTED)
                        .when(ENTER))
                .endsAt();
    }

    private static LedgerScenario answeredAll(LedgerScenario scenario, Response response) {
        for (Question question : started(scenario).questions()) {
            scenario.when(answer(question.number(), response, START)).thenRecorded();
        }
        return scenario;
    }

    private static ExamEnded ended(LedgerScenario scenario, EndReason reason) {
        scenario.when(new EndExam(EXAM, reason)).thenRecorded();
        return Sessions.last(scenario, EXAM.value(), ExamEnded.class);
    }

    private static LedgerScenario finalised(LedgerScenario scenario) {
        return finalised(scenario, EndReason.COMPLETED);
    }

    private static LedgerScenario finalised(LedgerScenario scenario, EndReason reason) {
        return scenario.when(new EndExam(EXAM, reason))
                .when(new FinaliseSession(SESSION, true, Set.of()))
                .thenRecorded();
    }

    private static StartExam enter(String accessCode, String firstName, String lastName, LocalDate birthDate) {
        return new StartExam(SESSION, ADA, accessCode, firstName, lastName, birthDate);
    }

    private static RecordExamAnswer answer(int number, Response response, Instant receivedAt) {
        return new RecordExamAnswer(EXAM, number, response, null, receivedAt);
    }

    private static ExamAnswerRecorded recorded(
            ExamStarted started, int number, Outcome outcome, long elapsedMs, Instant at, List<Integer> choices) {
        return new ExamAnswerRecorded(
                EXAM,
                number,
                started.questions().get(number - 1).challenge(),
                outcome,
                null,
                elapsedMs,
                at,
                choices,
                null);
    }

    private static ExamStarted fourQuestionsOf(ExamStarted started, String competence) {
        Question one = started.questions().stream()
                .filter(question -> question.competence().value().equals(competence))
                .findFirst()
                .orElseThrow();
        return new ExamStarted(
                started.exam(),
                started.session(),
                started.candidate(),
                started.learner(),
                started.startedAt(),
                started.endsAt(),
                0,
                started.framework(),
                started.rules(),
                started.profilePosition(),
                started.certifiable(),
                List.of(one, one, one, one),
                1);
    }
}
