package fr.grandlivre.rules.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.campaign.CampaignRules.ReadyMade;
import fr.grandlivre.rules.campaign.Need.Assessment;
import fr.grandlivre.rules.campaign.SchoolCalendar.Step;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignRulesTest {
    private static final CampaignRules RULES = CampaignRules.shipped();
    private static final CompetenceCode C42 = new CompetenceCode("4.2");
    private static final TubeId A = new TubeId("aaa");
    private static final TubeId B = new TubeId("bbb");
    private static final TubeId C = new TubeId("ccc");

    @ParameterizedTest
    @ValueSource(strings = {"BCDFGH234", "bcdfgh234", " bcd fgh 234 ", "BCD-FGH-234", "ＢＣＤ‑ＦＧＨ‑２３４"})
    void a_code_is_read_in_any_case_with_spaces_or_dashes(String typed) {
        assertThat(CampaignCodeText.parse(typed)).contains(new CampaignCode("BCDFGH234"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BCDFGH23", "BCDFGH2345", "ACDFGH234", "BCDFGH134", "234BCDFGH", "BCDFGH/34"})
    void what_has_another_shape_is_no_code(String typed) {
        assertThat(CampaignCodeText.parse(typed)).isEmpty();
    }

    @Test
    void drawn_codes_use_every_symbol_and_are_read_back() {
        Random random = new Random(20_220_516);
        List<CampaignCode> drawn = Stream.generate(() -> CampaignCodeText.draw(random))
                .limit(2_000)
                .toList();
        assertThat(drawn).doesNotHaveDuplicates();
        assertThat(drawn.stream()
                        .flatMapToInt(code -> code.value().chars())
                        .distinct()
                        .count())
                .isEqualTo(17 + 7);
        assertThat(drawn)
                .allSatisfy(code -> assertThat(CampaignCodeText.parse(CampaignCodeText.spaced(code)))
                        .contains(code));
        assertThat(CampaignCodeText.spaced(new CampaignCode("BCDFGH234"))).isEqualTo("BCD FGH 234");
    }

    @Test
    void needs_rank_by_failures_then_by_share_then_by_tube() {
        List<Assessment> shared = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> shared.add(assessed(i, A, i < 3)));
        IntStream.range(0, 4).forEach(i -> shared.add(assessed(i, B, i < 3)));
        IntStream.range(0, 4).forEach(i -> shared.add(assessed(i, C, i < 3)));
        assertThat(Need.ranked(shared, Map.of(), RULES)).extracting(Need::tube).containsExactly(B, C, A);
    }

    @Test
    void a_tube_that_two_pupils_were_asked_is_no_need_and_one_that_nobody_fails_no_priority() {
        List<Assessment> shared = new ArrayList<>();
        IntStream.range(0, 2).forEach(i -> shared.add(assessed(i, A, true)));
        IntStream.range(0, 3).forEach(i -> shared.add(assessed(i, B, false)));
        shared.add(new Assessment(learner(9), A, C42, false, false));
        assertThat(Need.ranked(shared, Map.of(), RULES)).extracting(Need::tube).containsExactly(B);
        assertThat(Need.priorities(shared, Map.of(), RULES)).isEmpty();
    }

    @Test
    void a_need_says_who_fails_and_who_is_under_level_2_in_its_competence() {
        List<Assessment> shared =
                IntStream.range(0, 3).mapToObj(i -> assessed(i, A, i == 1)).toList();
        Need need = Need.priorities(
                        shared,
                        Map.of(
                                learner(0), Map.of(C42, new Level(2)),
                                learner(1), Map.of(C42, new Level(1)),
                                learner(2), Map.of(new CompetenceCode("1.1"), Level.ZERO)),
                        RULES)
                .getFirst();
        assertThat(need.failed()).containsExactly(learner(1));
        assertThat(need.underLevel()).containsExactly(learner(1));
        assertThat(need.measured()).isEqualTo(2);
        assertThat(need.assessed()).isEqualTo(3);
    }

    @Test
    void the_median_of_a_class_is_the_lower_one_and_one_pupil_has_none() {
        assertThat(ClassMedian.of(levels(3))).isEmpty();
        assertThat(ClassMedian.of(levels(3, 1))).contains(new Level(1));
        assertThat(ClassMedian.of(levels(5, 0, 2))).contains(new Level(2));
        assertThat(ClassMedian.of(levels(4, 1, 2, 3))).contains(new Level(2));
    }

    @Test
    void mastery_is_rounded_down_and_nothing_asked_is_nothing_mastered() {
        assertThat(SharedResult.percent(2, 3)).isEqualTo(66);
        assertThat(SharedResult.percent(0, 0)).isZero();
    }

    @Test
    void the_calendar_of_the_year_has_the_certification_of_the_brief() {
        Step certification = SchoolCalendar.of(new SchoolYear("2021-2022")).get(2);
        assertThat(certification.from()).isEqualTo(LocalDate.of(2022, 3, 7));
        assertThat(certification.to()).isEqualTo(LocalDate.of(2022, 5, 27));
        assertThat(certification.audience()).containsExactly("3e");
        assertThat(SchoolCalendar.of(new SchoolYear("2030-2031"))).isEmpty();
    }

    @Test
    void ready_made_campaigns_are_for_5e_4e_and_3e_and_ask_what_every_version_holds() {
        assertThat(RULES.readyMade())
                .extracting(ReadyMade::audience)
                .containsExactly(List.of("5e"), List.of("4e"), List.of("3e"));
        assertThat(Frameworks.shipped().versions())
                .allSatisfy(version -> assertThat(RULES.readyMade())
                        .flatExtracting(ReadyMade::competences)
                        .allSatisfy(code -> assertThat(version.competence(code)).isPresent()));
    }

    private static Assessment assessed(int learner, TubeId tube, boolean failed) {
        return new Assessment(learner(learner), tube, C42, true, failed);
    }

    private static LearnerId learner(int number) {
        return new LearnerId(new UUID(1, number));
    }

    private static List<Level> levels(int... levels) {
        return IntStream.of(levels).mapToObj(Level::new).toList();
    }
}
