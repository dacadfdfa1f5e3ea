package fr.grandlivre.command.session;

import static fr.grandlivre.command.session.Sessions.ADA;
import static fr.grandlivre.command.session.Sessions.ADMITTED;
import static fr.grandlivre.command.session.Sessions.CANDIDATE;
import static fr.grandlivre.command.session.Sessions.ENTER;
import static fr.grandlivre.command.session.Sessions.EXAM;
import static fr.grandlivre.command.session.Sessions.IDENTITY;
import static fr.grandlivre.command.session.Sessions.MAC;
import static fr.grandlivre.command.session.Sessions.SESSION;
import static fr.grandlivre.command.session.Sessions.SLOT;
import static fr.grandlivre.command.session.Sessions.START;
import static fr.grandlivre.command.session.Sessions.admitted;
import static fr.grandlivre.command.session.Sessions.running;
import static fr.grandlivre.command.session.Sessions.started;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnterExam;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.RaiseAlert;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.ResolveAlert;
import fr.grandlivre.command.session.SessionCommand.RestoreTime;
import fr.grandlivre.command.session.SessionCommand.StartExamTimer;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.evaluation.Response.Chosen;
import fr.grandlivre.rules.evaluation.Response.Skipped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What happens around the questions: entries, timers, alerts, time given back. */
class SittingTest {
    private static final int AT_ONCE = 32;

    /** At each of two places; {@code -Dledger.races=5000} makes the long run of 10,000. */
    private static final int RACES = Integer.getInteger("ledger.races", 250);

    private static final Chosen RIGHT = new Chosen(List.of(0));
    private static final Instant ENDS_AT = Instant.parse("2022-05-16T08:15:00.000Z");
    private static final GrantAdmission ADMIT = new GrantAdmission(SESSION, CANDIDATE, MAC);
    private static final EnterExam AGAIN =
            new EnterExam(SESSION, ADA, "BCDF23", "ADA", "DETEMARTIN", IDENTITY.birthDate());
    private static final UUID ALERT = UUID.fromString("018f0000-0000-7000-8000-00000000a1e7");
    private static final String IMAGE = "image-not-displaying";
    private static final RaiseAlert RAISE = new RaiseAlert(EXAM, 1, ALERT, 1, IMAGE);
    private static final ResolveAlert REPLACE = new ResolveAlert(EXAM, ALERT, AlertResolution.REPLACED);
    private static final ResolveAlert DISMISS = new ResolveAlert(EXAM, ALERT, AlertResolution.DISMISSED);

    @Test
    void each_entry_uses_an_admission_up_and_takes_the_exam_over() {
        LedgerScenario scenario = running().when(answer(1, 1, RIGHT, START)).when(AGAIN);
        scenario.thenRefused(Refusal.NOT_ADMITTED)
                .when(ADMIT)
                .when(AGAIN)
                .thenRecorded()
                .when(AGAIN)
                .thenRefused(Refusal.NOT_ADMITTED)
                .when(answer(1, 2, RIGHT, START))
                .thenRefused(Refusal.EXAM_TAKEN_OVER, Map.of())
                .when(answer(3, 2, RIGHT, START))
                .thenRefused(Refusal.EXAM_TAKEN_OVER)
                .when(answer(2, 2, RIGHT, START))
                .thenRecorded()
                .when(ADMIT)
                .when(AGAIN)
                .thenRecorded();

        assertThat(scenario.stream(EXAM.value()))
                .filteredOn(ExamEntered.class::isInstance)
                .containsExactly(new ExamEntered(EXAM, 2), new ExamEntered(EXAM, 3));
        scenario.when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(answer(1, 3, RIGHT, START))
                .thenRefused(Refusal.EXAM_TAKEN_OVER)
                .when(answer(3, 3, RIGHT, START))
                .thenRefused(Refusal.EXAM_ENDED);
    }

