package fr.grandlivre.api.security;

import fr.grandlivre.events.vocabulary.Role;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** The accounts of the application under test, with the passwords it drew. */
public final class DemoLogins {
    private DemoLogins() {}

    public static List<DemoAccount> of(ApplicationContext application) {
        return application.getBean(DemoIdentityProvider.Accounts.class).all();
    }

    /** @return the first account of that role */
    public static DemoAccount of(ApplicationContext application, Role role) {
        return of(application).stream()
                .filter(account -> account.role() == role)
                .findFirst()
                .orElseThrow();
    }
}
