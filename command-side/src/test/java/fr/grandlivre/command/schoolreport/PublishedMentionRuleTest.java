package fr.grandlivre.command.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.schoolreport.SchoolReportCommand.PublishMentionRule;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.MentionRulePublished;
import fr.grandlivre.events.vocabulary.RulesVersion;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PublishedMentionRuleTest {
    private static final Instant NOW = Instant.parse("2021-09-01T06:00:00Z");

    @Test
    void a_version_is_published_once_and_never_says_something_else() {
        PublishMentionRule publish = publish("Certification obtenue");
        assertThat(SchoolReportDecider.decide(new MentionRuleState.Unpublished(), publish, NOW))
                .isEqualTo(new Decision.Accepted(rule()));
        MentionRuleState published = new MentionRuleState.Unpublished().evolve(rule());
        assertThat(SchoolReportDecider.decide(published, publish, NOW)).isEqualTo(Decision.Accepted.nothing());
        assertThat(SchoolReportDecider.decide(published, publish("Autre chose"), NOW))
                .isEqualTo(new Decision.Refused(Refusal.RULE_EXISTS));
    }

    private static PublishMentionRule publish(String label) {
        return new PublishMentionRule(
                new RulesVersion("2021-1"), label, "Certification obtained", LocalDate.of(2021, 9, 1), "Une règle.");
    }

    private static MentionRulePublished rule() {
        return new MentionRulePublished(
                new RulesVersion("2021-1"),
                "Certification obtenue",
                "Certification obtained",
                LocalDate.of(2021, 9, 1),
                "Une règle.");
    }
}
