package fr.grandlivre.command.schoolreport;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.schoolreport.SchoolReportCommand.PublishMentionRule;
import fr.grandlivre.events.schoolreport.SchoolReportEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one version of the rule of the mention. */
public final class PublishedMentionRule extends LedgerAggregate<MentionRuleState> {
    PublishedMentionRule(UUID stream) {
        super(stream, new MentionRuleState.Unpublished());
    }

    /** Subscribes the commands of this feature. */
    public static void register(Aggregates aggregates) {
        aggregates.register(PublishedMentionRule.class, PublishedMentionRule::new);
    }

    @CommandHandler
    Decision handle(PublishMentionRule command, ServerClock clock) {
        return record(SchoolReportDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(SchoolReportEvent event) {
        become(state().evolve(event));
    }
}