    /** Each state breaks all later conditions too, so that the order shows. */
    @Test
    void the_first_condition_of_a_further_entry_that_fails_answers() {
        ExamId another = new ExamId(UUID.fromString("018f0000-0000-7000-8000-00000000e8a3"));
        running()
                .when(new EnterExam(SESSION, ADA, "BCDF24", "ADA", "DETEMARTIN", IDENTITY.birthDate()))
                .thenRefused(Refusal.JOIN_REFUSED)
                .at(START.plusSeconds(86_400))
                .when(AGAIN)
                .thenRefused(Refusal.NOT_TODAY)
                .at(START)
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .given(SLOT, new ExamSlotTaken(ADA, another))
                .when(AGAIN)
                .thenRefused(Refusal.EXAM_ENDED);
        running()
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(new FinaliseSession(SESSION, false, java.util.Set.of()))
                .at(START.plusSeconds(86_400))
                .when(AGAIN)
                .thenRefused(Refusal.SESSION_FINALISED);
        admitted()
                .when(AGAIN)
                .thenRefused(Refusal.EXAM_NOT_STARTED)
                .given(SLOT, new ExamSlotTaken(ADA, another))
                .when(AGAIN)
                .thenRefused(Refusal.EXAM_ALREADY_RUNNING, Map.of("exam", another.toString()));
    }

    @Test
    void many_starts_at_once_give_one_exam_and_one_slot() throws Exception {
        for (int race = 0; race < RACES; race++) {
            LedgerScenario scenario = admitted();

            assertThat(atOnce(scenario, ENTER)).isEqualTo(1);
            assertThat(scenario.stream(EXAM.value()))
                    .filteredOn(ExamStarted.class::isInstance)
                    .hasSize(1);
            assertThat(scenario.stream(SLOT)).containsExactly(new ExamSlotTaken(ADA, EXAM));
        }
    }

    @Test
    void many_entries_at_once_use_one_admission_up_once() throws Exception {
        for (int race = 0; race < RACES; race++) {
            LedgerScenario scenario = running().when(ADMIT);

            assertThat(atOnce(scenario, AGAIN)).isEqualTo(1);
            assertThat(scenario.stream(EXAM.value())).last().isEqualTo(new ExamEntered(EXAM, 2));
        }
    }

