package fr.grandlivre.api.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Takes the client's address from the last hop of {@code Forwarded} (RFC 7239) when a configured proxy sends the request,
 * and from the socket otherwise: whoever is no proxy cannot choose an address, and a proxy's client can only write hops in
 * front of the proxy's own.
 */
final class ForwardedAddress extends ValveBase {
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;,\\s]*))");

    /** An address, in brackets when it is long, and a port that does not matter. */
    private static final Pattern NODE = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d+)?|([0-9.]+)(?::\\d+)?");

    private final Set<InetAddress> proxies;

    /** @param proxies addresses of the proxies that are believed */
    ForwardedAddress(List<String> proxies) {
        super(true);
        this.proxies = proxies.stream().map(InetAddress::ofLiteral).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!proxies.isEmpty() && proxies.contains(InetAddress.ofLiteral(request.getPeerAddr()))) {
            lastHop(Collections.list(request.getHeaders("Forwarded"))).ifPresent(request::setRemoteAddr);
        }
        getNext().invoke(request, response);
    }

    /**
     * @param headers values of {@code Forwarded}, in order
     * @return the address that the last hop names; empty when it names none
     */
    static Optional<String> lastHop(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        String last = headers.getLast();
        Matcher node = FOR.matcher(last.substring(last.lastIndexOf(',') + 1));
        if (!node.find()) {
            return Optional.empty();
        }
        Matcher address = NODE.matcher(node.group(1) == null ? node.group(2) : node.group(1));
        return address.matches()
                ? Optional.of(address.group(1) == null ? address.group(2) : address.group(1))
                        .filter(ForwardedAddress::isAddress)
                : Optional.empty();
    }

    private static boolean isAddress(String text) {
        try {
            return !InetAddress.ofLiteral(text).isAnyLocalAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
