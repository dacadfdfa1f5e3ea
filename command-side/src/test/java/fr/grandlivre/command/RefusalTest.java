package fr.grandlivre.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void a_code_is_the_kebab_case_of_its_name() {
        assertThat(Refusal.NOT_THE_DUE_CHALLENGE.code()).isEqualTo("not-the-due-challenge");
        assertThat(Arrays.stream(Refusal.values()).map(Refusal::code)).allMatch(code -> code.matches("[a-z-]+"));
    }

    @Test
    void a_refusal_is_a_conflict_unless_the_rules_say_otherwise() {
        assertThat(Refusal.ALREADY_REVOKED.status()).isEqualTo(409);
        assertThat(Refusal.UNKNOWN_CERTIFICATE.status()).isEqualTo(404);
        assertThat(Refusal.WRONG_INVIGILATOR_CODE.status()).isEqualTo(403);
        assertThat(Refusal.EXAM_OVER.status()).isEqualTo(410);
        assertThat(Refusal.ANSWER_SHAPE.status()).isEqualTo(422);
        assertThat(Refusal.CODE_SPACE_EXHAUSTED.status()).isEqualTo(503);
    }
}
