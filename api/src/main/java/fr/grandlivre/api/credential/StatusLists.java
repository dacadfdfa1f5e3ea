package fr.grandlivre.api.credential;

import fr.grandlivre.api.wiring.LedgerKeys;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.query.certificate.DocumentQueries;
import fr.grandlivre.query.certificate.DocumentQueries.Purpose;
import fr.grandlivre.rules.certificate.StatusPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published status lists: one bit a certificate, signed. A list is made again when somebody asks and it is older than
 * {@link #FRESH}, so a change shows within that time and a crowd of verifiers costs one signature. Thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/">Bitstring Status List v1.0</a>
 */
@Component
class StatusLists {
    /** How long a caller may keep a list, as caches and as verifiers read it. */
    static final Duration KEPT_BY_CALLERS = Duration.ofMinutes(5);

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration VALID = Duration.ofHours(24);
    private static final int BYTES = StatusPlace.LIST_SIZE / Byte.SIZE;

    private final DocumentQueries documents;
    private final DataIntegrity proofs;
    private final PublicAddress address;
    private final Clock clock = Clock.systemUTC();
    private final Map<Name, Signed> lists = new ConcurrentHashMap<>();

    private record Name(Purpose purpose, int list) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Signed(byte[] json, Instant at) {}

    StatusLists(DocumentQueries documents, LedgerKeys keys, PublicAddress address) {
        this.documents = documents;
        this.proofs = new DataIntegrity(keys.credential(), address.did());
        this.address = address;
    }

    /**
     * @param list number of the list, from 1
     * @return the signed list; empty when there is none
     */
    Optional<byte[]> of(Purpose purpose, int list) {
        Instant now = clock.instant();
        Signed signed = lists.compute(
                new Name(purpose, list),
                (name, before) -> before != null && now.isBefore(before.at().plus(FRESH)) ? before : sign(name, now));
        return Optional.ofNullable(signed).map(Signed::json);
    }

    private @Nullable Signed sign(Name name, Instant now) {
        return documents
                .bits(name.purpose(), name.list())
                .map(bits -> new Signed(
                        proofs.sign(credential(address, name.purpose(), name.list(), bits, now), now)
                                .toString()
                                .getBytes(StandardCharsets.UTF_8),
                        now))
                .orElse(null);
    }

    /** @return an unsigned list */
    static ObjectNode credential(PublicAddress address, Purpose purpose, int list, BitSet bits, Instant now) {
        String id = address(address, purpose, list);
        ObjectNode credential = JsonNodeFactory.instance.objectNode();
        credential.putArray("@context").add(BundledContexts.CREDENTIALS);
        credential.put("id", id);
        credential.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
        credential.put("issuer", address.did());
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        credential.put("validFrom", from.toString());
        credential.put("validUntil", from.plus(VALID).toString());
        credential
                .putObject("credentialSubject")
                .put("id", id + "#list")
                .put("type", "BitstringStatusList")
                .put("statusPurpose", purpose.name().toLowerCase(Locale.ROOT))
                .put("encodedList", encoded(bits))
                .put("ttl", KEPT_BY_CALLERS.toMillis());
        return credential;
    }

    /** @return {@code u}, then base64url of the compressed bits, the first of which is the highest of its byte */
    static String encoded(BitSet bits) {
        byte[] bytes = new byte[BYTES];
        bits.stream().forEach(index -> bytes[index / Byte.SIZE] |= (byte) (0x80 >>> index % Byte.SIZE));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(compressed.toByteArray());
    }

    static String address(PublicAddress address, Purpose purpose, int list) {
        return address.at("/status/" + purpose.name().toLowerCase(Locale.ROOT) + "/" + list);
    }
}
