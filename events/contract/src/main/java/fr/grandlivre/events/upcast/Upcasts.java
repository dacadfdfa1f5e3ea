package fr.grandlivre.events.upcast;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The ordered chain of hops that leads every old shape to today's. */
public final class Upcasts {
    private static final List<Upcast> CHAIN = List.of(new AnswerRecordedV1ToV2());

    private Upcasts() {}

    /**
     * @param type    wire name
     * @param version version as stored
     * @param current version wanted
     * @param payload payload as stored, personal fields already opened
     * @return the payload in the current shape
     * @throws IllegalStateException when a hop is missing
     */
    public static ObjectNode toCurrent(String type, int version, int current, ObjectNode payload) {
        ObjectNode node = payload;
        for (int at = version; at < current; at++) {
            node = hop(type, at).apply(node);
        }
        return node;
    }

    /** @return all hops, in order */
    public static List<Upcast> chain() {
        return CHAIN;
    }

    private static Upcast hop(String type, int from) {
        return CHAIN.stream()
                .filter(upcast -> upcast.type().equals(type) && upcast.from() == from)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no upcast of " + type + " from version " + from));
    }
}
