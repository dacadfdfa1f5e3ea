package fr.grandlivre.store;

import java.util.UUID;

/**
 * Where the events of a command stand, durably.
 *
 * @param commandId     the command
 * @param firstPosition position of its first event, from 1
 * @param lastPosition  position of its last event; all events of a command stand side by side
 * @param stream        stream of the last event
 * @param seq           sequence of the last event in that stream, from 0
 * @param replayed      whether an earlier request under the same command id recorded them
 */
public record Appended(UUID commandId, long firstPosition, long lastPosition, UUID stream, int seq, boolean replayed) {}
