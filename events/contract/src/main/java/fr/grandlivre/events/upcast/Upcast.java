package fr.grandlivre.events.upcast;

import tools.jackson.databind.node.ObjectNode;

/** One hop from a version of an event's shape to the next. Pure; total over everything that was ever written. */
public interface Upcast {
    /** @return wire name of the event */
    String type();

    /** @return the version it reads; it writes the next one */
    int from();

    /** @return the payload in the next version's shape; may be the same node, changed */
    ObjectNode apply(ObjectNode payload);
}
