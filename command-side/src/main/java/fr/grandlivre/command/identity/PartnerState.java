package fr.grandlivre.command.identity;

import fr.grandlivre.events.identity.PartnerEvent;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRevoked;

/** What the events of one partner's program amount to. */
sealed interface PartnerState {
    /** @return the state after the event */
    default PartnerState evolve(PartnerEvent event) {
        return switch (event) {
            case PartnerRegistered registered -> new Registered(registered);
            case PartnerRevoked _ -> new Revoked();
        };
    }

    /** Nobody has this name. */
    record Unknown() implements PartnerState {}

    /** May call, as the latest registration says. */
    record Registered(PartnerRegistered as) implements PartnerState {}

    /** May no longer call. */
    record Revoked() implements PartnerState {}
}
