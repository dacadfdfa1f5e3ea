package fr.grandlivre.command.schoolreport;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.schoolreport.MentionRuleState.Published;
import fr.grandlivre.command.schoolreport.MentionRuleState.Unpublished;
import fr.grandlivre.command.schoolreport.SchoolReportCommand.PublishMentionRule;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.MentionRulePublished;
import java.time.Instant;

/** Decides what happens to versions of the rule of the mention. Pure. */
final class SchoolReportDecider {
    private SchoolReportDecider() {}

    /**
     * @param now not used by today's rules
     * @return {@code rule-exists} when the version says something else already
     */
    static Decision decide(MentionRuleState state, PublishMentionRule command, Instant now) {
        MentionRulePublished rule = new MentionRulePublished(
                command.ruleVersion(), command.labelFr(), command.labelEn(), command.validFrom(), command.definition());
        return switch (state) {
            case Unpublished _ -> new Accepted(rule);
            case Published(var before) when before.equals(rule) -> Accepted.nothing();
            case Published _ -> new Refused(Refusal.RULE_EXISTS);
        };
    }
}