    private static long atOnce(LedgerScenario scenario, Command command) throws Exception {
        List<Future<Outcome>> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                Caller caller = Caller.first(new UUID(9, i), ADA.value(), Role.LEARNER, null);
                answers.add(callers.submit(() -> scenario.commands().dispatch(command, caller)));
            }
        }
        long recorded = 0;
        for (Future<Outcome> answer : answers) {
            recorded += answer.get() instanceof Outcome.Recorded ? 1 : 0;
        }
        return recorded;
    }

    @Test
    void a_timed_question_has_its_time_from_the_first_opening() {
        LedgerScenario scenario = running();
        Instant opened = START.plusSeconds(600);
        scenario.when(new StartExamTimer(EXAM, 1, 1, opened))
                .thenRecorded()
                .when(new StartExamTimer(EXAM, 1, 1, opened.plusSeconds(50)))
                .thenUnchanged();
        assertThat(scenario.stream(EXAM.value())).last().isEqualTo(new ExamTimerStarted(EXAM, 1, opened));

        assertThat(outcome(scenario.when(answer(1, 1, RIGHT, opened.plusMillis(60_000)))))
                .isEqualTo(fr.grandlivre.events.vocabulary.Outcome.OK);
        scenario.when(new StartExamTimer(EXAM, 1, 2, opened.plusSeconds(100)));
        assertThat(outcome(scenario.when(answer(1, 2, RIGHT, opened.plusMillis(160_001)))))
                .isEqualTo(fr.grandlivre.events.vocabulary.Outcome.TIMED_OUT);
    }

    @Test
    void a_timed_question_that_was_never_opened_is_due_since_the_answer_before() {
        assertThat(outcome(running().when(answer(1, 1, RIGHT, START.plusMillis(60_000)))))
                .isEqualTo(fr.grandlivre.events.vocabulary.Outcome.OK);
        assertThat(outcome(running().when(answer(1, 1, RIGHT, START.plusMillis(60_001)))))
                .isEqualTo(fr.grandlivre.events.vocabulary.Outcome.TIMED_OUT);
        assertThat(outcome(running().when(answer(1, 1, new Skipped(), START.plusSeconds(600)))))
                .isEqualTo(fr.grandlivre.events.vocabulary.Outcome.SKIPPED);
    }

    @Test
    void a_timer_is_started_by_the_live_device_on_the_due_question_in_time() {
        admitted().when(new StartExamTimer(EXAM, 1, 1, START)).thenRefused(Refusal.EXAM_NOT_STARTED);
        LedgerScenario scenario = running();
        scenario.when(new StartExamTimer(EXAM, 2, 1, START)).thenRefused(Refusal.EXAM_TAKEN_OVER);
        scenario.when(new StartExamTimer(EXAM, 1, 1, ENDS_AT.plusMillis(1))).thenRefused(Refusal.EXAM_OVER);
        scenario.when(new StartExamTimer(EXAM, 1, 2, START)).thenRefused(Refusal.QUESTION_OUT_OF_ORDER);
        scenario.when(answer(1, 1, RIGHT, START))
                .when(new StartExamTimer(EXAM, 1, 1, START))
                .thenRefused(Refusal.ALREADY_ANSWERED);
    }

    @Test
    void an_alert_stops_answering_until_somebody_has_looked() {
        running()
                .when(RAISE)
                .thenRecorded()
                .when(RAISE)
                .thenUnchanged()
                .when(new RaiseAlert(EXAM, 1, UUID.randomUUID(), 1, IMAGE))
                .thenRefused(Refusal.ALERT_OPEN, Map.of("number", 1))
                .when(answer(1, 1, RIGHT, START))
                .thenRefused(Refusal.ALERT_OPEN)
                .when(new StartExamTimer(EXAM, 1, 1, START))
                .thenRefused(Refusal.ALERT_OPEN)
                .when(DISMISS)
                .thenRecorded()
                .when(DISMISS)
                .thenUnchanged()
                .when(answer(1, 1, RIGHT, START))
                .thenRecorded();
    }

    @Test
    void an_alert_is_about_the_due_question_and_has_a_category_of_questions() {
        admitted().when(RAISE).thenRefused(Refusal.EXAM_NOT_STARTED);
        running()
                .when(new RaiseAlert(EXAM, 1, ALERT, 2, IMAGE))
                .thenRefused(Refusal.QUESTION_OUT_OF_ORDER, Map.of("due", 1))
                .when(new RaiseAlert(EXAM, 2, ALERT, 1, IMAGE))
                .thenRefused(Refusal.EXAM_TAKEN_OVER)
                .when(new RaiseAlert(EXAM, 1, ALERT, 1, "fraud"))
                .thenRefused(Refusal.CATEGORY_UNKNOWN)
                .when(new RaiseAlert(EXAM, 1, ALERT, 1, "link-not-working"))
                .thenRefused(Refusal.CATEGORY_UNKNOWN)
                .at(ENDS_AT.plusMillis(1))
                .when(RAISE)
                .thenRefused(Refusal.EXAM_OVER);
    }

    @Test
    void a_replaced_question_keeps_its_number_and_never_comes_back() {
        LedgerScenario scenario = running();
        Question asked = started(scenario).questions().getFirst();
        scenario.when(new StartExamTimer(EXAM, 1, 1, START))
                .when(RAISE)
                .when(REPLACE)
                .thenRecorded();
        AlertResolved first = Sessions.last(scenario, EXAM.value(), AlertResolved.class);
        assertThat(first.resolution()).isEqualTo(AlertResolution.REPLACED);
        assertThat(first.skill()).isEqualTo(asked.skill());
        assertThat(first.challenge()).isNotEqualTo(asked.challenge());

        UUID second = UUID.fromString("018f0000-0000-7000-8000-00000000a1e8");
        scenario.when(new RaiseAlert(EXAM, 1, second, 1, IMAGE))
                .when(new ResolveAlert(EXAM, second, AlertResolution.REPLACED))
                .thenRecorded();
        AlertResolved then = Sessions.last(scenario, EXAM.value(), AlertResolved.class);
        assertThat(then.challenge()).isNotIn(asked.challenge(), first.challenge());

        scenario.when(answer(1, 1, RIGHT, START.plusSeconds(30))).thenRecorded();
        assertThat(Sessions.last(scenario, EXAM.value(), ExamAnswerRecorded.class)
                        .challenge())
                .isEqualTo(then.challenge());
    }

    @Test
    void a_question_that_nothing_can_replace_stays() {
        LedgerScenario scenario = new LedgerScenario(START);
        var all = TestFrameworks.BOTH.of(TestFrameworks.V2021).challenges().stream()
                .map(challenge -> challenge.id())
                .collect(java.util.stream.Collectors.toSet());
        scenario.with(side -> Session.register(side, TestFrameworks.BOTH, _ -> all, scenario.ledger()))
                .given(EXAM.value(), Sessions.PRESENT, ADMITTED, started(running()))
                .when(RAISE)
                .when(REPLACE)
                .thenRefused(Refusal.NO_REPLACEMENT)
                .when(DISMISS)
                .thenRecorded();
    }

    @Test
    void only_an_open_alert_is_resolved() {
        admitted().when(REPLACE).thenRefused(Refusal.EXAM_NOT_STARTED);
        running()
                .when(REPLACE)
                .thenRefused(Refusal.NO_OPEN_ALERT)
                .when(RAISE)
                .when(new EndExam(EXAM, EndReason.INVIGILATOR))
                .when(REPLACE)
                .thenRefused(Refusal.EXAM_ENDED);
    }

    @Test
    void at_most_30_minutes_are_given_back_in_all() {
        LedgerScenario scenario = running();
        scenario.when(restore(20)).thenRecorded();
        assertThat(scenario.stream(EXAM.value()))
                .last()
                .isEqualTo(new TimeRestored(EXAM, 1_200_000, ENDS_AT.plusSeconds(1_200)));
        scenario.when(restore(11)).thenRefused(Refusal.TIME_RANGE, Map.of("leftMs", 600_000L));
        scenario.when(restore(0)).thenRefused(Refusal.TIME_RANGE);
        scenario.when(restore(-1)).thenRefused(Refusal.TIME_RANGE);
        scenario.when(restore(10)).thenRecorded();
        Instant later = ENDS_AT.plusSeconds(1_800);
        scenario.when(answer(1, 1, RIGHT, later.plusMillis(1))).thenRefused(Refusal.EXAM_OVER, Map.of("endsAt", later));
        scenario.when(answer(1, 1, RIGHT, later)).thenRecorded();
        scenario.at(later.plusSeconds(60)).when(new EndExam(EXAM, EndReason.TIME));
        assertThat(Sessions.last(scenario, EXAM.value(), ExamEnded.class).endedAt())
                .isEqualTo(later);
        scenario.when(restore(1)).thenRefused(Refusal.EXAM_ENDED);
        admitted().when(restore(1)).thenRefused(Refusal.EXAM_NOT_STARTED);
    }

    @Test
    void an_alert_names_what_was_seen_and_nothing_else() {
        LedgerScenario scenario = running().when(RAISE);
        assertThat(Sessions.last(scenario, EXAM.value(), AlertRaised.class))
                .isEqualTo(new AlertRaised(EXAM, ALERT, 1, IMAGE));
    }

    private static RestoreTime restore(int minutes) {
        return new RestoreTime(EXAM, Duration.ofMinutes(minutes));
    }

    private static RecordExamAnswer answer(int entry, int number, Response response, Instant receivedAt) {
        return new RecordExamAnswer(EXAM, entry, number, response, null, receivedAt);
    }

    private static fr.grandlivre.events.vocabulary.Outcome outcome(LedgerScenario scenario) {
        return Sessions.last(scenario, EXAM.value(), ExamAnswerRecorded.class).outcome();
    }
}
