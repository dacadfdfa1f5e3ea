package fr.grandlivre.bench;

import fr.grandlivre.bench.Answers.Answer;
import fr.grandlivre.store.AppendRequest;
import fr.grandlivre.store.EncodedEvent;
import fr.grandlivre.store.StreamAppend;
import fr.grandlivre.store.TimeOrderedId;
import java.util.List;
import java.util.UUID;

/** The ledger's writer with nothing above it: encoded events of new streams, one request a call. */
final class WriterAlone {
    static final String NAME = "writer alone, new streams";
    static final String SEALED = "writer alone, new streams, while a sealer works";

    private static final byte[] NO_FINGERPRINT = {};

    private WriterAlone() {}

    /** @param name {@link #NAME} or {@link #SEALED} */
    static AppendSubject over(Ledger ledger, Answers answers, String name) {
        return ledger.subject(name, () -> () -> {
            ledger.writer()
                    .append(request(answers.next(), TimeOrderedId.next(), 0))
                    .get();
        });
    }

    /** @return a command that records one answer in a stream that holds so many events */
    static AppendRequest request(Answer answer, UUID stream, int events) {
        EncodedEvent event = new EncodedEvent(
                TimeOrderedId.next(), "evaluation.answer-recorded", 2, answer.metadataBytes(), answer.payload());
        return new AppendRequest(
                TimeOrderedId.next(), NO_FINGERPRINT, List.of(new StreamAppend(stream, events, List.of(event))));
    }
}
