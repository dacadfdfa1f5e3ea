package fr.grandlivre.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault.Opened;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.store.TestLedger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyVaultTest {
    private static final byte[] PLAIN = "{\"firstName\":\"Martin\"}".getBytes(StandardCharsets.UTF_8);

    private static TestLedger ledger;

    private final MasterKeys masterKeys = masterKeys("kek-1", 0x00);
    private final KeyVault vault = vault(masterKeys);
    private final UUID person = UUID.randomUUID();
    private final FieldContext context = context(DataClass.IDENTITY);

    @BeforeAll
    static void create() {
        ledger = TestLedger.create();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void the_published_vector_is_wrapped_sealed_and_opened() throws SQLException {
        UUID kid = UUID.fromString("018f0000-0000-4000-8000-000000000001");
        UUID owner = UUID.fromString("018f0000-0000-4000-8000-0000000000aa");
        String plaintext = "{\"birthDate\":\"1988-10-05\",\"birthPlace\":\"Paris"
                + " 8\",\"firstName\":\"Martin\",\"lastName\":\"Dupuis\"}";
        FieldContext where = new FieldContext(
                UUID.fromString("018f0000-0000-4000-8000-0000000000e1"), "certificate.issued", 1, DataClass.IDENTITY);
        MasterKeys published = new MasterKeyFile(Map.of("kek-1", bytes(0x00, 32)), () -> bytes(0x50, 12));

        byte[] wrapped =
                published.wrap("kek-1", bytes(0x20, 32), "gl-key/1\n" + kid + "\n" + owner + "\nidentity\nkek-1");
        assertThat(base64(wrapped))
                .isEqualTo("UFFSU1RVVldYWVpbsgYUV8B1n8F0nxdO4cyt-tMez9gWRKwVHLDa4Mx9q0sYf_Bl3043d8FtJYlFrt_B");

        insert(kid, owner, "identity", wrapped, "kek-1");
        KeyVault reading = new KeyVault(ledger.app(), published, Clock.systemUTC(), () -> bytes(0x40, 12), () -> {
            throw new AssertionError("the key exists");
        });
        SealedField sealed = reading.seal(where, owner, plaintext.getBytes(StandardCharsets.UTF_8));
        assertThat(sealed.kid()).isEqualTo(kid);
        assertThat(base64(sealed.iv())).isEqualTo("QEFCQ0RFRkdISUpL");
        assertThat(base64(sealed.ciphertext()))
                .isEqualTo(
                        "uXbf6CICrU8zRjUKv2hgSyu2sLLFbZfrTNK2YgmYu2qaf359U_6bBB32T-3u8IvN8rqPWc-ZpLMfiaxCHIcZcEeUweY3"
                                + "Dx5ui28lalHvA0UyZmebxcaR4GNMqIx42hDFtaF9CGkWVAe1XA");
        assertThat(text(reading.open(where, sealed))).contains(plaintext);
    }

    @Test
    void a_key_is_durable_before_a_field_is_sealed_with_it() {
        SealedField sealed = vault.seal(context, person, PLAIN);

        assertThat(vault.existing(List.of(sealed.kid()))).containsExactly(sealed.kid());
        Optional<Opened> opened = vault(masterKeys).open(context, sealed);
        assertThat(opened.map(Opened::person)).contains(person);
        assertThat(text(opened)).contains(new String(PLAIN, StandardCharsets.UTF_8));
    }

    @Test
    void a_person_has_one_key_a_class() {
        UUID first = vault.seal(context, person, PLAIN).kid();
        assertThat(vault(masterKeys).seal(context, person, PLAIN).kid()).isEqualTo(first);
        assertThat(vault.seal(context(DataClass.ANSWERS), person, PLAIN).kid()).isNotEqualTo(first);
    }

    @Test
    void a_field_moved_to_another_event_does_not_open() {
        SealedField sealed = vault.seal(context, person, PLAIN);

        assertThatThrownBy(() -> vault.open(context(DataClass.IDENTITY), sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        vault.open(new FieldContext(context.eventId(), context.type(), 2, context.dataClass()), sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_erased_class_does_not_open_and_the_others_do() {
        SealedField identity = vault.seal(context, person, PLAIN);
        FieldContext elsewhere = context(DataClass.ANSWERS);
        SealedField answers = vault.seal(elsewhere, person, PLAIN);

        assertThat(vault.erase(person, Set.of(DataClass.IDENTITY))).containsExactly(identity.kid());

        assertThat(vault.open(context, identity)).isEmpty();
        assertThat(vault.open(elsewhere, answers)).isPresent();
        assertThat(vault.existing(List.of(identity.kid(), answers.kid()))).containsExactly(answers.kid());
        assertThat(vault.erase(person, Set.of(DataClass.IDENTITY))).isEmpty();
    }

    @Test
    void another_node_forgets_when_it_is_told() {
        SealedField sealed = vault.seal(context, person, PLAIN);
        KeyVault other = vault(masterKeys);
        assertThat(other.open(context, sealed)).isPresent();
        List<UUID> erased = vault.erase(person, Set.of(DataClass.IDENTITY));

        other.forget(person, Set.of(DataClass.IDENTITY), erased);

        assertThat(other.open(context, sealed)).isEmpty();
    }

    @Test
    void a_key_read_in_the_moment_of_its_erasure_is_not_remembered() throws Exception {
        SealedField sealed = vault.seal(context, person, PLAIN);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch erased = new CountDownLatch(1);
        MasterKeys slow = new MasterKeys() {
            @Override
            public String currentId() {
                return masterKeys.currentId();
            }

            @Override
            public byte[] wrap(String masterKeyId, byte[] dataKey, String additionalData) {
                return masterKeys.wrap(masterKeyId, dataKey, additionalData);
            }

            @Override
            public byte[] unwrap(String masterKeyId, byte[] wrapped, String additionalData) {
                reading.countDown();
                try {
                    erased.await();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
                return masterKeys.unwrap(masterKeyId, wrapped, additionalData);
            }
        };
        KeyVault racing = vault(slow);
        CompletableFuture<Void> prefetch = CompletableFuture.runAsync(() -> racing.prefetch(List.of(sealed.kid())));
        reading.await();
        racing.erase(person, Set.of(DataClass.IDENTITY));
        erased.countDown();
        prefetch.join();

        assertThat(racing.open(context, sealed)).isEmpty();
    }

    @Test
    void the_keys_of_a_whole_region_are_made_together() {
        List<KeyName> names = IntStream.range(0, 10_001)
                .mapToObj(_ -> new KeyName(UUID.randomUUID(), DataClass.IDENTITY))
                .toList();
        long before = ledger.number("select count(*) from keys.data_key");
        long start = System.nanoTime();

        vault.ensure(names);
        vault.ensure(names);

        assertThat(ledger.number("select count(*) from keys.data_key") - before).isEqualTo(10_001);
        assertThat((System.nanoTime() - start) / 1_000_000).as("milliseconds").isLessThan(5_000);
        SealedField sealed = vault.seal(context, names.getLast().person(), PLAIN);
        assertThat(vault(masterKeys).open(context, sealed)).isPresent();
    }

    @Test
    void many_nodes_that_meet_a_person_at_once_agree_on_the_key() throws Exception {
        List<KeyVault> nodes =
                Stream.generate(() -> vault(masterKeys)).limit(16).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SealedField>> sealed = new ArrayList<>();
            nodes.forEach(node -> sealed.add(threads.submit(() -> node.seal(context, person, PLAIN))));
            Set<UUID> kids = new HashSet<>();
            for (var field : sealed) {
                kids.add(field.get().kid());
            }
            assertThat(kids).hasSize(1);
        }
    }

    @Test
    void keys_move_to_a_new_master_key_and_events_stay_readable() {
        SealedField sealed = vault.seal(context, person, PLAIN);
        Map<String, byte[]> both = new LinkedHashMap<>();
        both.put("kek-1", bytes(0x00, 32));
        both.put("kek-2", bytes(0x60, 32));
        MasterKeys rotated = new MasterKeyFile(both, KeyVaultTest::randomIv);
        KeyVault rotating = vault(rotated);
        int moved;
        do {
            moved = rotating.rewrap(1_000);
        } while (moved == 1_000);

        assertThat(ledger.number("select count(*) from keys.data_key where kek_id <> 'kek-2'"))
                .isZero();
        assertThat(text(rotating.open(context, sealed))).isPresent();
        // The other tests know the first master key only.
        ledger.execute("delete from keys.data_key");
    }

    private static KeyVault vault(MasterKeys masterKeys) {
        return new KeyVault(ledger.app(), masterKeys, Clock.systemUTC());
    }

    private static MasterKeys masterKeys(String id, int first) {
        return new MasterKeyFile(Map.of(id, bytes(first, 32)), KeyVaultTest::randomIv);
    }

    private static byte[] randomIv() {
        byte[] iv = new byte[12];
        new SecureRandom().nextBytes(iv);
        return iv;
    }

    private static FieldContext context(DataClass dataClass) {
        return new FieldContext(UUID.randomUUID(), "identity.account-opened", 1, dataClass);
    }

    private static byte[] bytes(int first, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<String> text(Optional<Opened> opened) {
        return opened.map(found -> new String(found.plaintext(), StandardCharsets.UTF_8));
    }

    private static void insert(UUID kid, UUID owner, String dataClass, byte[] wrapped, String kek) throws SQLException {
        try (Connection connection = ledger.app().getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into keys.data_key values (?, ?, ?, ?, ?, now())")) {
            insert.setObject(1, kid);
            insert.setObject(2, owner);
            insert.setString(3, dataClass);
            insert.setBytes(4, wrapped);
            insert.setString(5, kek);
            insert.executeUpdate();
        }
    }
}
