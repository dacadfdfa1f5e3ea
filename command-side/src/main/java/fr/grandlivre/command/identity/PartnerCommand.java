package fr.grandlivre.command.identity;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import java.util.List;
import java.util.UUID;

/** What can be asked of a partner's program. */
public sealed interface PartnerCommand extends Command {
    /** @return name that the program gives */
    String client();

    @Override
    default UUID stream() {
        return StreamIds.partner(client());
    }

    /**
     * Lets a program call, or changes how; the same again changes nothing.
     *
     * @param client    name that the program gives
     * @param secretMac HMAC of its secret
     * @param scopes    what it may ask for
     * @param uais      establishments it may ask about; empty for all
     */
    record RegisterPartner(String client, String secretMac, List<String> scopes, List<Uai> uais)
            implements PartnerCommand {
        public RegisterPartner {
            scopes = List.copyOf(scopes);
            uais = List.copyOf(uais);
        }
    }

    /**
     * Closes the door to a program; closing it again changes nothing.
     *
     * @param reason why, 10..500 characters
     */
    record RevokePartner(String client, String reason) implements PartnerCommand {}
}
