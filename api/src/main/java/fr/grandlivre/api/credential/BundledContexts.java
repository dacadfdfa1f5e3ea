package fr.grandlivre.api.credential;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * The vocabularies of credentials, from copies in the jar with pinned digests: what is signed cannot change under a signature,
 * and nothing is fetched. Every other address is refused. Immutable, thread-safe.
 */
final class BundledContexts implements DocumentLoader {
    static final String CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
    static final String OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    private final Map<String, JsonDocument> contexts = Map.of(
            CREDENTIALS,
            read("credentials-v2.jsonld", "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"),
            OPEN_BADGES,
            read("open-badges-3.0.3.jsonld", "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"));

    @Override
    public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
        JsonDocument context = contexts.get(url.toString());
        if (context == null) {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "no context at " + url);
        }
        return context;
    }

    private static JsonDocument read(String name, String sha256) {
        try (InputStream file = BundledContexts.class.getResourceAsStream("/credentials/" + name)) {
            if (file == null) {
                throw new IllegalStateException("no credentials/" + name);
            }
            byte[] bytes = file.readAllBytes();
            String found = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!found.equals(sha256)) {
                throw new IllegalStateException(name + " was changed: every proof ever made depends on it");
            }
            return JsonDocument.of(new ByteArrayInputStream(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (GeneralSecurityException | JsonLdError impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
