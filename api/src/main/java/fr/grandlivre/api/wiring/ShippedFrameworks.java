package fr.grandlivre.api.wiring;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.framework.FrameworkCommand.PublishFramework;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the ledger holds the framework versions that this program was built with, before anybody can answer a
 * challenge. Answers of the past are read with the content of their version: other content under the same name would
 * change what they meant.
 */
@Component
class ShippedFrameworks implements SmartLifecycle {
    /** Before the web server, which starts 2048 below the default. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final Commands commands;
    private final Frameworks frameworks;
    private final LedgerReader ledger;
    private final Settings settings;
    private final boolean ownDatabase;
    private final boolean demo;
    private volatile boolean running;

    ShippedFrameworks(
            Commands commands, Frameworks frameworks, LedgerReader ledger, Settings settings, Environment environment) {
        this.commands = commands;
        this.frameworks = frameworks;
        this.ledger = ledger;
        this.settings = settings;
        this.ownDatabase =
                environment.getProperty("spring.datasource.url", "embedded").equals("embedded");
        this.demo = environment.matchesProfiles("demo");
    }

    /** @throws StartRefused when a version was published with other content */
    @Override
    public void start() {
        boolean firstStart = ledger.head() == 0;
        frameworks.versions().forEach(framework -> publish(framework, firstStart));
        running = true;
    }

    private void publish(Framework framework, boolean firstStart) {
        String act = "publish-framework/" + framework.version() + "/" + framework.contentSha256();
        UUID commandId = UUID.nameUUIDFromBytes(act.getBytes(StandardCharsets.UTF_8));
        Outcome outcome = commands.dispatch(
                new PublishFramework(framework.version(), framework.contentSha256(), firstStart),
                Caller.first(commandId, Caller.POLICIES, Role.SYSTEM, null));
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            throw new StartRefused(
                    "Framework version " + framework.version() + " of this program cannot stand in the ledger: "
                            + code.code() + ".",
                    cure());
        }
    }

    private String cure() {
        return demo && ownDatabase
                ? "The demonstration's content changed: delete its data folder and start again: rm -rf "
                        + settings.data()
                : "Start the release whose content the ledger was written with, or ship the change as a new version.";
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
