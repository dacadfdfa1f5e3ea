package fr.grandlivre.api.wiring;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.springframework.stereotype.Component;

/** How the processors of views and policies fare on this node. Thread-safe. */
@Component
public class ProcessorStates {
    private final LiveProcessors processors;

    ProcessorStates(LiveProcessors processors) {
        this.processors = processors;
    }

    /**
     * One processor.
     *
     * @param name     of the view or policy
     * @param position last ledger position it has dealt with; 0 before the first
     * @param running  whether it works on this node
     * @param failure  class of the error that stops it for now; empty when it fares well
     */
    public record State(String name, long position, boolean running, Optional<String> failure) {}

    /** @return all processors by name */
    public List<State> all() {
        return processors.all().entrySet().stream()
                .map(entry -> state(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(State::name))
                .toList();
    }

    private static State state(String name, PooledStreamingEventProcessor processor) {
        Optional<EventTrackerStatus> status =
                processor.processingStatus().values().stream().findFirst();
        return new State(
                name,
                status.flatMap(tracker ->
                                tracker.getCurrentPosition().stream().boxed().findFirst())
                        .orElse(0L),
                processor.isRunning() && !processor.isError(),
                status.filter(EventTrackerStatus::isErrorState)
                        .map(EventTrackerStatus::getError)
                        .map(ProcessorStates::rootName));
    }

    // A message may quote what it failed on; the class says what kind of fault it is.
    private static String rootName(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
