package fr.grandlivre.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Reads the ledger. Every answer is consistent: who sees a position sees all before it. Thread-safe.
 *
 * <p>All methods throw {@link LedgerUnavailableException} when the database does not answer.
 */
public final class LedgerReader {
    private static final String COLUMNS = "position, stream, seq, event_id, type, recorded_at, metadata, payload";

    /** Positions looked at for one filtered page: bounds its time to about a second when hardly anything matches. */
    public static final int LOOK_AT_MOST = 500_000;

    private final Queries queries;
    private final EventTypes types = new EventTypes();

    /** @param connections a pool; its user is a member of {@code grandlivre_app} */
    public LedgerReader(DataSource connections) {
        this.queries = new Queries(connections);
    }

    /** @return every wire name and version that stands in the ledger; a release that does not know one must not start */
    public List<StoredType> types() {
        return queries.read("select name, version from ledger.event_type order by id", _ -> {}, (_, row) -> {
            List<StoredType> types = new ArrayList<>();
            while (row.next()) {
                types.add(new StoredType(row.getString(1), row.getInt(2)));
            }
            return types;
        });
    }

    /** @return the last position, 0 when the ledger is empty */
    public long head() {
        return queries.read("select position from ledger.ledger_head", _ -> {}, (_, row) -> {
            row.next();
            return row.getLong(1);
        });
    }

    /**
     * @param stream  id of the stream
     * @param fromSeq first sequence wanted, from 0
     * @return its events in order; empty when there are none
     */
    public List<StoredEvent> stream(UUID stream, int fromSeq) {
        // The two look-ups prune partitions; a stream that does not exist yields null bounds and no event.
        return queries.read(
                "select " + COLUMNS + """
                     from ledger.event where stream = ? and seq >= ?
                    and position >= (select h.first_position from ledger.stream_head h where h.stream = ?)
                    and position <= (select h.last_position from ledger.stream_head h where h.stream = ?)
                    order by position\
                    """,
                select -> {
                    select.setObject(1, stream);
                    select.setInt(2, fromSeq);
                    select.setObject(3, stream);
                    select.setObject(4, stream);
                },
                this::events);
    }

    /**
     * @param streams      ids of streams
     * @param upToPosition last position wanted
     * @return their events up to that position, in position order
     */
    public List<StoredEvent> streams(Collection<UUID> streams, long upToPosition) {
        if (streams.isEmpty()) {
            return List.of();
        }
        // One look-up a stream (offset 0 keeps it so): asked for all at once, the planner would rather read every event
        // between the first and the last of them, which it takes for few.
        return queries.read(
                "select " + COLUMNS + """
                     from (
                      select one.* from ledger.stream_head h cross join lateral (
                        select * from ledger.event e
                        where e.stream = h.stream and e.position >= h.first_position
                        and e.position <= least(h.last_position, ?) offset 0) one
                      where h.stream = any (?)) found
                    order by position\
                    """,
                select -> {
                    select.setLong(1, upToPosition);
                    select.setArray(2, select.getConnection().createArrayOf("uuid", streams.toArray()));
                },
                this::events);
    }

    /** @return the sequence of the stream's last event; empty when the stream does not exist */
    public OptionalLong lastSeq(UUID stream) {
        return queries.read(
                "select seq from ledger.stream_head where stream = ?",
                select -> select.setObject(1, stream),
                (_, row) -> row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty());
    }

    /**
     * @param afterPosition position before the first one wanted; 0 for the beginning
     * @param limit         most events wanted
     * @return events in position order without a gap; empty when there are none yet
     */
    public List<StoredEvent> page(long afterPosition, int limit) {
        return between(afterPosition, Math.addExact(afterPosition, limit));
    }

    /**
     * @param afterPosition position before the first one wanted; 0 for the beginning
     * @param limit         most events wanted
     * @return the same as {@link #page}, hashed by the database, which spares moving the bytes
     */
    public List<HashedEvent> hashed(long afterPosition, int limit) {
        return queries.read(
                "select position, stream, seq, event_id, type, recorded_at, sha256(metadata), sha256(payload)"
                        + " from ledger.event where position > ? and position <= ? order by position",
                select -> {
                    select.setLong(1, afterPosition);
                    select.setLong(2, Math.addExact(afterPosition, limit));
                },
                (connection, row) -> {
                    List<HashedEvent> events = new ArrayList<>();
                    while (row.next()) {
                        EventTypes.Named type = types.named(connection, row.getShort(5));
                        events.add(new HashedEvent(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getInt(3),
                                row.getObject(4, UUID.class),
                                type.name(),
                                type.version(),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getBytes(7),
                                row.getBytes(8)));
                    }
                    return events;
                });
    }

    /** @return where the event with an id stands; empty when there is none */
    public OptionalLong position(UUID eventId) {
        return queries.read(
                "select position from ledger.event where event_id = ?",
                select -> select.setObject(1, eventId),
                (_, row) -> row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty());
    }

    /** @return the event at a position; empty before the first and after the head */
    public Optional<StoredEvent> at(long position) {
        return between(position - 1, position).stream().findFirst();
    }

    /**
     * Reads a part of the ledger page by page.
     *
     * @param afterPosition position before the first one wanted
     * @param upToPosition  last position wanted
     * @param pageSize      events in a page
     * @param page          gets pages in position order, none empty
     */
    public void scan(long afterPosition, long upToPosition, int pageSize, Consumer<List<StoredEvent>> page) {
        long after = afterPosition;
        while (after < upToPosition) {
            List<StoredEvent> events = between(after, Math.min(upToPosition, after + pageSize));
            if (events.isEmpty()) {
                return;
            }
            page.accept(events);
            after = events.getLast().position();
        }
    }

