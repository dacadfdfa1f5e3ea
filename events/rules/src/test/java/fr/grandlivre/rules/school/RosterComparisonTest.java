package fr.grandlivre.rules.school;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.school.RosterPlan.Fault;
import fr.grandlivre.rules.school.RosterPlan.Finding;
import fr.grandlivre.rules.school.RosterPlan.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterComparisonTest {
    private static final LocalDate TODAY = LocalDate.of(2022, 5, 16);
    private static final KnownPupil ADA = known(1, "Ada", "Petit", "123456789AB", "3A", true);
    private static final KnownPupil BOB = known(2, "Bob", "Grand", null, "3A", true);
    private static final KnownPupil GONE = known(3, "Cléo", "Été", "0123456789A", "4A", false);

    @Test
    void a_list_that_says_what_the_roster_says_changes_nothing() {
        RosterPlan plan = compare(line(2, "Petit", "Ada", "123456789ab", "3A"), line(3, "GRAND", "bob", "", "3A"));
        assertThat(plan.errors()).isEmpty();
        assertThat(plan.of(RosterPlan.Departure.class)).isEmpty();
        assertThat(plan.of(RosterPlan.Arrival.class)).isEmpty();
        assertThat(plan.of(RosterPlan.Move.class)).isEmpty();
        assertThat(plan.unchanged()).isEqualTo(1);
        assertThat(plan.of(RosterPlan.Correction.class))
                .as("names are kept as typed, so another spelling is a correction")
                .singleElement()
                .satisfies(correction -> assertThat(correction.known()).isEqualTo(BOB));
    }

    @Test
    void somebody_new_arrives_somebody_moves_and_whoever_is_missing_has_left() {
        RosterPlan plan = compare(line(2, "Petit", "Ada", "", "3B"), line(3, "Neuf", "Dan", "", "3A"));
        assertThat(plan.of(RosterPlan.Move.class)).singleElement().satisfies(move -> {
            assertThat(move.known()).isEqualTo(ADA);
            assertThat(move.to()).isEqualTo(new Division("3B"));
        });
        assertThat(plan.of(RosterPlan.Arrival.class)).singleElement().satisfies(arrival -> {
            assertThat(arrival.line()).isEqualTo(3);
            assertThat(arrival.known()).isNull();
        });
        assertThat(plan.of(RosterPlan.Departure.class))
                .extracting(RosterPlan.Departure::known)
                .containsExactly(BOB);
    }

    @Test
    void a_list_of_one_class_says_nothing_about_the_others() {
        RosterPlan plan = RosterComparison.compare(
                List.of(line(2, "Neuf", "Dan", "", "4B")), List.of(ADA, BOB), Scope.DIVISIONS, TODAY);
        assertThat(plan.of(RosterPlan.Departure.class)).isEmpty();
    }

    @Test
    void whoever_was_here_before_comes_back_as_the_same_person() {
        RosterPlan plan = compare(line(2, "Ete", "CLEO", "0123456789a", "3A"));
        assertThat(plan.of(RosterPlan.Arrival.class))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.known()).isEqualTo(GONE));
    }

    @Test
    void a_list_completes_what_the_school_did_not_know_and_takes_nothing_away() {
        RosterPlan plan = compare(line(2, "Petit", "Ada", "", "3A"), line(3, "Grand", "Bob", "1234567890Z", "3A"));
        assertThat(plan.unchanged()).as("Ada keeps the number").isEqualTo(1);
        assertThat(plan.of(RosterPlan.Correction.class)).singleElement().satisfies(correction -> {
            assertThat(correction.known()).isEqualTo(BOB);
            assertThat(correction.pupil().ine()).isEqualTo("1234567890Z");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', Ada, 28/02/2007, '', 3A, 3e, NAME_INVALID",
        "Petit, ' ', 28/02/2007, '', 3A, 3e, NAME_INVALID",
        "Petit, Eve, 28/02/2007, 12345, 3A, 3e, INE_MALFORMED",
        "Petit, Eve, 30/02/2007, '', 3A, 3e, BIRTH_DATE_INVALID",
        "Petit, Eve, 01/01/1900, '', 3A, 3e, BIRTH_DATE_INVALID",
        "Petit, Eve, 2022-05-17, '', 3A, 3e, BIRTH_DATE_INVALID",
        "Petit, Eve, '', '', 3A, 3e, BIRTH_DATE_INVALID",
        "Petit, Eve, 28/02/2007, '', 3A, CM2, YEAR_UNKNOWN",
        "Petit, Eve, 28/02/2007, '', ' ', 3e, DIVISION_EMPTY",
        "Petit, Eve, 28/02/2007, '', a name of more than twenty, 3e, DIVISION_EMPTY",
    })
    void a_line_that_cannot_be_accepted_is_named_and_changes_nothing(
            String last, String first, String born, String ine, String division, String year, Fault fault) {
        RosterPlan plan = compare(new RosterLine(7, last, first, "", "", born, ine, division, year));
        assertThat(plan.errors()).containsExactly(new Finding(7, fault, 0));
        assertThat(plan.of(RosterPlan.Arrival.class)).isEmpty();
    }

    @Test
    void a_refused_line_makes_nobody_leave() {
        RosterPlan plan = compare(
                new RosterLine(2, "Petit", "Ada", "", "", "28/02/2007", "", "3A", "CM2"),
                new RosterLine(3, "Grand", "Bob", "", "", "never", "", "3A", "3e"));
        assertThat(plan.errors()).hasSize(2);
        assertThat(plan.of(RosterPlan.Departure.class)).isEmpty();
    }

    @Test
    void a_number_that_two_lines_have_refuses_both() {
        RosterPlan plan =
                compare(line(2, "Neuf", "Dan", "1234567890Z", "3A"), line(3, "Autre", "Eve", "1234567890z", "3A"));
        assertThat(plan.errors())
                .containsExactly(new Finding(2, Fault.INE_DUPLICATE, 3), new Finding(3, Fault.INE_DUPLICATE, 2));
        assertThat(plan.of(RosterPlan.Arrival.class)).isEmpty();
    }

    @Test
    void a_number_of_another_pupil_is_refused_and_nobody_is_merged() {
        RosterPlan plan = compare(
                new RosterLine(2, "Tout", "Autre", "", "", "01/01/2008", "123456789AB", "3A", "3e"),
                line(3, "Grand", "Bob", "", "3A"));
        assertThat(plan.errors()).containsExactly(new Finding(2, Fault.INE_DUPLICATE, 0));
        assertThat(plan.changes()).as("nor does the owner of the number leave").isEmpty();
    }

    @Test
    void a_pupil_who_stands_twice_is_refused_the_second_time() {
        RosterPlan plan = compare(
                line(2, "Petit", "Ada", "", "3A"),
                line(3, "PETIT", "ada", "123456789AB", "3B"),
                line(4, "Grand", "Bob", "", "3A"));
        assertThat(plan.errors()).containsExactly(new Finding(3, Fault.LINE_DUPLICATE, 2));
    }

    @Test
    void two_people_of_the_same_names_stay_two_and_somebody_looks_at_them() {
        RosterPlan plan = compare(
                line(2, "Petit", "Ada", "123456789AB", "3A"),
                line(3, "Grand", "Bob", "", "3A"),
                new RosterLine(4, "Petit", "Ada", "", "", "01/03/2007", "1234567890Z", "3A", "3e"));
        assertThat(plan.warnings()).containsExactly(new Finding(4, Fault.HOMONYM, 0));
        assertThat(plan.of(RosterPlan.Arrival.class))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.known()).isNull());
        assertThat(plan.of(RosterPlan.Departure.class)).isEmpty();
    }

    @Test
    void a_line_that_could_be_either_of_two_pupils_is_set_aside() {
        KnownPupil twin = known(4, "Ada", "Petit", "1234567890Z", "3B", true);
        RosterPlan plan = RosterComparison.compare(
                List.of(line(2, "Petit", "Ada", "", "3A")), List.of(ADA, twin), Scope.ESTABLISHMENT, TODAY);
        assertThat(plan.warnings()).containsExactly(new Finding(2, Fault.HOMONYM, 0));
        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void an_erased_pupil_is_never_recognised() {
        KnownPupil erased = new KnownPupil(learner(5), null, new Division("3A"), "3e", true);
        RosterPlan plan = RosterComparison.compare(
                List.of(line(2, "Petit", "Ada", "", "3A")), List.of(erased), Scope.ESTABLISHMENT, TODAY);
        assertThat(plan.of(RosterPlan.Arrival.class)).hasSize(1);
        assertThat(plan.of(RosterPlan.Departure.class)).hasSize(1);
    }

    @Test
    void ten_thousand_lines_are_compared_in_one_go() {
        List<RosterLine> lines = IntStream.range(0, PupilRules.MOST_ROWS)
                .mapToObj(i -> line(i + 2, "Nom" + i, "Prenom" + i, "%010dA".formatted(i), "3" + (char) ('A' + i % 20)))
                .toList();
        RosterPlan plan = RosterComparison.compare(lines, List.of(), Scope.ESTABLISHMENT, TODAY);
        assertThat(plan.errors()).isEmpty();
        assertThat(plan.of(RosterPlan.Arrival.class)).hasSize(PupilRules.MOST_ROWS);
    }

    private static RosterPlan compare(RosterLine... lines) {
        return RosterComparison.compare(List.of(lines), List.of(ADA, BOB, GONE), Scope.ESTABLISHMENT, TODAY);
    }

    private static RosterLine line(int number, String last, String first, String ine, String division) {
        return new RosterLine(number, last, first, "", "", "28/02/2007", ine, division, "3e");
    }

    private static KnownPupil known(
            int number, String first, String last, String ine, String division, boolean enrolled) {
        return new KnownPupil(
                learner(number),
                new PupilIdentity(first, null, null, last, LocalDate.of(2007, 2, 28), ine),
                new Division(division),
                "3e",
                enrolled);
    }

    private static LearnerId learner(int number) {
        return new LearnerId(new UUID(10, number));
    }
}
