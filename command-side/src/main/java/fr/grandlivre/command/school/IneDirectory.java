package fr.grandlivre.command.school;

import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import java.util.Optional;

/** Who has which national pupil number on a roster. Safe for use by many threads. */
public interface IneDirectory {
    /**
     * Is asked while the roster is locked; the roster's next change is refused by the ledger if another node made one in
     * between, so that an answer that saw the first {@code changes} changes is exact.
     *
     * @param ine     upper case
     * @param changes how many changes of the roster the answer must have seen at least; waits for them if need be
     * @return the pupil on the roster who has the number; empty when nobody has
     */
    Optional<LearnerId> holderOf(SchoolId school, SchoolYear schoolYear, String ine, int changes);
}
