package fr.grandlivre.command.school;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.school.SchoolCommand.Arrives;
import fr.grandlivre.command.school.SchoolCommand.CorrectPupil;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.ImportRoster;
import fr.grandlivre.command.school.SchoolCommand.IsCorrected;
import fr.grandlivre.command.school.SchoolCommand.Leaves;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.command.school.SchoolCommand.Moves;
import fr.grandlivre.command.school.SchoolCommand.ProduceExport;
import fr.grandlivre.command.school.SchoolCommand.RegisterSchool;
import fr.grandlivre.command.school.SchoolCommand.RosterEntry;
import fr.grandlivre.command.school.SchoolCommand.TakeOverPlace;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterCause;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.RosterImported;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Instant NOW = Instant.parse("2021-09-01T08:00:00Z");
    private static final SchoolId SCHOOL = SchoolId.of("018f0000-0000-7000-8000-000000000501");
    private static final SchoolYear YEAR = new SchoolYear("2021-2022");
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000001");
    private static final LearnerId BOB = LearnerId.of("018f0000-0000-7000-8000-000000000002");
    private static final Division CLASS_3A = new Division("3A");
    private static final Division CLASS_3B = new Division("3B");
    private static final UUID ROSTER = StreamIds.roster(SCHOOL, YEAR);
    private static final UUID ADAS_PLACE = StreamIds.enrolment(SCHOOL, YEAR, ADA);
    private static final SchoolRegistered REGISTERED =
            new SchoolRegistered(SCHOOL, new Uai("0750001A"), "Collège des Lilas", Kind.COLLEGE, null);
    private static final RosterChanged BY_ENROLMENT = new RosterChanged(SCHOOL, YEAR, RosterCause.ENROLMENT);

    private final Map<String, LearnerId> ines = new HashMap<>();
    private final LedgerScenario scenario = new LedgerScenario(NOW)
            .with(side -> School.register(side, (_, _, ine, _) -> Optional.ofNullable(ines.get(ine))))
            .given(SCHOOL.value(), REGISTERED);

    @Test
    void an_establishment_joins_once() {
        RegisterSchool register =
                new RegisterSchool(SCHOOL, new Uai("0750001A"), "Collège des Lilas", Kind.COLLEGE, null);
        var school = LedgerFixture.of(School.class, School::new, NOW);

        school.givenNoPriorActivity().when(register).expectEvents(REGISTERED);
        school.given(REGISTERED).when(register).expectNoEvents();
    }

    @Test
    void enrolling_a_pupil_changes_the_roster_in_the_same_append() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .thenStream(ROSTER, BY_ENROLMENT)
                .thenStream(ADAS_PLACE, enrolled(ADA, pupil(null)));

        assertThat(scenario.outcome()).isEqualTo(new Outcome.Recorded(3, ADAS_PLACE, 0, false));
    }

    @Test
    void a_pupil_enrolled_twice_in_the_same_class_is_enrolled_once() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(enrol(ADA, CLASS_3A, pupil(null)))
                .thenUnchanged()
                .thenStream(ROSTER, BY_ENROLMENT);
    }

    @Test
    void a_pupil_stands_in_one_class_at_a_time() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(enrol(ADA, CLASS_3B, pupil(null)))
                .thenRefused(Refusal.LINE_DUPLICATE);
    }

    @Test
    void a_pupils_line_names_the_account_that_goes_on() {
        PupilIdentity known = pupil("123456789AB");
        scenario.when(enrol(BOB, CLASS_3A, known))
                .when(new TakeOverPlace(SCHOOL, YEAR, ADA, BOB))
                .thenStream(ADAS_PLACE, enrolled(ADA, known))
                .thenStream(
                        StreamIds.enrolment(SCHOOL, YEAR, BOB),
                        enrolled(BOB, known),
                        new PupilLeft(SCHOOL, YEAR, BOB, LocalDate.of(2021, 9, 1), LeavingReason.ERROR))
                .thenStream(ROSTER, BY_ENROLMENT, new RosterChanged(SCHOOL, YEAR, RosterCause.CORRECTION))
                .when(new TakeOverPlace(SCHOOL, YEAR, ADA, BOB))
                .thenUnchanged();
    }

    @Test
    void a_pupil_who_stood_there_twice_keeps_one_line_and_the_number() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(enrol(BOB, CLASS_3B, pupil("123456789AB")))
                .when(new TakeOverPlace(SCHOOL, YEAR, ADA, BOB))
                .thenStream(
                        ADAS_PLACE,
                        enrolled(ADA, pupil(null)),
                        new PupilCorrected(
                                SCHOOL, YEAR, ADA, CLASS_3A, "3e", Personal.of(ADA.value(), pupil("123456789AB"))));
    }

    @Test
    void nobody_is_enrolled_in_an_establishment_that_did_not_join() {
        SchoolId unknown = SchoolId.of("018f0000-0000-7000-8000-0000000005ff");
        scenario.when(new EnrolPupil(unknown, YEAR, ADA, CLASS_3A, "3e", pupil(null), null))
                .thenRefused(Refusal.UNKNOWN_SCHOOL);
    }

    @Test
    void an_ine_of_another_shape_is_refused() {
        scenario.when(enrol(ADA, CLASS_3A, pupil("12345")))
                .thenRefused(Refusal.INE_MALFORMED)
                .thenStream(ROSTER);
    }

    @Test
    void an_ine_is_recorded_in_upper_case_and_belongs_to_one_pupil_of_the_roster() {
        scenario.when(enrol(ADA, CLASS_3A, pupil("123456789ab")))
                .thenStream(ADAS_PLACE, enrolled(ADA, pupil("123456789AB")));
        ines.put("123456789AB", ADA);

        scenario.when(enrol(BOB, CLASS_3A, pupil("123456789aB"))).thenRefused(Refusal.INE_DUPLICATE);
    }

    @Test
    void a_pupil_who_comes_back_keeps_the_ine() {
        ines.put("1234567890A", ADA);
        scenario.when(enrol(ADA, CLASS_3A, pupil("1234567890a"))).thenRecorded();
    }

    @Test
    void a_birth_date_before_1900_01_02_or_in_the_future_is_refused() {
        scenario.when(enrol(ADA, CLASS_3A, born(LocalDate.of(1900, 1, 1))))
                .thenRefused(Refusal.BIRTH_DATE_INVALID)
                .when(enrol(ADA, CLASS_3A, born(LocalDate.of(2021, 9, 2))))
                .thenRefused(Refusal.BIRTH_DATE_INVALID)
                .when(enrol(ADA, CLASS_3A, born(LocalDate.of(1900, 1, 2))))
                .thenRecorded();
    }

    @Test
    void an_unknown_level_of_schooling_is_refused() {
        scenario.when(new EnrolPupil(SCHOOL, YEAR, ADA, CLASS_3A, "CM2", pupil(null), null))
                .thenRefused(Refusal.YEAR_UNKNOWN);
    }

    @Test
    void a_roster_that_moved_since_it_was_read_is_not_changed() {
        scenario.when(new EnrolPupil(SCHOOL, YEAR, ADA, CLASS_3A, "3e", pupil(null), 0))
                .thenRecorded()
                .when(new EnrolPupil(SCHOOL, YEAR, BOB, CLASS_3A, "3e", pupil(null), 0))
                .thenRefused(Refusal.DRY_RUN_OUTDATED)
                .when(new EnrolPupil(SCHOOL, YEAR, BOB, CLASS_3A, "3e", pupil(null), 1))
                .thenRecorded();
    }

    @Test
    void a_pupil_moves_to_another_class_once() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(new MovePupil(SCHOOL, YEAR, ADA, CLASS_3B))
                .thenStream(
                        ADAS_PLACE, enrolled(ADA, pupil(null)), new PupilMoved(SCHOOL, YEAR, ADA, CLASS_3A, CLASS_3B))
                .thenStream(ROSTER, BY_ENROLMENT, new RosterChanged(SCHOOL, YEAR, RosterCause.MOVE))
                .when(new MovePupil(SCHOOL, YEAR, ADA, CLASS_3B))
                .thenUnchanged();
    }

    @Test
    void a_pupil_who_is_not_on_the_roster_neither_moves_nor_leaves() {
        scenario.when(new MovePupil(SCHOOL, YEAR, ADA, CLASS_3B))
                .thenRefused(Refusal.NOT_ENROLLED)
                .when(leave(ADA))
                .thenRefused(Refusal.NOT_ENROLLED);
    }

    @Test
    void a_pupil_leaves_once_and_may_come_back() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(leave(ADA))
                .thenStream(
                        ADAS_PLACE,
                        enrolled(ADA, pupil(null)),
                        new PupilLeft(SCHOOL, YEAR, ADA, LocalDate.of(2021, 12, 17), LeavingReason.MOVED))
                .when(leave(ADA))
                .thenUnchanged()
                .when(new MovePupil(SCHOOL, YEAR, ADA, CLASS_3B))
                .thenRefused(Refusal.NOT_ENROLLED)
                .when(enrol(ADA, CLASS_3A, pupil(null)))
                .thenRecorded();
    }

    @Test
    void a_correction_tells_the_whole_line_again_and_once() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", pupil("123456789ab")))
                .thenStream(
                        ADAS_PLACE,
                        enrolled(ADA, pupil(null)),
                        new PupilCorrected(
                                SCHOOL, YEAR, ADA, CLASS_3A, "3e", Personal.of(ADA.value(), pupil("123456789AB"))))
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", pupil("123456789AB")))
                .thenUnchanged();
    }

    @Test
    void a_correction_is_held_to_the_rules_of_an_enrolment() {
        ines.put("1234567890A", BOB);
        scenario.when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", pupil(null)))
                .thenRefused(Refusal.NOT_ENROLLED)
                .when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", pupil("12")))
                .thenRefused(Refusal.INE_MALFORMED)
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", pupil("1234567890A")))
                .thenRefused(Refusal.INE_DUPLICATE)
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "CM2", pupil(null)))
                .thenRefused(Refusal.YEAR_UNKNOWN)
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", born(LocalDate.of(1900, 1, 1))))
                .thenRefused(Refusal.BIRTH_DATE_INVALID);
    }

    @Test
    void nobody_gives_an_erased_pupil_a_name_again() {
        scenario.given(
                        ADAS_PLACE,
                        new PupilEnrolled(SCHOOL, YEAR, ADA, CLASS_3A, "3e", new Personal.Erased<PupilIdentity>()))
                .when(new CorrectPupil(SCHOOL, YEAR, ADA, "3e", pupil(null)))
                .thenRefused(Refusal.ERASED_ACCOUNT)
                .when(list(0, new IsCorrected(ADA, "3e", pupil(null))))
                .thenRefused(Refusal.ERASED_ACCOUNT)
                .when(new MovePupil(SCHOOL, YEAR, ADA, CLASS_3B))
                .thenRecorded();
    }

    @Test
    void a_list_is_one_append_over_the_roster_every_pupil_and_the_school() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(list(1, new Moves(ADA, CLASS_3B), new Arrives(BOB, CLASS_3A, "3e", pupil("1234567890a"))))
                .thenRecorded()
                .thenStream(
                        ADAS_PLACE, enrolled(ADA, pupil(null)), new PupilMoved(SCHOOL, YEAR, ADA, CLASS_3A, CLASS_3B))
                .thenStream(StreamIds.enrolment(SCHOOL, YEAR, BOB), enrolled(BOB, pupil("1234567890A")))
                .thenStream(ROSTER, BY_ENROLMENT, new RosterChanged(SCHOOL, YEAR, RosterCause.ROSTER_IMPORT))
                .thenStream(SCHOOL.value(), REGISTERED, new RosterImported(SCHOOL, YEAR, 2, 1, 1, 0, 0, 0));
    }

    @Test
    void a_list_that_changes_nothing_records_nothing() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(list(1))
                .thenUnchanged()
                .when(list(1, new Moves(ADA, CLASS_3A), new IsCorrected(ADA, "3e", pupil(null))))
                .thenUnchanged();
    }

    @Test
    void a_list_compared_with_an_older_roster_is_refused() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(list(0, new Moves(ADA, CLASS_3B)))
                .thenRefused(Refusal.DRY_RUN_OUTDATED);
    }

    @Test
    void one_entry_that_cannot_be_stops_the_whole_list() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(list(1, new Moves(ADA, CLASS_3B), new Leaves(BOB)))
                .thenRefused(Refusal.NOT_ENROLLED)
                .when(list(1, new Arrives(ADA, CLASS_3B, "3e", pupil(null))))
                .thenRefused(Refusal.LINE_DUPLICATE)
                .when(list(1, new Arrives(BOB, CLASS_3B, "3e", pupil("12"))))
                .thenRefused(Refusal.INE_MALFORMED)
                .when(list(
                        1,
                        new IsCorrected(ADA, "3e", pupil("1234567890A")),
                        new Arrives(BOB, CLASS_3B, "3e", pupil("1234567890A"))))
                .thenRefused(Refusal.INE_DUPLICATE)
                .when(list(1, new Moves(BOB, CLASS_3B)))
                .thenRefused(Refusal.NOT_ENROLLED)
                .when(list(1, new IsCorrected(BOB, "3e", pupil(null))))
                .thenRefused(Refusal.NOT_ENROLLED)
                .thenStream(ROSTER, BY_ENROLMENT);
    }

    @Test
    void whoever_leaves_by_a_list_leaves_today_and_may_come_back() {
        scenario.when(enrol(ADA, CLASS_3A, pupil(null)))
                .when(list(1, new Leaves(ADA)))
                .thenStream(
                        ADAS_PLACE,
                        enrolled(ADA, pupil(null)),
                        new PupilLeft(SCHOOL, YEAR, ADA, LocalDate.of(2021, 9, 1), LeavingReason.LEFT))
                .when(list(2, new Arrives(ADA, CLASS_3A, "3e", pupil(null))))
                .thenRecorded();
    }

    @Test
    void the_same_file_made_again_is_the_same_act() {
        scenario.when(export("aa", false))
                .thenRecorded()
                .when(export("aa", false))
                .thenUnchanged()
                .when(export("bb", false))
                .thenRecorded()
                .when(export("aa", false))
                .thenRecorded()
                .when(export("aa", true))
                .thenRecorded();
    }

    private static ProduceExport export(String sha256, boolean always) {
        return new ProduceExport(
                SCHOOL,
                new Uai("0750001A"),
                YEAR,
                CLASS_3A,
                "csv-class-1",
                28,
                List.of(new Skipped(ADA, SkipReason.INE_MISSING)),
                12,
                new RulesVersion("2021-1"),
                sha256,
                UUID.randomUUID(),
                always);
    }

    private static ImportRoster list(int rosterSeen, RosterEntry... entries) {
        return new ImportRoster(SCHOOL, YEAR, rosterSeen, entries.length, 0, List.of(entries));
    }

    private static EndEnrolment leave(LearnerId learner) {
        return new EndEnrolment(SCHOOL, YEAR, learner, LocalDate.of(2021, 12, 17), LeavingReason.MOVED);
    }

    private static EnrolPupil enrol(LearnerId learner, Division division, PupilIdentity pupil) {
        return new EnrolPupil(SCHOOL, YEAR, learner, division, "3e", pupil, null);
    }

    private static PupilEnrolled enrolled(LearnerId learner, PupilIdentity pupil) {
        return new PupilEnrolled(SCHOOL, YEAR, learner, CLASS_3A, "3e", Personal.of(learner.value(), pupil));
    }

    private static PupilIdentity pupil(String ine) {
        return new PupilIdentity("Ada", null, null, "Petit", LocalDate.of(2007, 5, 4), ine);
    }

    private static PupilIdentity born(LocalDate birthDate) {
        return new PupilIdentity("Ada", null, null, "Petit", birthDate, null);
    }
}
