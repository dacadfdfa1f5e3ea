package fr.grandlivre.rules.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FrameworksTest {
    private static final Framework V2019 = Frameworks.shipped().of(new FrameworkVersion("2019"));
    private static final Framework V2021 = Frameworks.shipped().of(new FrameworkVersion("2021"));

    @Test
    void a_version_is_in_force_from_midnight_in_paris() {
        assertThat(Frameworks.shipped().inForce(Instant.parse("2021-08-31T21:59:59.999Z")))
                .isSameAs(V2019);
        assertThat(Frameworks.shipped().inForce(Instant.parse("2021-08-31T22:00:00.000Z")))
                .isSameAs(V2021);
        assertThat(Frameworks.shipped().inForceOn(LocalDate.parse("2022-05-16")))
                .isSameAs(V2021);
    }

    @Test
    void days_before_the_first_version_belong_to_it() {
        assertThat(Frameworks.shipped().inForceOn(LocalDate.parse("2018-01-01")))
                .isSameAs(V2019);
    }

    @Test
    void each_version_shows_the_labels_of_its_slide() {
        assertThat(label(V2019, "5.2")).isEqualTo("Évoluer dans un environnement numérique");
        assertThat(label(V2021, "5.2")).isEqualTo("Construire un environnement numérique");
        assertThat(label(V2019, "3.2")).isEqualTo("Développer des documents multimédias");
        assertThat(label(V2021, "3.2")).isEqualTo("Développer des documents multimédia");
        assertThat(domains(V2019)).isEqualTo("1,2,3,5,4");
        assertThat(domains(V2021)).isEqualTo("1,2,3,4,5");
        assertThat(V2019.domains().get(2).title().fr()).isEqualTo("Création de contenus");
        assertThat(V2021.domains().get(2).title().fr()).isEqualTo("Création de contenu");
    }

    @Test
    void each_version_has_sixteen_competences_with_both_languages_and_their_european_counterparts() {
        for (Framework framework : Frameworks.shipped().versions()) {
            assertThat(framework.competences()).hasSize(16).allSatisfy(competence -> {
                assertThat(competence.title().in(Locale.ENGLISH)).isNotBlank();
                assertThat(competence.title().in(Locale.FRENCH)).isNotBlank();
                assertThat(competence.crcn()).isEqualTo(competence.code().value());
                assertThat(competence.digComp())
                        .isNotEmpty()
                        .allSatisfy(european -> assertThat(european.source()).contains("DigComp 2.2"));
            });
            assertThat(framework.maxReachableLevel()).isEqualTo(5);
            assertThat(framework.pick()).isEqualTo(Contents.PICK);
            assertThat(framework.improveDelay()).hasDays(4);
            assertThat(framework.retryCampaignDelay()).hasDays(4);
            assertThat(framework.resetDelay()).hasDays(7);
        }
    }

    @Test
    void the_hash_of_the_content_is_stable_and_differs_between_versions() {
        assertThat(V2021.contentSha256()).matches("[0-9a-f]{64}").isNotEqualTo(V2019.contentSha256());
        assertThat(FrameworkFiles.shipped().of(V2021.version()).contentSha256()).isEqualTo(V2021.contentSha256());
    }

    @Test
    void three_skills_of_a_difficulty_share_a_level() {
        for (Skill skill :
                V2021.competence(new CompetenceCode("1.1")).orElseThrow().skills()) {
            assertThat(V2021.pixValue(skill.id())).hasToString("8/3");
        }
    }

    @Test
    void an_unknown_version_is_told_apart() {
        FrameworkVersion unknown = new FrameworkVersion("2099");
        assertThat(Frameworks.shipped().find(unknown)).isEmpty();
        assertThatThrownBy(() -> Frameworks.shipped().of(unknown)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_later_version_may_not_lower_the_greatest_level() {
        Framework five = Contents.framework("2030", "2030-09-01", 5);
        Framework four = Contents.framework("2031", "2031-09-01", 4);
        assertThatThrownBy(() -> new Frameworks(List.of(five, four))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Frameworks(List.of(four, Contents.framework("2032", "2032-09-01", 5))).earliest())
                .isSameAs(four);
    }

    @Test
    void a_tube_stands_in_one_competence_only() {
        assertThatThrownBy(() -> Contents.framework(
                        "2030",
                        "2030-09-01",
                        5,
                        Contents.competence("1.1", Contents.tube("alpha", 1, 2)),
                        Contents.competence("1.2", Contents.tube("alpha", 3))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String label(Framework framework, String code) {
        return framework
                .competence(new CompetenceCode(code))
                .orElseThrow()
                .title()
                .fr();
    }

    private static String domains(Framework framework) {
        return framework.domains().stream().map(Domain::code).collect(Collectors.joining(","));
    }
}
