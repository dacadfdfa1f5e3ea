package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final String ACCOUNT = "0190b3c4-7d5e-7f60-8a1b-2c3d4e5f6a7b";

    @Test
    void account_roles_and_school_are_read() {
        SignedIn head = Claims.read(Map.of("account", ACCOUNT, "roles", List.of("head", "Teacher"), "uai", "0990001a"))
                .orElseThrow();
        assertThat(head.account()).isEqualTo(AccountId.of(ACCOUNT));
        assertThat(head.roles()).containsExactlyInAnyOrder(Role.HEAD, Role.TEACHER);
        assertThat(head.school()).hasValue(new Uai("0990001A"));
    }

    @Test
    void roles_may_come_as_words_of_one_text() {
        assertThat(Claims.read(Map.of("account", ACCOUNT, "roles", "jury auditor"))
                        .orElseThrow()
                        .roles())
                .containsExactlyInAnyOrder(Role.JURY, Role.AUDITOR);
    }

    @Test
    void nobody_becomes_the_system_or_a_role_that_does_not_exist() {
        assertThat(Claims.read(Map.of("account", ACCOUNT, "roles", List.of("SYSTEM", "public", "root", "")))
                        .orElseThrow()
                        .roles())
                .isEmpty();
    }

    @Test
    void without_an_account_there_is_nobody() {
        assertThat(Claims.read(Map.of("roles", List.of("head")))).isEmpty();
        assertThat(Claims.read(Map.of("account", "42", "roles", List.of("head"))))
                .isEmpty();
        assertThat(Claims.authorities(Map.of("roles", List.of("head")))).isEmpty();
    }

    @Test
    void only_a_pure_partner_may_lack_an_account() {
        Map<String, Object> partner = Map.of("sub", "livret", "scope", List.of(Claims.PARTNER_SCOPE));
        assertThat(Claims.read(partner).orElseThrow().roles()).containsExactly(Role.PARTNER);
        assertThat(Claims.read(Map.of("sub", "x", "scope", Claims.PARTNER_SCOPE, "roles", "head")))
                .isEmpty();
    }

    @Test
    void a_malformed_school_is_no_school() {
        assertThat(Claims.read(Map.of("account", ACCOUNT, "uai", "12"))
                        .orElseThrow()
                        .school())
                .isEmpty();
    }
}
