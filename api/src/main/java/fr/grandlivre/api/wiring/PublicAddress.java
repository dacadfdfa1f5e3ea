package fr.grandlivre.api.wiring;

import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The address that documents carry out of the application, where no request tells it: the configured one, else this machine.
 * Immutable.
 */
@Component
public class PublicAddress {
    private final URI url;

    PublicAddress(Settings settings, Environment environment) {
        this.url = settings.publicUrl() == null
                ? URI.create("http://localhost:" + environment.getProperty("server.port", "8080"))
                : settings.publicUrl();
    }

    /** @return scheme, host and port, without a slash at the end */
    public URI url() {
        return url;
    }

    /** @return an address below it; the path begins with a slash */
    public String at(String path) {
        return url + path;
    }

    /**
     * @return the issuer's decentralized identifier
     * @see <a href="https://w3c-ccg.github.io/did-method-web/">did:web: the port's colon is encoded</a>
     */
    public String did() {
        return "did:web:" + url.getAuthority().replace(":", "%3A");
    }
}
