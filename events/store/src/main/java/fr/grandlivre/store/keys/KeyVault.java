package fr.grandlivre.store.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.store.RandomBytes;
import fr.grandlivre.store.TimeOrderedId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Seals personal fields with one key a person and class, kept wrapped in {@code keys.data_key}. Deleting a key erases
 * all that it sealed, in every event and backup of events.
 *
 * <p>Cleartext keys stay in memory for at most {@link #FORGET_AFTER}. Thread-safe.
 */
public final class KeyVault implements PersonalVault {
    /** The longest time a deleted key may still open fields on a node that was not told of the erasure. */
    public static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    /** About 20 MB; a rebuild over more persons reads each key once in a while instead of once. */
    public static final long MAX_CACHED_KEYS = 100_000;

    /** After any key that was ever made. */
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

    /** Rows in one statement of {@link #ensure}. */
    private static final int BULK = 5_000;

    private final DataSource connections;
    private final MasterKeys masterKeys;
    private final Clock clock;
    private final Supplier<byte[]> ivs;
    private final Supplier<byte[]> newKeys;
    private final Cache<KeyName, DataKey> byName = cache();

    /** An empty value says that the key is erased: no event carries a key id before its key is durable. */
    private final Cache<UUID, Optional<DataKey>> byId = cache();

    /** Counts erasures known to this node, so that keys read before one are not remembered after it. */
    private final AtomicLong erasures = new AtomicLong();

    private record DataKey(UUID id, KeyName name, byte[] secret) {
        /** Never shows the secret. */
        @Override
        public String toString() {
            return "DataKey[" + id + "]";
        }
    }

    /**
     * @param connections a pool; its user is a member of {@code grandlivre_keys}
     * @param masterKeys  wrap the data keys
     * @param clock       the domain's clock
     */
    public KeyVault(DataSource connections, MasterKeys masterKeys, Clock clock) {
        this(
                connections,
                masterKeys,
                clock,
                () -> RandomBytes.next(AesGcm.IV_BYTES),
                () -> RandomBytes.next(AesGcm.KEY_BYTES));
    }

    KeyVault(
            DataSource connections,
            MasterKeys masterKeys,
            Clock clock,
            Supplier<byte[]> ivs,
            Supplier<byte[]> newKeys) {
        this.connections = connections;
        this.masterKeys = masterKeys;
        this.clock = clock;
        this.ivs = ivs;
        this.newKeys = newKeys;
    }

    @Override
    public SealedField seal(FieldContext context, UUID person, byte[] plaintext) {
        DataKey key = keyOf(new KeyName(person, context.dataClass()));
        byte[] iv = ivs.get();
        return new SealedField(
                key.id(), iv, AesGcm.seal(key.secret(), iv, plaintext, context.additionalData(key.id())));
    }

    @Override
    public Optional<Opened> open(FieldContext context, SealedField field) {
        Optional<DataKey> key = byId.get(field.kid(), this::load);
        return key.map(found -> new Opened(
                found.name().person(),
                AesGcm.open(found.secret(), field.iv(), field.ciphertext(), context.additionalData(found.id()))));
    }

    /**
     * Makes the keys of many persons durable in few round trips, ahead of {@link #seal} for each of them.
     *
     * @param names persons and classes; those that have a key keep it
     */
    public void ensure(Collection<KeyName> names) {
        Set<KeyName> missing = new LinkedHashSet<>(names);
        missing.removeIf(name -> byName.getIfPresent(name) != null);
        List<KeyName> wanted = new ArrayList<>(missing);
        for (int from = 0; from < wanted.size(); from += BULK) {
            List<KeyName> part = wanted.subList(from, Math.min(wanted.size(), from + BULK));
            remember(byName, () -> findOrCreate(part));
        }
    }

    /**
     * Reads the keys of many fields in few round trips, ahead of {@link #open} for each of them.
     *
     * @param keyIds ids as they stand in the fields
     */
    public void prefetch(Collection<UUID> keyIds) {
        Set<UUID> missing = new LinkedHashSet<>(keyIds);
        missing.removeIf(id -> byId.getIfPresent(id) != null);
        List<UUID> wanted = new ArrayList<>(missing);
        for (int from = 0; from < wanted.size(); from += BULK) {
            List<UUID> part = wanted.subList(from, Math.min(wanted.size(), from + BULK));
            remember(byId, () -> {
                Map<UUID, Optional<DataKey>> loaded = new HashMap<>();
                part.forEach(id -> loaded.put(id, Optional.empty()));
                read(part).forEach(key -> loaded.put(key.id(), Optional.of(key)));
                return loaded;
            });
        }
    }

    /**
     * Deletes all keys of some classes, however young.
     *
     * @return ids of the deleted keys; empty when there were none
     */
    public List<UUID> erase(UUID person, Set<DataClass> classes) {
        return erase(person, classes, FAR);
    }

    /**
     * Deletes keys, durably, and forgets them on this node. Other nodes forget at {@link #forget}, at the latest after
     * {@link #FORGET_AFTER}.
     *
     * @param person  whose keys
     * @param classes which of them
     * @param before  younger keys stay: they seal what was recorded after the erasure
     * @return ids of the deleted keys; empty when there were none
     */
    public List<UUID> erase(UUID person, Set<DataClass> classes, Instant before) {
        List<UUID> erased = inDatabase(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from keys.data_key where person = ? and class = any (?) and created_at <= ? returning"
                            + " kid")) {
                delete.setObject(1, person);
                delete.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                classes.stream()
                                        .map(dataClass -> new KeyName(person, dataClass).className())
                                        .toArray()));
                delete.setObject(3, before.atOffset(ZoneOffset.UTC));
                return ids(delete);
            }
        });
        forget(person, classes, erased);
        return erased;
    }

    /**
     * Deletes keys by their ids, durably, and forgets them on this node.
     *
     * @return ids of those that were still there
     */
    public List<UUID> erase(Collection<UUID> keyIds) {
        if (keyIds.isEmpty()) {
            return List.of();
        }
        Map<UUID, KeyName> erased = inDatabase(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from keys.data_key where kid = any (?) returning kid, person, class")) {
                delete.setArray(1, connection.createArrayOf("uuid", keyIds.toArray()));
                return named(delete);
            }
        });
        forget(erased.keySet());
        erased.forEach((id, name) -> forget(name.person(), Set.of(name.dataClass()), List.of(id)));
        return List.copyOf(erased.keySet());
    }

    /**
     * @param before younger keys are left out
     * @return ids of a person's keys with what they are for
     */
    public Map<UUID, KeyName> keysOf(UUID person, Instant before) {
        return inDatabase(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select kid, person, class from keys.data_key where person = ? and created_at <= ?")) {
                select.setObject(1, person);
                select.setObject(2, before.atOffset(ZoneOffset.UTC));
                return named(select);
            }
        });
    }

    private static Map<UUID, KeyName> named(PreparedStatement statement) throws SQLException {
        Map<UUID, KeyName> names = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                names.put(
                        row.getObject(1, UUID.class),
                        new KeyName(row.getObject(2, UUID.class), new DataClass(row.getString(3))));
            }
        }
        return names;
    }

    private void forget(Collection<UUID> keyIds) {
        erasures.incrementAndGet();
        keyIds.forEach(byId::invalidate);
    }

    /**
     * Drops keys from memory: an erasure happened, perhaps on another node.
     *
     * @param person  whose keys
     * @param classes which of them
     * @param keyIds  ids of the deleted keys
     */
    public void forget(UUID person, Set<DataClass> classes, Collection<UUID> keyIds) {
        erasures.incrementAndGet();
        classes.forEach(dataClass -> byName.invalidate(new KeyName(person, dataClass)));
        keyIds.forEach(byId::invalidate);
    }

    /** @return which of these keys still exist; a restored node stays closed until none of the erased ones does */
    public List<UUID> existing(Collection<UUID> keyIds) {
        return inDatabase(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select kid from keys.data_key where kid = any (?)")) {
                select.setArray(1, connection.createArrayOf("uuid", keyIds.toArray()));
                return ids(select);
            }
        });
    }

    /**
     * Wraps keys anew that another master key than today's wraps. Events stay as they are.
     *
     * @param limit at most so many in one transaction
     * @return how many were wrapped anew; fewer than {@code limit} when none is left
     */
    public int rewrap(int limit) {
        String current = masterKeys.currentId();
        return inDatabase(connection -> {
            List<DataKey> old = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select kid, person, class, wrapped, kek_id from keys.data_key where kek_id <> ? limit ?")) {
                select.setString(1, current);
                select.setInt(2, limit);
                read(select, old);
            }
            try (PreparedStatement update =
                    connection.prepareStatement("update keys.data_key set wrapped = ?, kek_id = ? where kid = ?")) {
                for (DataKey key : old) {
                    update.setBytes(1, masterKeys.wrap(current, key.secret(), wrapping(key.id(), key.name(), current)));
                    update.setString(2, current);
                    update.setObject(3, key.id());
                    update.addBatch();
                }
                update.executeBatch();
            }
            return old.size();
        });
    }

    private <K, V> void remember(Cache<K, V> cache, Supplier<Map<K, V>> read) {
        long before = erasures.get();
        Map<K, V> entries = read.get();
        cache.putAll(entries);
        if (erasures.get() != before) {
            cache.invalidateAll(entries.keySet());
        }
    }

    private DataKey keyOf(KeyName name) {
        // The cache's own computation: an erasure of this name waits for it, then drops what it brought.
        return byName.get(
                name,
                wanted -> find(wanted)
                        .orElseGet(() -> findOrCreate(List.of(wanted)).get(wanted)));
    }

    private Optional<DataKey> find(KeyName name) {
        return inDatabase(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select kid, person, class, wrapped, kek_id from keys.data_key where person = ? and class = ?")) {
                select.setObject(1, name.person());
                select.setString(2, name.className());
                List<DataKey> keys = new ArrayList<>();
                read(select, keys);
                return keys.stream().findFirst();
            }
        });
    }

    private Optional<DataKey> load(UUID id) {
        return read(List.of(id)).stream().findFirst();
    }

    private Map<KeyName, DataKey> findOrCreate(List<KeyName> names) {
        Map<KeyName, DataKey> found = new HashMap<>();
        List<KeyName> missing = names;
        while (!missing.isEmpty()) {
            List<KeyName> wanted = missing;
            inDatabase(connection -> insert(connection, wanted)).forEach(key -> found.put(key.name(), key));
            // Somebody else made a key in the same moment: the next look sees it.
            missing = wanted.stream().filter(name -> !found.containsKey(name)).toList();
        }
        return found;
    }

    private List<DataKey> insert(Connection connection, List<KeyName> names) throws SQLException {
        String masterKeyId = masterKeys.currentId();
        UUID[] ids = new UUID[names.size()];
        UUID[] persons = new UUID[names.size()];
        String[] classes = new String[names.size()];
        byte[][] wrapped = new byte[names.size()][];
        for (int i = 0; i < ids.length; i++) {
            KeyName name = names.get(i);
            ids[i] = TimeOrderedId.next();
            persons[i] = name.person();
            classes[i] = name.className();
            wrapped[i] = masterKeys.wrap(masterKeyId, newKeys.get(), wrapping(ids[i], name, masterKeyId));
        }
        try (PreparedStatement insert = connection.prepareStatement("""
            with wanted as (select * from unnest(?, ?, ?, ?) as w (kid, person, class, wrapped)),
            made as (
                insert into keys.data_key (kid, person, class, wrapped, kek_id, created_at)
                select kid, person, class, wrapped, ?, ? from wanted
                where not exists (
                    select from keys.data_key k where k.person = wanted.person and k.class = wanted.class)
                on conflict (person, class) do nothing
                returning kid, person, class, wrapped, kek_id)
            select kid, person, class, wrapped, kek_id from made
            union all
            select k.kid, k.person, k.class, k.wrapped, k.kek_id
            from keys.data_key k join wanted on k.person = wanted.person and k.class = wanted.class\
            """)) {
            insert.setArray(1, connection.createArrayOf("uuid", ids));
            insert.setArray(2, connection.createArrayOf("uuid", persons));
            insert.setArray(3, connection.createArrayOf("text", classes));
            insert.setArray(4, connection.createArrayOf("bytea", wrapped));
            insert.setString(5, masterKeyId);
            insert.setObject(6, clock.instant().atOffset(ZoneOffset.UTC));
            List<DataKey> keys = new ArrayList<>();
            read(insert, keys);
            return keys;
        }
    }

    private List<DataKey> read(Collection<? extends UUID> ids) {
        return inDatabase(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select kid, person, class, wrapped, kek_id from keys.data_key where kid = any (?)")) {
                Array wanted = connection.createArrayOf("uuid", ids.toArray());
                select.setArray(1, wanted);
                List<DataKey> keys = new ArrayList<>();
                read(select, keys);
                return keys;
            }
        });
    }

    private void read(PreparedStatement select, List<DataKey> keys) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                UUID id = row.getObject(1, UUID.class);
                KeyName name = new KeyName(row.getObject(2, UUID.class), new DataClass(row.getString(3)));
                String masterKeyId = row.getString(5);
                keys.add(new DataKey(
                        id, name, masterKeys.unwrap(masterKeyId, row.getBytes(4), wrapping(id, name, masterKeyId))));
            }
        }
    }

    private static List<UUID> ids(PreparedStatement statement) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static String wrapping(UUID id, KeyName name, String masterKeyId) {
        return String.join("\n", "gl-key/1", id.toString(), name.person().toString(), name.className(), masterKeyId);
    }

    private <T> T inDatabase(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw new KeysUnavailableException(failure);
        }
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_CACHED_KEYS)
                .expireAfterWrite(FORGET_AFTER)
                .build();
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
