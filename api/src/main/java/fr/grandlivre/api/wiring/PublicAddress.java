package fr.grandlivre.api.wiring;

import java.net.URI;

/**
 * The address that documents carry out of the application, where no request tells it.
 *
 * @param url scheme, host and port, without a slash at the end
 */
public record PublicAddress(URI url) {
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
