package fr.grandlivre.command.session;

import static fr.grandlivre.command.session.Sessions.ADA;
import static fr.grandlivre.command.session.Sessions.CANDIDATE;
import static fr.grandlivre.command.session.Sessions.CENTRE;
import static fr.grandlivre.command.session.Sessions.DAY;
import static fr.grandlivre.command.session.Sessions.ENROL;
import static fr.grandlivre.command.session.Sessions.ENROLLED;
import static fr.grandlivre.command.session.Sessions.ENTER;
import static fr.grandlivre.command.session.Sessions.EXAM;
import static fr.grandlivre.command.session.Sessions.IDENTITY;
import static fr.grandlivre.command.session.Sessions.INVIGILATOR;
import static fr.grandlivre.command.session.Sessions.MAC;
import static fr.grandlivre.command.session.Sessions.OPENED;
import static fr.grandlivre.command.session.Sessions.PRESENT;
import static fr.grandlivre.command.session.Sessions.SCHEDULED;
import static fr.grandlivre.command.session.Sessions.SESSION;
import static fr.grandlivre.command.session.Sessions.START;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.CorrectCandidate;
import fr.grandlivre.command.session.SessionCommand.DrawInvigilatorCode;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidates;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.NameInvigilators;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.command.session.SessionCommand.RescheduleSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.WithdrawAdmission;
import fr.grandlivre.command.session.SessionCommand.WithdrawCandidate;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.SessionEvent.AdmissionWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.CandidateWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CentreAttached;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.InvigilatorCodeDrawn;
import fr.grandlivre.events.session.SessionEvent.InvigilatorsNamed;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionRescheduled;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final CandidateId OTHER = CandidateId.of("018f0000-0000-7000-8000-0000000000cb");
    private static final LearnerId BOB = LearnerId.of("018f0000-0000-7000-8000-000000000b0b");
    private static final SessionFinalised FINALISED = new SessionFinalised(SESSION, List.of(), false, null);
    private static final ConfirmPresence CONFIRM = new ConfirmPresence(SESSION, CANDIDATE, MAC);
    private static final GrantAdmission ADMIT = new GrantAdmission(SESSION, CANDIDATE, MAC);

    private final FixtureConfiguration<Session> session = LedgerFixture.of(Session.class, Session::new, START);
    private final LedgerScenario scenario = Sessions.scenario();

    @Test
    void a_centre_opens_once() {
        OpenCentre open = new OpenCentre(CENTRE, "Collège des Lilas", null);

        scenario.when(open).thenStream(CENTRE.value(), OPENED).when(open).thenUnchanged();
    }

    @Test
    void an_establishment_has_one_centre() {
        Uai lilas = new Uai("0123456A");
        OpenCentre open = new OpenCentre(CENTRE, "Collège des Lilas", lilas);
        CentreId second = CentreId.of("018f0000-0000-7000-8000-0000000000cf");

        scenario.when(open)
                .thenStream(StreamIds.centreOf(lilas), new CentreAttached(lilas, CENTRE))
                .thenStream(CENTRE.value(), new CentreOpened(CENTRE, "Collège des Lilas", lilas))
                .when(new OpenCentre(second, "Collège des Lilas, annexe", lilas))
                .thenRefused(Refusal.CENTRE_EXISTS)
                .thenStream(second.value())
                .when(open)
                .thenUnchanged();
    }

    @Test
    void a_session_is_planned_once_with_the_times_of_the_rules_of_its_day() {
        scenario.given(CENTRE.value(), OPENED)
                .when(schedule(DAY))
                .thenStream(StreamIds.sessionNumber(4711), new SessionNumberReserved(4711, SESSION))
                .thenStream(SESSION.value(), SCHEDULED)
                .when(schedule(DAY))
                .thenUnchanged();
    }

    @Test
    void two_sessions_never_have_the_same_number() {
        SessionId second = SessionId.of("018f0000-0000-7000-8000-0000000000ff");
        scenario.given(CENTRE.value(), OPENED)
                .when(schedule(DAY))
                .when(new ScheduleSession(
                        second, 4711, CENTRE, DAY, LocalTime.of(9, 30), "13", List.of(), "BCDF24", MAC))
                .thenRefused(Refusal.NUMBER_TAKEN)
                .thenStream(second.value());
    }

    @Test
    void whoever_watches_over_a_session_is_named_anew_until_it_is_finalised() {
        AccountId substitute = AccountId.of("018f0000-0000-7000-8000-000000000112");
        NameInvigilators both = new NameInvigilators(SESSION, List.of(substitute, INVIGILATOR));
        scenario.given(SESSION.value(), SCHEDULED)
                .when(new NameInvigilators(SESSION, List.of(INVIGILATOR)))
                .thenUnchanged()
                .when(both)
                .when(new NameInvigilators(SESSION, List.of(INVIGILATOR, substitute)))
                .thenUnchanged()
                .thenStream(
                        SESSION.value(), SCHEDULED, new InvigilatorsNamed(SESSION, List.of(substitute, INVIGILATOR)))
                .given(SESSION.value(), new SessionFinalised(SESSION, List.of(), false, null))
                .when(new NameInvigilators(SESSION, List.of()))
                .thenRefused(Refusal.SESSION_FINALISED);
    }

    @Test
    void another_invigilators_code_takes_the_place_of_the_first_until_the_session_is_finalised() {
        DrawInvigilatorCode draw = new DrawInvigilatorCode(SESSION, "mac of another code");
        scenario.when(draw)
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(draw)
                .thenStream(
                        SESSION.value(), SCHEDULED, ENROLLED, new InvigilatorCodeDrawn(SESSION, "mac of another code"))
                .when(draw)
                .thenUnchanged()
                .when(CONFIRM)
                .thenRefused(Refusal.WRONG_INVIGILATOR_CODE)
                .when(new ConfirmPresence(SESSION, CANDIDATE, "mac of another code"))
                .thenStream(EXAM.value(), PRESENT)
                .given(SESSION.value(), FINALISED)
                .when(new DrawInvigilatorCode(SESSION, MAC))
                .thenRefused(Refusal.SESSION_FINALISED);
    }

    @Test
    void a_session_is_planned_for_two_years_from_today_at_most() {
        scenario.given(CENTRE.value(), OPENED)
                .when(schedule(DAY.plusYears(2).plusDays(1)))
                .thenRefused(Refusal.DATE_TOO_FAR)
                .when(schedule(DAY.plusYears(2)))
                .thenRecorded()
                .when(reschedule(LocalDate.of(9999, 12, 31)))
                .thenRefused(Refusal.DATE_TOO_FAR);
    }

    @Test
    void a_plan_is_changed_and_the_former_one_stays() {
        scenario.given(SESSION.value(), SCHEDULED)
                .when(reschedule(DAY.plusDays(1)))
                .thenStream(
                        SESSION.value(),
                        SCHEDULED,
                        new SessionRescheduled(
                                SESSION, DAY, "08:30", "12", DAY.plusDays(1), "14:00", "13", "Salle inondée"))
                .when(reschedule(DAY.plusDays(1)))
                .thenUnchanged()
                .when(ENROL)
                .thenRecorded();
    }

    @Test
    void a_plan_is_not_changed_to_the_past_nor_after_finalisation_nor_once_somebody_started() {
        scenario.when(reschedule(DAY)).thenRefused(Refusal.UNKNOWN_SESSION);
        scenario.given(SESSION.value(), SCHEDULED)
                .when(reschedule(DAY.minusDays(1)))
                .thenRefused(Refusal.DATE_IN_PAST);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, FINALISED)
                .when(reschedule(DAY.plusDays(1)))
                .thenRefused(Refusal.SESSION_FINALISED);
        Sessions.running().when(reschedule(DAY.plusDays(1))).thenRefused(Refusal.EXAM_ALREADY_STARTED);
    }

    @Test
    void candidates_of_a_file_are_enrolled_together_or_not_at_all() {
        EnrolCandidate bob = new EnrolCandidate(SESSION, OTHER, BOB, 0, IDENTITY);
        scenario.given(SESSION.value(), SCHEDULED)
                .when(new EnrolCandidates(
                        SESSION, List.of(ENROL, new EnrolCandidate(SESSION, OTHER, ADA, 0, IDENTITY))))
                .thenRefused(Refusal.ALREADY_CANDIDATE, Map.of("index", 1))
                .thenStream(SESSION.value(), SCHEDULED)
                .when(new EnrolCandidates(SESSION, List.of(ENROL, bob)))
                .thenStream(
                        SESSION.value(),
                        SCHEDULED,
                        ENROLLED,
                        new CandidateEnrolled(SESSION, OTHER, BOB, 0, Personal.of(BOB.value(), IDENTITY)));
    }

    @Test
    void nobody_gives_an_erased_candidate_a_name_again() {
        scenario.given(
                        SESSION.value(),
                        SCHEDULED,
                        new CandidateEnrolled(SESSION, CANDIDATE, ADA, 0, new Personal.Erased<>()))
                .when(new CorrectCandidate(SESSION, CANDIDATE, 33, IDENTITY))
                .thenRefused(Refusal.ERASED_ACCOUNT);
    }

    @Test
    void a_candidate_is_corrected_until_the_exam_starts() {
        CandidateIdentity right = new CandidateIdentity("Ada", "Été", IDENTITY.birthDate(), "Brest");
        CorrectCandidate correct = new CorrectCandidate(SESSION, CANDIDATE, 33, right);

        scenario.given(SESSION.value(), SCHEDULED).when(correct).thenRefused(Refusal.UNKNOWN_CANDIDATE);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(new CorrectCandidate(SESSION, CANDIDATE, 101, right))
                .thenRefused(Refusal.EXTRA_TIME_RANGE)
                .when(new CorrectCandidate(
                        SESSION, CANDIDATE, 0, new CandidateIdentity("Ada", "Été", IDENTITY.birthDate(), " ")))
                .thenRefused(Refusal.BIRTH_PLACE_MISSING)
                .when(correct)
                .thenStream(
                        SESSION.value(),
                        SCHEDULED,
                        ENROLLED,
                        new CandidateCorrected(SESSION, CANDIDATE, ADA, 33, Personal.of(ADA.value(), right)))
                .when(correct)
                .thenUnchanged();
        Sessions.running().when(correct).thenRefused(Refusal.EXAM_ALREADY_STARTED);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED, FINALISED)
                .when(correct)
                .thenRefused(Refusal.SESSION_FINALISED);
    }

    @Test
    void a_candidate_is_withdrawn_until_the_exam_starts_and_may_be_enrolled_anew() {
        WithdrawCandidate withdraw = new WithdrawCandidate(SESSION, CANDIDATE);

        scenario.given(SESSION.value(), SCHEDULED).when(withdraw).thenRefused(Refusal.UNKNOWN_CANDIDATE);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(withdraw)
                .thenStream(SESSION.value(), SCHEDULED, ENROLLED, new CandidateWithdrawn(SESSION, CANDIDATE))
                .when(withdraw)
                .thenUnchanged()
                .when(CONFIRM)
                .thenRefused(Refusal.UNKNOWN_CANDIDATE)
                .when(ENTER)
                .thenRefused(Refusal.JOIN_REFUSED)
                .when(new EnrolCandidate(SESSION, OTHER, ADA, 0, IDENTITY))
                .thenRecorded();
        Sessions.running().when(withdraw).thenRefused(Refusal.EXAM_ALREADY_STARTED);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED, FINALISED)
                .when(withdraw)
                .thenRefused(Refusal.SESSION_FINALISED);
    }

    @Test
    void an_issue_is_reported_once_with_what_was_written_sealed_for_the_candidate() {
        ReportIssue report = report(CANDIDATE, "image-not-displaying", 1);

        LedgerScenario running =
                Sessions.running().when(report).thenRecorded().when(report).thenUnchanged();
        assertThat(running.stream(SESSION.value()))
                .last()
                .isEqualTo(new IssueReported(
                        SESSION,
                        report.issue(),
                        CANDIDATE,
                        "image-not-displaying",
                        1,
                        Personal.of(ADA.value(), new IssueDescription("L’image manque."))));
        running.when(report(null, "non-blocking-technical", null)).thenRecorded();
        assertThat(running.stream(SESSION.value()))
                .last()
                .extracting(event -> ((IssueReported) event).sealed())
                .isEqualTo(Personal.of(INVIGILATOR.value(), new IssueDescription("L’image manque.")));
        assertThat(report.toString()).doesNotContain("image manque");
    }

    @Test
    void an_issue_has_a_current_category_a_known_candidate_and_the_question_it_concerns() {
        LedgerScenario running = Sessions.running();
        running.when(report(CANDIDATE, "no-such-thing", 1)).thenRefused(Refusal.CATEGORY_UNKNOWN);
        running.when(report(CANDIDATE, "in-challenge", 1)).thenRefused(Refusal.CATEGORY_UNKNOWN);
        running.when(report(CANDIDATE, "link-not-working", 1)).thenRefused(Refusal.CATEGORY_DEPRECATED);
        running.when(report(OTHER, "fraud", null)).thenRefused(Refusal.UNKNOWN_CANDIDATE);
        running.when(report(null, "fraud", null)).thenRefused(Refusal.UNKNOWN_CANDIDATE);
        running.when(report(CANDIDATE, "website-blocked", null)).thenRefused(Refusal.QUESTION_REQUIRED);
        running.when(report(CANDIDATE, "website-blocked", 6)).thenRefused(Refusal.UNKNOWN_QUESTION);
        running.when(report(CANDIDATE, "website-blocked", 0)).thenRefused(Refusal.UNKNOWN_QUESTION);
        Sessions.scenario()
                .when(report(null, "non-blocking-technical", null))
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .given(
                        SESSION.value(),
                        SCHEDULED,
                        ENROLLED,
                        FINALISED,
                        new SessionPublished(SESSION, START, DAY, List.of()))
                .when(report(CANDIDATE, "fraud", null))
                .thenRefused(Refusal.SESSION_PUBLISHED);
    }

    @Test
    void an_admission_that_was_not_used_is_taken_back() {
        WithdrawAdmission sendAway = new WithdrawAdmission(SESSION, CANDIDATE, MAC);
        AdmissionWithdrawn withdrawn = new AdmissionWithdrawn(EXAM, SESSION, CANDIDATE);

        Sessions.admitted()
                .when(sendAway)
                .thenStream(EXAM.value(), PRESENT, Sessions.ADMITTED, withdrawn)
                .when(sendAway)
                .thenUnchanged()
                .when(ENTER)
                .thenRefused(Refusal.NOT_ADMITTED);
        Sessions.running()
                .when(sendAway)
                .thenUnchanged()
                .when(ADMIT)
                .when(sendAway)
                .thenRecorded()
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(sendAway)
                .thenRefused(Refusal.EXAM_ENDED);
    }

    @Test
    void a_session_is_planned_in_a_centre_that_opened_and_not_in_the_past() {
        scenario.when(schedule(DAY))
                .thenRefused(Refusal.UNKNOWN_CENTRE)
                .given(CENTRE.value(), OPENED)
                .when(schedule(DAY.minusDays(1)))
                .thenRefused(Refusal.DATE_IN_PAST);
    }

    @Test
    void a_candidate_is_enrolled_once() {
        session.given(SCHEDULED).when(ENROL).expectEvents(ENROLLED);
        session.given(SCHEDULED, ENROLLED).when(ENROL).expectNoEvents();
    }

    @Test
    void nobody_is_enrolled_in_an_unknown_session() {
        session.givenNoPriorActivity()
                .when(ENROL)
                .expectResultMessagePayload(new Refused(Refusal.UNKNOWN_SESSION))
                .expectNoEvents();
    }

    @Test
    void nobody_is_enrolled_in_a_finalised_session() {
        session.given(SCHEDULED, FINALISED)
                .when(ENROL)
                .expectResultMessagePayload(new Refused(Refusal.SESSION_FINALISED))
                .expectNoEvents();
    }

    @Test
    void a_learner_is_a_candidate_of_a_session_once() {
        session.given(SCHEDULED, ENROLLED)
                .when(new EnrolCandidate(SESSION, OTHER, ADA, 0, IDENTITY))
                .expectResultMessagePayload(new Refused(Refusal.ALREADY_CANDIDATE))
                .expectNoEvents();
    }

    @Test
    void a_session_has_200_places() {
        LedgerScenario full = scenario.given(SESSION.value(), SCHEDULED);
        for (int i = 0; i < SessionDecider.MOST_CANDIDATES; i++) {
            LearnerId learner = new LearnerId(new UUID(7, i));
            full.given(
                    SESSION.value(),
                    new CandidateEnrolled(
                            SESSION,
                            new CandidateId(new UUID(8, i)),
                            learner,
                            0,
                            Personal.of(learner.value(), IDENTITY)));
        }
        full.when(ENROL).thenRefused(Refusal.SESSION_FULL);
    }

    @Test
    void extra_time_is_0_to_100_percent() {
        for (int percent : new int[] {-1, 101}) {
            session.given(SCHEDULED)
                    .when(new EnrolCandidate(SESSION, CANDIDATE, ADA, percent, IDENTITY))
                    .expectResultMessagePayload(new Refused(Refusal.EXTRA_TIME_RANGE))
                    .expectNoEvents();
        }
        session.given(SCHEDULED)
                .when(new EnrolCandidate(SESSION, CANDIDATE, ADA, 100, IDENTITY))
                .expectEvents(Sessions.enrolled(100));
    }

    @Test
    void a_certificate_needs_a_birth_place() {
        CandidateIdentity without = new CandidateIdentity("Ada", "Petit", LocalDate.of(2008, 2, 29), " ");
        session.given(SCHEDULED)
                .when(new EnrolCandidate(SESSION, CANDIDATE, ADA, 0, without))
                .expectResultMessagePayload(new Refused(Refusal.BIRTH_PLACE_MISSING))
                .expectNoEvents();
    }

    @Test
    void presence_is_confirmed_once_and_then_admission_granted_once() {
        scenario.given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(ADMIT)
                .thenRefused(Refusal.NOT_PRESENT)
                .when(CONFIRM)
                .thenStream(EXAM.value(), PRESENT)
                .when(CONFIRM)
                .thenUnchanged()
                .when(ADMIT)
                .thenStream(EXAM.value(), PRESENT, Sessions.ADMITTED)
                .when(ADMIT)
                .thenUnchanged();
    }

    @Test
    void an_invigilator_acts_with_the_code_on_candidates_of_an_open_session() {
        scenario.when(CONFIRM)
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .given(SESSION.value(), SCHEDULED)
                .when(CONFIRM)
                .thenRefused(Refusal.UNKNOWN_CANDIDATE)
                .when(new ConfirmPresence(SESSION, CANDIDATE, "another mac"))
                .thenRefused(Refusal.WRONG_INVIGILATOR_CODE);
        Sessions.scenario()
                .given(SESSION.value(), SCHEDULED, ENROLLED, FINALISED)
                .when(CONFIRM)
                .thenRefused(Refusal.SESSION_FINALISED);
    }

    @Test
    void a_running_candidate_may_be_admitted_once_more() {
        Sessions.running()
                .when(CONFIRM)
                .thenUnchanged()
                .when(ADMIT)
                .thenRecorded()
                .when(ADMIT)
                .thenUnchanged();
    }

    @Test
    void an_ended_exam_takes_neither_presence_nor_admission() {
        Sessions.running()
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(CONFIRM)
                .thenRefused(Refusal.EXAM_ENDED)
                .when(ADMIT)
                .thenRefused(Refusal.EXAM_ENDED);
    }

    @Test
    void a_session_without_candidate_is_not_finalised() {
        scenario.when(finalise(Set.of()))
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .given(SESSION.value(), SCHEDULED)
                .when(finalise(Set.of()))
                .thenRefused(Refusal.NO_CANDIDATE);
    }

    @Test
    void a_session_is_not_finalised_while_an_exam_runs() {
        Sessions.running()
                .when(finalise(Set.of()))
                .thenRefused(Refusal.EXAM_IN_PROGRESS, Map.of("candidates", List.of(CANDIDATE.toString())));
    }

    @Test
    void everybody_who_did_not_start_is_stated_absent() {
        CandidateEnrolled bob = new CandidateEnrolled(SESSION, OTHER, BOB, 0, Personal.of(BOB.value(), IDENTITY));
        scenario.given(SESSION.value(), SCHEDULED, ENROLLED, bob)
                .when(finalise(Set.of(CANDIDATE)))
                .thenRefused(Refusal.PRESENCE_UNSTATED, Map.of("candidates", List.of(OTHER.toString())))
                .when(finalise(Set.of(CANDIDATE, OTHER)))
                .thenRecorded()
                .when(finalise(Set.of()))
                .thenUnchanged();
    }

    @Test
    void whoever_was_seen_in_the_room_is_not_stated_absent() {
        CandidateEnrolled bob = new CandidateEnrolled(SESSION, OTHER, BOB, 0, Personal.of(BOB.value(), IDENTITY));
        Map<String, Object> ada = Map.of("candidates", List.of(CANDIDATE.toString()));
        LedgerScenario seen = scenario.given(SESSION.value(), SCHEDULED, ENROLLED, bob)
                .given(EXAM.value(), PRESENT, Sessions.ADMITTED)
                .when(finalise(Set.of(CANDIDATE, OTHER)))
                .thenRefused(Refusal.CANDIDATE_PRESENT, ada)
                .when(finalise(Set.of(OTHER)))
                .thenRecorded();
        assertThat(Sessions.last(seen, SESSION.value(), SessionFinalised.class).candidates())
                .containsExactly(
                        new CandidatePresence(CANDIDATE, true, null), new CandidatePresence(OTHER, false, null));
        Sessions.running()
                .when(new EndExam(EXAM, EndReason.CANDIDATE))
                .when(finalise(Set.of(CANDIDATE)))
                .thenRefused(Refusal.CANDIDATE_PRESENT, ada);
    }

    @Test
    void nobody_is_stated_absent_who_is_no_candidate() {
        scenario.given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(finalise(Set.of(CANDIDATE, OTHER)))
                .thenRefused(Refusal.ABSENT_UNKNOWN, Map.of("candidates", List.of(OTHER.toString())));
    }

    @Test
    void results_are_not_published_before_the_centre_finalised() {
        scenario.when(new PublishSession(SESSION))
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(new PublishSession(SESSION))
                .thenRefused(Refusal.SESSION_NOT_FINALISED);
    }

    private static ReportIssue report(CandidateId candidate, String category, Integer number) {
        UUID issue = UUID.nameUUIDFromBytes((category + number).getBytes(StandardCharsets.UTF_8));
        return new ReportIssue(SESSION, issue, candidate, category, number, "L’image manque.", INVIGILATOR);
    }

    private static RescheduleSession reschedule(LocalDate day) {
        return new RescheduleSession(SESSION, day, LocalTime.of(14, 0), "13", "Salle inondée");
    }

    private static FinaliseSession finalise(Set<CandidateId> absent) {
        return new FinaliseSession(SESSION, false, absent);
    }

    private static ScheduleSession schedule(LocalDate day) {
        return new ScheduleSession(
                SESSION, 4711, CENTRE, day, LocalTime.of(8, 30), "12", List.of(INVIGILATOR), "BCDF23", MAC);
    }
}
