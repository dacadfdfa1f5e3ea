package fr.grandlivre.api.credential;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.wiring.LedgerKeys;
import fr.grandlivre.api.wiring.LedgerKeys.Entry;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.query.certificate.DocumentQueries.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What verifiers of credentials fetch, without a name and without a trace: keys, achievements, status lists. */
@RestController
@Allowed(everyone = true)
class CredentialPages {
    private static final MediaType CREDENTIAL = MediaType.parseMediaType(PortableCredentials.MEDIA_TYPE);
    private static final MediaType DID_DOCUMENT = MediaType.parseMediaType("application/did+json");
    private static final MediaType JSON_LD = MediaType.parseMediaType("application/ld+json");

    /** Longer than a verifier's session, shorter than anybody waits for a new key. */
    private static final Duration KEYS_KEPT = Duration.ofMinutes(10);

    private static final Duration ACHIEVEMENTS_KEPT = Duration.ofDays(1);

    private final StatusLists lists;
    private final PortableCredentials credentials;
    private final LedgerKeys keys;
    private final PublicAddress address;

    CredentialPages(StatusLists lists, PortableCredentials credentials, LedgerKeys keys, PublicAddress address) {
        this.lists = lists;
        this.credentials = credentials;
        this.keys = keys;
        this.address = address;
    }

    @GetMapping("/.well-known/did.json")
    ResponseEntity<byte[]> issuer() {
        List<PublicKey> all = new ArrayList<>();
        all.add(keys.credential().publicKey());
        all.addAll(keys.retired(Entry.CREDENTIAL));
        return json(IssuerDocument.of(address.did(), all), DID_DOCUMENT, KEYS_KEPT);
    }

    @GetMapping("/credentials/achievements/{achievement}")
    ResponseEntity<byte[]> achievement(@PathVariable String achievement) {
        return credentials
                .achievement(achievement)
                .map(found -> json(found, JSON_LD, ACHIEVEMENTS_KEPT))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    @GetMapping("/status/{purpose}/{list}")
    ResponseEntity<byte[]> list(@PathVariable String purpose, @PathVariable int list) {
        return Arrays.stream(Purpose.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(purpose))
                .findFirst()
                .flatMap(one -> lists.of(one, list))
                .map(found -> answer(found, CREDENTIAL, StatusLists.KEPT_BY_CALLERS))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    private static ResponseEntity<byte[]> json(ObjectNode document, MediaType type, Duration kept) {
        return answer(document.toString().getBytes(StandardCharsets.UTF_8), type, kept);
    }

    private static ResponseEntity<byte[]> answer(byte[] body, MediaType type, Duration kept) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.maxAge(kept).cachePublic())
                .body(body);
    }
}
