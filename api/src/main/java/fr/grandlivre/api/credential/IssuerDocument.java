package fr.grandlivre.api.credential;

import java.security.PublicKey;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The issuer's document: where verifiers find its keys, the present one and those that signed before. */
final class IssuerDocument {
    private IssuerDocument() {}

    /**
     * @param did  identifier of the issuer
     * @param keys all that ever signed and are not known to be stolen
     */
    static ObjectNode of(String did, List<PublicKey> keys) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("@context").add("https://www.w3.org/ns/did/v1").add("https://w3id.org/security/multikey/v1");
        document.put("id", did);
        ArrayNode methods = document.putArray("verificationMethod");
        ArrayNode assertions = document.putArray("assertionMethod");
        for (PublicKey key : keys) {
            String multikey = Multikey.of(key);
            String id = did + "#" + multikey;
            methods.addObject()
                    .put("id", id)
                    .put("type", "Multikey")
                    .put("controller", did)
                    .put("publicKeyMultibase", multikey);
            assertions.add(id);
        }
        return document;
    }
}
