package fr.grandlivre.command.framework;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.framework.FrameworkCommand.PublishFramework;
import fr.grandlivre.command.framework.FrameworkCommand.RestoreChallenge;
import fr.grandlivre.command.framework.FrameworkCommand.WithdrawChallenge;
import fr.grandlivre.events.framework.FrameworkEvent;
import fr.grandlivre.events.framework.FrameworkEvent.VersionPublished;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one version of the reference framework. */
public final class PublishedFramework extends LedgerAggregate<FrameworkState> {
    PublishedFramework(UUID stream) {
        super(stream, new FrameworkState.Unpublished());
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param contents the versions that are part of the program
     */
    public static void register(Aggregates aggregates, Frameworks contents, LedgerHistory history) {
        aggregates.register(PublishedFramework.class, PublishedFramework::new, contents, history);
    }

    @CommandHandler
    Decision handle(PublishFramework command, ServerClock clock, Frameworks contents, LedgerHistory history) {
        return record(FrameworkDecider.decide(state(), command, contents, published(contents, history), clock.now()));
    }

    @CommandHandler
    Decision handle(WithdrawChallenge command, ServerClock clock, Frameworks contents) {
        return record(FrameworkDecider.decide(state(), command, contents, List.of(), clock.now()));
    }

    @CommandHandler
    Decision handle(RestoreChallenge command, ServerClock clock, Frameworks contents) {
        return record(FrameworkDecider.decide(state(), command, contents, List.of(), clock.now()));
    }

    @EventSourcingHandler
    void on(FrameworkEvent event) {
        become(state().evolve(event));
    }

    private static List<VersionPublished> published(Frameworks contents, LedgerHistory history) {
        List<UUID> streams = contents.versions().stream()
                .map(framework -> StreamIds.framework(framework.version()))
                .toList();
        return history.of(streams).facts().stream()
                .map(Fact::event)
                .filter(VersionPublished.class::isInstance)
                .map(VersionPublished.class::cast)
                .toList();
    }
}
