package fr.grandlivre.rules.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondFactTest {
    @ParameterizedTest
    @CsvSource({
        "2008-02-29,2023-02-27,true",
        "2008-02-29,2023-02-28,false",
        "2007-05-16,2022-05-15,true",
        "2007-05-16,2022-05-16,false",
        "1988-10-05,2026-06-01,false"
    })
    void only_the_key_counts_before_the_fifteenth_birthday(LocalDate birthDate, LocalDate day, boolean keyOnly) {
        assertThat(SecondFact.isKeyOnly(birthDate, day)).isEqualTo(keyOnly);
    }
}
