package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.PartnerCommand.RegisterPartner;
import fr.grandlivre.command.identity.PartnerCommand.RevokePartner;
import fr.grandlivre.command.identity.PartnerState.Registered;
import fr.grandlivre.command.identity.PartnerState.Revoked;
import fr.grandlivre.command.identity.PartnerState.Unknown;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRevoked;
import java.time.Instant;

/** Decides what happens to partners' programs. Pure. */
final class PartnerDecider {
    /** A reason says something. */
    private static final int SHORTEST_REASON = 10;

    private PartnerDecider() {}

    /**
     * @param now not used by today's rules
     * @return {@code scope-missing}, {@code unknown-account} or {@code reason-too-short} when refused
     */
    static Decision decide(PartnerState state, PartnerCommand command, Instant now) {
        return switch (command) {
            case RegisterPartner register -> register(state, register);
            case RevokePartner(var client, var reason) ->
                switch (state) {
                    case Unknown _ -> new Refused(Refusal.UNKNOWN_ACCOUNT);
                    case Revoked _ -> Accepted.nothing();
                    case Registered _ ->
                        reason.strip().codePointCount(0, reason.strip().length()) < SHORTEST_REASON
                                ? new Refused(Refusal.REASON_TOO_SHORT)
                                : new Accepted(new PartnerRevoked(client, reason));
                };
        };
    }

    private static Decision register(PartnerState state, RegisterPartner register) {
        if (register.scopes().isEmpty()) {
            return new Refused(Refusal.SCOPE_MISSING);
        }
        PartnerRegistered after =
                new PartnerRegistered(register.client(), register.secretMac(), register.scopes(), register.uais());
        return state instanceof Registered(var before) && before.equals(after)
                ? Accepted.nothing()
                : new Accepted(after);
    }
}
