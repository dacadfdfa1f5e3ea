package fr.grandlivre.api.security;

import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is believed about a client's address.
 *
 * @param proxies addresses of proxies whose header {@code Forwarded} tells it; none unless an operator names them
 */
@ConfigurationProperties("grandlivre")
record TrustedProxies(@DefaultValue List<String> proxies) {
    /** @throws IllegalArgumentException when one is no address */
    TrustedProxies {
        proxies = List.copyOf(proxies);
        proxies.forEach(InetAddress::ofLiteral);
    }
}
