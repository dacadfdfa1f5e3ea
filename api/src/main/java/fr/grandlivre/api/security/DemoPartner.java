package fr.grandlivre.api.security;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.identity.PartnerCommand.RegisterPartner;
import fr.grandlivre.events.vocabulary.Role;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Registers the partner's program of the demonstration with the secret that was drawn at this start. */
@Component
@Profile("demo")
class DemoPartner {
    private final Commands commands;
    private final CodeMacs macs;
    private final DemoIdentityProvider.Accounts accounts;

    DemoPartner(Commands commands, CodeMacs macs, DemoIdentityProvider.Accounts accounts) {
        this.commands = commands;
        this.macs = macs;
        this.accounts = accounts;
    }

    @EventListener(ApplicationReadyEvent.class)
    void register() {
        for (DemoAccount account : accounts.all()) {
            if (account.isProgram()) {
                UUID commandId = CommandKey.draw();
                commands.dispatch(
                        new RegisterPartner(
                                account.login(),
                                macs.ofPartner(account.login(), account.password()),
                                List.of(Claims.PARTNER_SCOPE),
                                List.of()),
                        Caller.first(commandId, Caller.POLICIES, Role.SYSTEM, null));
            }
        }
    }
}
