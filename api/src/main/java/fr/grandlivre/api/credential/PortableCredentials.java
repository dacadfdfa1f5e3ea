package fr.grandlivre.api.credential;

import fr.grandlivre.api.wiring.LedgerKeys;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.query.certificate.CertificateOrigins;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.certificate.DocumentQueries;
import fr.grandlivre.rules.framework.Frameworks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Certificates as Open Badges 3.0 credentials. A bearer file: it names its holder and is bound to no key of the holder's.
 * Thread-safe.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0">Open Badges Specification 3.0</a>
 */
@Component
public class PortableCredentials {
    /** Media type of a credential, also inside other files. */
    public static final String MEDIA_TYPE = "application/vc+json";

    /** As a person keeps it. */
    public static final String FILE_NAME = "certificat.vc.json";

    private final DataIntegrity proofs;
    private final DocumentQueries documents;
    private final CertificateOrigins origins;
    private final Frameworks frameworks;
    private final OpenBadge badge;

    PortableCredentials(
            LedgerKeys keys,
            DocumentQueries documents,
            CertificateOrigins origins,
            Frameworks frameworks,
            PublicAddress address) {
        this.proofs = new DataIntegrity(keys.credential(), address.did());
        this.documents = documents;
        this.origins = origins;
        this.frameworks = frameworks;
        this.badge = new OpenBadge(frameworks, address);
    }

    /**
     * @param holder identity as printed
     * @return the signed credential; empty as long as the view has no place for it in the status lists
     */
    public Optional<byte[]> of(CertificateStatement certificate, CertificateHolder holder) {
        return documents
                .place(certificate.certificate())
                .flatMap(place -> origins.of(certificate.certificate())
                        .map(origin -> proofs.sign(
                                badge.of(certificate, holder, place, origin.eventId()),
                                Clock.systemUTC().instant())))
                .map(signed -> signed.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @return the achievement of a name like {@code 2019-5}; empty when nothing is certified under it */
    Optional<ObjectNode> achievement(String name) {
        return frameworks.versions().stream()
                .filter(framework -> Achievement.name(framework, framework.maxReachableLevel())
                        .equals(name))
                .findFirst()
                .map(framework ->
                        Achievement.of(badge.achievementAddress(name), framework, framework.maxReachableLevel()));
    }
}
