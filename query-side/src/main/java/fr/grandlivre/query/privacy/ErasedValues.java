package fr.grandlivre.query.privacy;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.store.StoredEvent;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What keys about to be erased had sealed: held in memory only, to look for copies afterwards. A first name or a birth date
 * says nothing alone, because others bear them too: looked for are numbers, addresses and longer texts, and full names.
 *
 * @param texts each enough to know whom it is about
 * @param names first and family names that tell the person when they stand together
 */
public record ErasedValues(Set<String> texts, Set<FullName> names) {
    /** Nothing is known of what was sealed: the keys went before anybody looked. */
    public static final ErasedValues UNKNOWN = new ErasedValues(Set.of(), Set.of());

    /** Fields that belong to one person. */
    private static final Set<String> OWN = Set.of("ine", "email", "subject");

    /** Free texts: answers, descriptions, reasons, purposes. */
    private static final int TELLING = 12;

    public ErasedValues {
        texts = Set.copyOf(texts);
        names = Set.copyOf(names);
    }

    /** Two parts of a name. */
    public record FullName(String first, String last) {
        /** Never shows the name. */
        @Override
        public String toString() {
            return "FullName[…]";
        }
    }

    /**
     * @param events all that the keys sealed, as stored
     * @param kids   ids of the keys
     * @param vault  still opens them
     */
    public static ErasedValues of(List<StoredEvent> events, Collection<UUID> kids, PersonalVault vault) {
        Set<UUID> wanted = Set.copyOf(kids);
        Set<String> texts = new LinkedHashSet<>();
        Set<FullName> names = new HashSet<>();
        for (StoredEvent event : events) {
            for (Map.Entry<String, JsonNode> sealed :
                    CanonicalJson.tree(event.payload()).path("sealed").properties()) {
                SealedField field = field(sealed.getValue());
                FieldContext context = new FieldContext(
                        event.eventId(), event.type(), event.version(), new DataClass(sealed.getKey()));
                if (wanted.contains(field.kid())) {
                    vault.open(context, field).ifPresent(opened -> {
                        JsonNode fields = CanonicalJson.tree(opened.plaintext());
                        collect(fields, texts);
                        name(fields, names);
                    });
                }
            }
        }
        return new ErasedValues(texts, names);
    }

    private static SealedField field(JsonNode node) {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new SealedField(
                UUID.fromString(node.path("kid").asString()),
                base64.decode(node.path("iv").asString()),
                base64.decode(node.path("ct").asString()));
    }

    private static void collect(JsonNode fields, Set<String> texts) {
        fields.properties()
                .forEach(field -> field.getValue()
                        .valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                        .filter(text -> isTelling("", text))
                        .forEach(texts::add));
        fields.properties().stream()
                .filter(field -> field.getValue().isString())
                .filter(field -> isTelling(field.getKey(), field.getValue().asString()))
                .map(field -> field.getValue().asString())
                .forEach(texts::add);
    }

    private static boolean isTelling(String name, String text) {
        // Pseudonyms of readers stand everywhere; a long name alone is still borne by others.
        return OWN.contains(name) && !text.isBlank()
                || !name.equals("reader")
                        && !name.endsWith("Name")
                        && !name.endsWith("Place")
                        && text.length() >= TELLING;
    }

    private static void name(JsonNode fields, Set<FullName> names) {
        String first = fields.path("firstName").asString("");
        String last = fields.path("lastName").asString("");
        if (!first.isBlank() && !last.isBlank()) {
            names.add(new FullName(first, last));
        }
    }

    /** Never shows the values. */
    @Override
    public String toString() {
        return "ErasedValues[" + texts.size() + " texts, " + names.size() + " names]";
    }
}
