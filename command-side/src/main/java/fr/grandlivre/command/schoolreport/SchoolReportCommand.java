package fr.grandlivre.command.schoolreport;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.LocalDate;
import java.util.UUID;

/** What can be asked of school reports. */
public sealed interface SchoolReportCommand extends Command {
    /**
     * Publishes a version of the rule of the mention; publishing it again changes nothing.
     *
     * @param ruleVersion its name
     * @param labelFr     words of the line in the report
     * @param labelEn     the same in English
     * @param validFrom   first day in force
     * @param definition  the rule in words
     */
    record PublishMentionRule(
            RulesVersion ruleVersion, String labelFr, String labelEn, LocalDate validFrom, String definition)
            implements SchoolReportCommand {
        @Override
        public UUID stream() {
            return StreamIds.mentionRule(ruleVersion);
        }
    }
}
