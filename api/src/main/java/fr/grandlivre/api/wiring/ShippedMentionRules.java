package fr.grandlivre.api.wiring;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.schoolreport.SchoolReportCommand.PublishMentionRule;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.schoolreport.MentionRule;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the ledger holds the versions of the mention rule that this program was built with. Receipts of the past
 * name their version: another definition under the same name would change what they meant.
 */
@Component
class ShippedMentionRules implements SmartLifecycle {
    /** Before the web server, which starts 2048 below the default; after the frameworks. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4095;

    private final Commands commands;
    private volatile boolean running;

    ShippedMentionRules(Commands commands) {
        this.commands = commands;
    }

    /** @throws StartRefused when a version was published with another definition */
    @Override
    public void start() {
        MentionRule.shipped().forEach(this::publish);
        running = true;
    }

    private void publish(MentionRule rule) {
        PublishMentionRule command = new PublishMentionRule(
                rule.version(),
                rule.label().fr(),
                rule.label().en(),
                rule.validFrom(),
                rule.definition().fr());
        UUID commandId = UUID.nameUUIDFromBytes(command.toString().getBytes(StandardCharsets.UTF_8));
        Outcome outcome = commands.dispatch(command, Caller.first(commandId, Caller.POLICIES, Role.SYSTEM, null));
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            throw new StartRefused(
                    "Mention rule " + rule.version() + " of this program cannot stand in the ledger: " + code.code()
                            + ".",
                    "Start the release whose rule the ledger was written with, or ship the change as a new version.");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
