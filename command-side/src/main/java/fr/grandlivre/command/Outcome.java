package fr.grandlivre.command;

import java.util.Map;
import java.util.UUID;

/** What became of a command that was sent. */
public sealed interface Outcome {
    /**
     * Its events are durable.
     *
     * @param position of its last event in the ledger
     * @param stream   of its last event
     * @param seq      of its last event in that stream, from 0
     * @param replayed true when an earlier sending of the same command recorded them
     */
    record Recorded(long position, UUID stream, int seq, boolean replayed) implements Outcome {}

    /** It was accepted and there was nothing to record: the act was already done. */
    record Unchanged() implements Outcome {}

    /**
     * A rule refused it; the ledger is unchanged.
     *
     * @param code   which rule
     * @param fields facts that help the caller, by name
     */
    record Refused(Refusal code, Map<String, Object> fields) implements Outcome {}
}
