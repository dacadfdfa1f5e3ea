package fr.grandlivre.command.session;

import static fr.grandlivre.command.session.Sessions.ADA;
import static fr.grandlivre.command.session.Sessions.CANDIDATE;
import static fr.grandlivre.command.session.Sessions.CENTRE;
import static fr.grandlivre.command.session.Sessions.DAY;
import static fr.grandlivre.command.session.Sessions.ENROL;
import static fr.grandlivre.command.session.Sessions.ENROLLED;
import static fr.grandlivre.command.session.Sessions.EXAM;
import static fr.grandlivre.command.session.Sessions.IDENTITY;
import static fr.grandlivre.command.session.Sessions.INVIGILATOR;
import static fr.grandlivre.command.session.Sessions.MAC;
import static fr.grandlivre.command.session.Sessions.OPENED;
import static fr.grandlivre.command.session.Sessions.PRESENT;
import static fr.grandlivre.command.session.Sessions.SCHEDULED;
import static fr.grandlivre.command.session.Sessions.SESSION;
import static fr.grandlivre.command.session.Sessions.START;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.LearnerId;
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
        var centre = LedgerFixture.of(Centre.class, Centre::new, START);

        centre.givenNoPriorActivity().when(open).expectEvents(OPENED);
        centre.given(OPENED).when(open).expectNoEvents();
    }

    @Test
    void a_session_is_planned_once_with_the_times_of_the_rules_of_its_day() {
        scenario.given(CENTRE.value(), OPENED)
                .when(schedule(DAY))
                .thenStream(SESSION.value(), SCHEDULED)
                .when(schedule(DAY))
                .thenUnchanged();
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
    void results_are_not_published_before_the_centre_finalised() {
        scenario.when(new PublishSession(SESSION))
                .thenRefused(Refusal.UNKNOWN_SESSION)
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .when(new PublishSession(SESSION))
                .thenRefused(Refusal.SESSION_NOT_FINALISED);
    }

    private static FinaliseSession finalise(Set<CandidateId> absent) {
        return new FinaliseSession(SESSION, false, absent);
    }

    private static ScheduleSession schedule(LocalDate day) {
        return new ScheduleSession(
                SESSION, 4711, CENTRE, day, LocalTime.of(8, 30), "12", List.of(INVIGILATOR), "BCDF23", MAC);
    }
}
