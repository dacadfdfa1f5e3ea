package fr.grandlivre.bench;

import fr.grandlivre.bench.Answers.Answer;
import fr.grandlivre.store.AppendRequest;
import fr.grandlivre.store.EncodedEvent;
import fr.grandlivre.store.StreamAppend;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;

/** The ledger's writer with nothing above it: encoded events of new streams, one request a call. */
final class WriterAlone implements AppendSubject {
    static final String NAME = "writer alone, new streams";

    private static final byte[] NO_FINGERPRINT = {};

    private final Ledger ledger;
    private final Answers answers;

    WriterAlone(Ledger ledger, Answers answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Caller caller() {
        return () -> {
            Answer answer = answers.next();
            EncodedEvent event =
                    new EncodedEvent(id(), "evaluation.answer-recorded", 2, answer.metadataBytes(), answer.payload());
            ledger.writer()
                    .append(new AppendRequest(id(), NO_FINGERPRINT, List.of(new StreamAppend(id(), 0, List.of(event)))))
                    .get();
        };
    }

    static UUID id() {
        return UUID.fromString(IdentifierFactory.getInstance().generateIdentifier());
    }

    @Override
    public long head() {
        return ledger.reader().head();
    }

    @Override
    public Stored storedAfter(long position) throws SQLException {
        return ledger.storedAfter(position);
    }
}
