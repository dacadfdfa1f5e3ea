package fr.grandlivre.rules.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"H4KQ7X", "h4kq7x", " h4k-q7x ", "Ｈ４ＫＱ７Ｘ"})
    void a_key_is_read_like_a_code_without_prefix(String typed) {
        assertThat(CertificateKey.parse(typed)).contains(new CertificateKey("H4KQ7X"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H4KQ7", "H4KQ7XX", "H4KQ7O", "H4KQ71", "P-H4KQ7X", "H4KQ7Х"})
    void anything_but_six_of_the_symbols_is_no_key(String typed) {
        assertThat(CertificateKey.parse(typed)).isEmpty();
    }

    @Test
    void a_drawn_key_reads_back_and_does_not_show_itself() {
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            CertificateKey key = CertificateKey.draw(random);
            assertThat(CertificateKey.parse(key.symbols())).contains(key);
            assertThat(key.toString()).doesNotContain(key.symbols());
        }
    }
}
