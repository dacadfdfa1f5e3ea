package fr.grandlivre.query.audit;

import java.util.List;
import java.util.Optional;

/**
 * One event with what stands around it.
 *
 * @param event          the event as stored
 * @param currentVersion version that today's program reads
 * @param currentPayload the payload in that version; personal fields stay sealed
 * @param before         the event before it in its stream; empty for the first
 * @param after          the event after it in its stream; empty for the last
 * @param cause          the event that caused it; empty when a person acted, or when it was not found nearby
 * @param sameCommand    the other events of its command, in position order
 * @param effects        the events that it caused, in position order
 * @param searchedFrom   first position at which causes and effects were looked for
 * @param searchedTo     last position at which they were looked for
 */
public record EventInContext(
        EventEntry event,
        int currentVersion,
        String currentPayload,
        Optional<EventEntry> before,
        Optional<EventEntry> after,
        Optional<EventEntry> cause,
        List<EventEntry> sameCommand,
        List<EventEntry> effects,
        long searchedFrom,
        long searchedTo) {}
