package fr.grandlivre.api.replay;

import java.util.List;
import org.springframework.context.MessageSourceResolvable;

/** Says in words for people what a job works on that has a subject of its own: no view, not the ledger. */
public interface JobWords {
    /** @return the jobs that it knows about */
    Job.Kind kind();

    /**
     * @param subject of a job of that kind
     * @return messages of the bundles, to be read one after the other
     * @throws IllegalArgumentException when it is not such a subject
     */
    List<MessageSourceResolvable> of(String subject);
}