    /**
     * @param commandId   the command
     * @param fingerprint HMAC of the request; empty when there is none
     * @return what the command was answered; empty when it recorded nothing, or longer ago than receipts are kept
     * @throws CommandReusedException when the command id was used with another fingerprint
     */
    public Optional<Appended> receipt(UUID commandId, byte[] fingerprint) {
        return queries.read(
                "select first_position, last_position, fingerprint = ? from ledger.command_receipt where command_id ="
                        + " ?",
                select -> {
                    select.setBytes(1, fingerprint);
                    select.setObject(2, commandId);
                },
                (connection, row) -> {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    if (!row.getBoolean(3)) {
                        throw new CommandReusedException(commandId);
                    }
                    return Optional.of(Receipts.appended(connection, commandId, row.getLong(1), row.getLong(2)));
                });
    }

    /** @return the largest position recorded at or before an instant; empty when there is none */
    public OptionalLong positionAt(Instant instant) {
        long position = queries.read(
                "select ledger.position_at(?)",
                select -> select.setObject(1, instant.atOffset(ZoneOffset.UTC)),
                (_, row) -> {
                    row.next();
                    return row.getLong(1);
                });
        return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /**
     * A page of the events that match a filter, for an auditor. Looks at most at {@link #LOOK_AT_MOST} positions, so a
     * page may hold fewer events than wanted although more follow: continue from {@link FilteredPage#lookedUpTo()}.
     *
     * @param filter        what to show
     * @param afterPosition position before the first one looked at
     * @param upToPosition  last position looked at; pin it, and no row comes twice while the ledger grows
     * @param limit         most events wanted
     */
    public FilteredPage filtered(EventFilter filter, long afterPosition, long upToPosition, int limit) {
        long after = Math.max(afterPosition, filter.afterPosition(this));
        long end = Math.min(upToPosition, Math.min(head(), filter.upToPosition(this)));
        long upTo = Math.min(end, filter.stream() == null ? after + LOOK_AT_MOST : end);
        if (after >= upTo) {
            return new FilteredPage(List.of(), Math.max(afterPosition, end), true);
        }
        List<StoredEvent> events = queries.read(
                "select " + COLUMNS + " from ledger.event where position > ? and position <= ?" + filter.conditions()
                        + " order by position limit ?",
                select -> {
                    select.setLong(1, after);
                    select.setLong(2, upTo);
                    int next = filter.bind(select, 3);
                    select.setInt(next, limit);
                },
                this::events);
        long lookedUpTo = events.size() == limit ? events.getLast().position() : upTo;
        return new FilteredPage(events, lookedUpTo, lookedUpTo >= end);
    }

    /**
     * Reads every payload of the ledger, which takes about a second for a million events.
     *
     * @param keyIds        ids as they stand in sealed fields
     * @param afterPosition position before the first one looked at
     * @return the events that hold a field sealed with one of these keys, in position order
     */
    public List<StoredEvent> sealedWith(Collection<UUID> keyIds, long afterPosition) {
        if (keyIds.isEmpty()) {
            return List.of();
        }
        return queries.read(
                "select " + COLUMNS
                        + " from ledger.event where position > ? and exists (select from unnest(?::text[]) k"
                        + " where position(convert_to(k, 'UTF8') in payload) > 0) order by position",
                select -> {
                    select.setLong(1, afterPosition);
                    select.setArray(
                            2,
                            select.getConnection()
                                    .createArrayOf(
                                            "text",
                                            keyIds.stream().map(UUID::toString).toArray()));
                },
                this::events);
    }

    /**
     * @param type wire name of a kind of event
     * @return all its events in position order; reads the whole ledger unless there never was one
     */
    public List<StoredEvent> ofType(String type) {
        return queries.read(
                "select " + COLUMNS + " from ledger.event where type = any (array("
                        + "select id from ledger.event_type where name = ?)) order by position",
                select -> select.setString(1, type),
                this::events);
    }

    /**
     * Deletes receipts that nobody will ask for any more.
     *
     * @param before receipts of commands recorded before this go
     * @param limit  at most so many, so that the transaction stays short
     * @return how many went; fewer than {@code limit} when none is left
     */
    public int purgeReceipts(Instant before, int limit) {
        return queries.read(
                "select ledger.purge_receipts(?, ?)",
                select -> {
                    select.setObject(1, before.atOffset(ZoneOffset.UTC));
                    select.setInt(2, limit);
                },
                (_, row) -> {
                    row.next();
                    return row.getInt(1);
                });
    }

    /** Positions are dense: a range is a page, and it names its partitions. */
    private List<StoredEvent> between(long after, long upTo) {
        return queries.read(
                "select " + COLUMNS + " from ledger.event where position > ? and position <= ? order by position",
                select -> {
                    select.setLong(1, after);
                    select.setLong(2, upTo);
                },
                this::events);
    }

    private List<StoredEvent> events(Connection connection, ResultSet row) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        while (row.next()) {
            EventTypes.Named type = types.named(connection, row.getShort(5));
            events.add(new StoredEvent(
                    row.getLong(1),
                    row.getObject(2, UUID.class),
                    row.getInt(3),
                    row.getObject(4, UUID.class),
                    type.name(),
                    type.version(),
                    row.getObject(6, OffsetDateTime.class).toInstant(),
                    row.getBytes(7),
                    row.getBytes(8)));
        }
        return events;
    }
}
