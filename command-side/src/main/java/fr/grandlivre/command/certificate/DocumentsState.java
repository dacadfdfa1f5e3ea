package fr.grandlivre.command.certificate;

import fr.grandlivre.events.certificate.DocumentEvent;
import fr.grandlivre.events.certificate.DocumentEvent.DocumentRecorded;
import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import java.util.HashSet;
import java.util.Set;

/**
 * The documents of one certificate.
 *
 * @param made kinds and templates of which there is one
 */
record DocumentsState(Set<Made> made) {
    DocumentsState {
        made = Set.copyOf(made);
    }

    /** A template of a kind. */
    record Made(Kind kind, int template) {}

    static DocumentsState none() {
        return new DocumentsState(Set.of());
    }

    DocumentsState evolve(DocumentEvent event) {
        return switch (event) {
            case DocumentRecorded(var _, var kind, var _, var template) -> {
                Set<Made> more = new HashSet<>(made);
                more.add(new Made(kind, template));
                yield new DocumentsState(more);
            }
        };
    }
}
