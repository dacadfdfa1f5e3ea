package fr.grandlivre.rules.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "d’Été-Martin,DETEMARTIN",
                "d'été martin,D ETE MARTIN",
                "Lœuf,LOEUF",
                "Ægir,AEGIR",
                "Groß,GROSS",
                "Nguyễn,Nguyen",
                "Le\u00a0Goff,LE—GOFF",
                "Ｄｕｐｕｉｓ,dupuis",
                "O\u02bcNeill,O`Neill",
                "Cédric,Ce\u0301dric"
            })
    void names_are_the_same_in_spite_of_case_accents_and_dashes(String one, String other) {
        assertThat(PersonName.areSame(one, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Martin,Martins", "Dupuis,Dupuits", "Martin Durand,Martin"})
    void names_are_compared_whole_and_without_approximation(String one, String other) {
        assertThat(PersonName.areSame(one, other)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Martin,Dupuis,M. D.",
        "élodie,d’Été,É. D.",
        "e\u0301lodie,Roux,É. R.",
        "'',Dupuis,D.",
        "'-','!',''",
        "ǆemal,Ŷ,ǅ. Ŷ."
    })
    void initials_are_the_first_letters(String firstName, String lastName, String initials) {
        assertThat(PersonName.initials(firstName, lastName)).isEqualTo(initials);
    }
}
