package fr.grandlivre.events.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What is asked, forbidden and done about erasing a person's data. Nothing here is personal: it outlives what it erases.
 * Stream: one a person, derived from the account.
 */
public sealed interface ErasureEvent extends LedgerEvent {
    /** @return whose data */
    AccountId person();

    /**
     * Somebody asks for an erasure; somebody else carries it out. A later request takes the place of an earlier one.
     *
     * @param classes   what is to be erased, each once
     * @param basis     why
     * @param requester the person, or a member of staff
     */
    @EventType(name = "privacy.erasure-requested", version = 1)
    record ErasureRequested(AccountId person, List<DataClass> classes, Basis basis, AccountId requester)
            implements ErasureEvent {
        public ErasureRequested {
            classes = List.copyOf(classes);
        }
    }

    /** The request is taken back before anybody carried it out. */
    @EventType(name = "privacy.erasure-request-withdrawn", version = 1)
    record ErasureRequestWithdrawn(AccountId person) implements ErasureEvent {}

    /**
     * Personal data of a person are erased: from here on their keys do not exist, and views show nothing of them.
     *
     * @param classes what is erased, each once
     * @param kids    ids of the keys; empty when there was none
     * @param basis   why
     */
    @EventType(name = "person.erased", version = 1)
    record PersonErased(AccountId person, List<DataClass> classes, List<UUID> kids, Basis basis)
            implements ErasureEvent {
        public PersonErased {
            classes = List.copyOf(classes);
            kids = List.copyOf(kids);
        }
    }

    /**
     * Keys, views and files were searched after an erasure.
     *
     * @param position of the erasure
     * @param residual values found in spite of it; 0 when it is complete
     * @param receipt  what was done, signed: JWS in its compact form
     */
    @EventType(name = "privacy.erasure-receipted", version = 1)
    record ErasureReceipted(AccountId person, long position, int residual, String receipt) implements ErasureEvent {}

    /**
     * A class of a person's data must not be erased before a day.
     *
     * @param dataClass what is held
     * @param basis     why
     * @param until     last day of the hold, Europe/Paris, inclusive
     * @param placer    who placed it
     */
    @EventType(name = "privacy.hold-placed", version = 1)
    record HoldPlaced(AccountId person, DataClass dataClass, HoldBasis basis, LocalDate until, AccountId placer)
            implements ErasureEvent {}

    /** A hold ends before its day. */
    @EventType(name = "privacy.hold-lifted", version = 1)
    record HoldLifted(AccountId person, DataClass dataClass) implements ErasureEvent {}

    /** Why data are erased. */
    enum Basis {
        /** The person asked for it. */
        PERSON_REQUEST,
        /** The time for which the data may be kept is over. */
        RETENTION_ENDED,
        /** A court or a supervisory authority ordered it. */
        ORDER,
        /** The data should not have been recorded. */
        RECORDED_IN_ERROR
    }

    /** Why data are kept in spite of a wish to erase them. */
    enum HoldBasis {
        /** A dispute over a result or a certificate. */
        LITIGATION,
        /** A suspicion of fraud is looked into. */
        FRAUD_INQUIRY,
        /** A law demands that they be kept. */
        LEGAL_DUTY
    }
}
