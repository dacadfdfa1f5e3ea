package fr.grandlivre.query.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.Instant;
import java.util.List;

/**
 * A wish to erase that waits for somebody else than who has it.
 *
 * @param person    whose data
 * @param classes   what is to be erased
 * @param basis     why
 * @param requester the person, or a member of staff
 * @param at        since when
 */
public record ErasureRequest(AccountId person, List<DataClass> classes, Basis basis, AccountId requester, Instant at) {
    public ErasureRequest {
        classes = List.copyOf(classes);
    }
}
