package fr.grandlivre.api.request;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command that was accepted.
 *
 * @param position ledger position of its last event, or the head when there was nothing to record
 * @param stream   of its last event
 * @param seq      of its last event in that stream; absent when there was nothing to record
 * @param replayed whether an earlier sending of the same command recorded it
 */
public record Done(long position, UUID stream, @Nullable Integer seq, boolean replayed) {}
