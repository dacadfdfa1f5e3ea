package fr.grandlivre.bench.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a client saw of a run and what was found afterwards. Parts that a run did not look at are empty.
 *
 * @param attempts   every command that the client tried, in any order
 * @param ledger     every event, in the order of the dump
 * @param delivered  positions that a following reader was shown, in its order
 * @param views      digest of each view and of a replay into an empty schema
 * @param effects    how often each effect of an event took place, after replays
 * @param answers    exam answers with the window in which they were allowed
 * @param sealing    the transparency log
 * @param erased     what is left of a person after erasure
 * @param readings   readings of personal data by staff
 * @param tenants    rows that a school was shown
 * @param cells      cells of exports as they were written
 * @param lookUps    look-ups of codes by address
 */
record Run(
        List<Attempt> attempts,
        List<Event> ledger,
        List<Long> delivered,
        Map<String, Digests> views,
        List<Effect> effects,
        List<ExamAnswer> answers,
        Sealing sealing,
        Erasure erased,
        Readings readings,
        List<ShownRow> tenants,
        List<String> cells,
        List<LookUps> lookUps) {
    /** How an attempt ended: never just in two ways, for a lost answer says nothing. */
    enum Outcome {
        ACKNOWLEDGED,
        /** There was nothing to record. */
        UNCHANGED,
        REFUSED,
        UNKNOWN
    }

    /**
     * One command.
     *
     * @param invoked  by the client's monotonic clock, ns
     * @param answered by the same clock; the largest number when nothing came
     * @param position acknowledged one; 0 otherwise
     */
    record Attempt(UUID command, Outcome outcome, long invoked, long answered, long position) {}

    /**
     * One event.
     *
     * @param effect what must exist once, for example the sitting that a certificate is for; empty for other events
     */
    record Event(long position, UUID stream, int seq, UUID eventId, UUID command, String type, String effect) {}

    record Digests(String live, String replay) {}

    record Effect(UUID event, String name, int times) {}

    record ExamAnswer(long position, Instant recordedAt, Instant endsAt) {}

    /** @param findings of a full re-reading; -1 when there was none */
    record Sealing(long size, long head, long findings) {}

    /** @param left planted tokens of an erased person that were found in dumps, logs, pages and backups */
    record Erasure(int planted, int left) {}

    record Readings(long made, long lines) {}

    record ShownRow(String asked, String owner) {}

    /** @param answered look-ups that said more than «wait» */
    record LookUps(String address, int answered, int budget) {}
}
