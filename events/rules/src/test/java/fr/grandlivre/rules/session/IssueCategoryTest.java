package fr.grandlivre.rules.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.rules.session.IssueCategory.Neutralises;
import fr.grandlivre.rules.session.IssueCategory.Requires;
import fr.grandlivre.rules.session.IssueCategory.Scope;
import fr.grandlivre.rules.session.IssueCategory.State;
import org.junit.jupiter.api.Test;

class IssueCategoryTest {
    @Test
    void every_code_stands_once_and_every_parent_is_a_group() {
        assertThat(IssueCategory.shipped())
                .hasSize(24)
                .extracting(IssueCategory::code)
                .doesNotHaveDuplicates();
        assertThat(IssueCategory.shipped())
                .allSatisfy(category -> category.parent()
                        .ifPresent(parent -> assertThat(
                                        IssueCategory.of(parent).orElseThrow().state())
                                .isEqualTo(State.GROUP)));
    }

    @Test
    void a_group_and_a_deprecated_category_are_not_reported() {
        assertThat(IssueCategory.current())
                .hasSize(16)
                .extracting(IssueCategory::code)
                .contains("fraud", "signature", "skip-on-oops")
                .doesNotContain("in-challenge", "other");
    }

    @Test
    void an_alert_is_about_a_question() {
        assertThat(IssueCategory.ofAlerts()).hasSize(10).allSatisfy(category -> {
            assertThat(category.scope()).isEqualTo(Scope.CHALLENGE);
            assertThat(category.requires()).isEqualTo(Requires.QUESTION_NUMBER);
        });
    }

    @Test
    void only_issues_of_questions_take_a_question_out_of_the_score() {
        assertThat(IssueCategory.shipped())
                .filteredOn(category -> category.neutralises() != Neutralises.NEVER)
                .hasSize(8)
                .allMatch(category -> category.scope() == Scope.CHALLENGE);
        assertThat(IssueCategory.of("website-blocked").orElseThrow().neutralises())
                .isEqualTo(Neutralises.ALWAYS);
        assertThat(IssueCategory.of("no-such-thing")).isEmpty();
    }
}
