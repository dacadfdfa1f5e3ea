package fr.grandlivre.command.schoolreport;

import fr.grandlivre.events.schoolreport.SchoolReportEvent;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.MentionRulePublished;

/** What the events of one version of the rule amount to. */
sealed interface MentionRuleState {
    /** @return the state after the event */
    default MentionRuleState evolve(SchoolReportEvent event) {
        return switch (event) {
            case MentionRulePublished published -> new Published(published);
            case ExportProduced _ -> throw new AssertionError("this event belongs to another stream");
        };
    }

    /** Nobody published it. */
    record Unpublished() implements MentionRuleState {}

    /** It stands as this event says, for ever. */
    record Published(MentionRulePublished rule) implements MentionRuleState {}
}
