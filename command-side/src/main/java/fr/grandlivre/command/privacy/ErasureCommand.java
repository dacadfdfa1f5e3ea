package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What can be asked about erasing, or keeping, a person's data. */
public sealed interface ErasureCommand extends Command {
    /** @return whose data */
    AccountId person();

    @Override
    default UUID stream() {
        return StreamIds.erasures(person());
    }

    /**
     * A person asks that own data be erased; a member of staff carries it out.
     *
     * @param classes what is to be erased, at least one
     */
    record RequestErasure(AccountId person, List<DataClass> classes) implements ErasureCommand {
        public RequestErasure {
            classes = some(classes);
        }
    }

    /** The person takes the request back; without a request nothing happens. */
    record WithdrawErasureRequest(AccountId person) implements ErasureCommand {}

    /**
     * Erases, when somebody else asked for it before; otherwise asks for it, and somebody else carries it out.
     *
     * @param classes what is to be erased, at least one
     * @param kids    ids of the keys of these classes as they stand now
     * @param basis   why; the request of the person carries its own
     * @param actor   member of staff
     */
    record ErasePerson(AccountId person, List<DataClass> classes, List<UUID> kids, Basis basis, AccountId actor)
            implements ErasureCommand {
        public ErasePerson {
            classes = some(classes);
            kids = List.copyOf(kids);
        }
    }

    /**
     * Erases again what was erased before: after a restored backup, or because an event was sealed with a key that was just
     * about to go.
     *
     * @param classes what was erased
     * @param kids    ids of the keys that went
     * @param basis   as it was
     */
    record ReapplyErasure(AccountId person, List<DataClass> classes, List<UUID> kids, Basis basis)
            implements ErasureCommand {
        public ReapplyErasure {
            classes = some(classes);
            kids = List.copyOf(kids);
        }
    }

    /**
     * Records that an erasure was carried through and searched for remains.
     *
     * @param position of the erasure
     * @param residual values found, 0 or more
     * @param receipt  signed; nothing personal
     */
    record ReceiptErasure(AccountId person, long position, int residual, String receipt) implements ErasureCommand {}

    /**
     * Forbids to erase a class of data before a day; a later hold on the class takes the place of an earlier one.
     *
     * @param until  last day, Europe/Paris, inclusive
     * @param placer member of staff
     */
    record PlaceHold(AccountId person, DataClass dataClass, HoldBasis basis, LocalDate until, AccountId placer)
            implements ErasureCommand {}

    /**
     * Ends a hold before its day; somebody else placed it.
     *
     * @param lifter member of staff
     */
    record LiftHold(AccountId person, DataClass dataClass, AccountId lifter) implements ErasureCommand {}

    private static List<DataClass> some(List<DataClass> classes) {
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("an erasure names what it erases");
        }
        return classes.stream().distinct().toList();
    }
}
