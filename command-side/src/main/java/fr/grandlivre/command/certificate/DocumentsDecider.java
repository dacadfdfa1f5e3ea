package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.certificate.DocumentsState.Made;
import fr.grandlivre.events.certificate.DocumentEvent.DocumentRecorded;

/** Decides what is recorded of documents. Pure. */
final class DocumentsDecider {
    private DocumentsDecider() {}

    /** @return never refused: a document is made once a template, and the first one stands */
    static Decision decide(DocumentsState state, RecordDocument command) {
        return state.made().contains(new Made(command.kind(), command.template()))
                ? Accepted.nothing()
                : new Accepted(new DocumentRecorded(
                        command.certificateId(), command.kind(), command.sha256(), command.template()));
    }
}
