package fr.grandlivre.api.request;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks to see: now, or the ledger as it was.
 *
 * @param position every event up to it counts, none after it
 * @param at       the instant shown
 * @param day      the civil day asked for (Europe/Paris); absent for now and for an exact instant or position
 * @param past     whether the reader asked for the past, even when nothing has happened since
 */
public record Moment(long position, Instant at, @Nullable LocalDate day, boolean past) {}
