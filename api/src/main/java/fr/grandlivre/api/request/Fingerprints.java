package fr.grandlivre.api.request;

import fr.grandlivre.api.wiring.SecretFiles;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fingerprints of requests: HMAC-SHA-256 with a secret pepper over method, path, caller and canonical body. Without the
 * pepper nobody can tell from a receipt what a request said. Thread-safe.
 */
@Component
class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final SecretKeySpec pepper;

    Fingerprints(SecretFiles secrets) {
        this.pepper = new SecretKeySpec(secrets.read("pepper"), ALGORITHM);
    }

    /**
     * @param principal who asks; a text that is the same for every request of the caller
     * @return 32 bytes
     */
    byte[] of(HttpServletRequest request, String principal) throws IOException, ServletException {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            // Lengths in front, so that no two lists of parts run together into the same bytes.
            part(mac, request.getMethod().getBytes(StandardCharsets.UTF_8));
            part(mac, request.getRequestURI().getBytes(StandardCharsets.UTF_8));
            part(mac, principal.getBytes(StandardCharsets.UTF_8));
            part(mac, canonicalBody(request));
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }

    private static void part(Mac mac, byte[] bytes) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }

    private static byte[] canonicalBody(HttpServletRequest request) throws IOException, ServletException {
        byte[] body = BoundedBody.of(request);
        return body == null ? form(request) : json(body);
    }

    // A body that is no JSON is compared as it stands.
    private static byte[] json(byte[] body) {
        try {
            return SORTED.writeValueAsBytes(SORTED.readValue(body, Object.class));
        } catch (JacksonException _) {
            return body;
        }
    }

    private static byte[] form(HttpServletRequest request) throws IOException, ServletException {
        TreeMap<String, Object> fields = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, Arrays.asList(values)));
        fields.remove("_csrf");
        fields.remove(CommandKey.FIELD);
        String type = request.getContentType();
        if (type != null && type.startsWith("multipart/")) {
            for (Part file : request.getParts()) {
                if (file.getSubmittedFileName() != null) {
                    fields.put(file.getName(), file.getInputStream().readAllBytes());
                }
            }
        }
        return SORTED.writeValueAsBytes(fields);
    }
}
