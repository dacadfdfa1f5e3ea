package fr.grandlivre.api.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a visitor of the demonstration chooses who to be. */
@Controller
@Profile("demo")
@Allowed(everyone = true)
class DemoSignInPage {
    private final DemoIdentityProvider.Accounts accounts;

    DemoSignInPage(DemoIdentityProvider.Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping(DemoIdentityProvider.SIGN_IN)
    String choose(
            @RequestParam(name = "echec", required = false) String failed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model page) {
        // A browser applies form-action to the redirects after the form: they lead back to the application.
        ResponseHeaders.allowFormsTo("'self' http://127.0.0.1:" + request.getServerPort(), response);
        page.addAttribute("failed", failed != null);
        page.addAttribute(
                "accounts",
                accounts.all().stream().filter(account -> !account.isProgram()).toList());
        return "frame/demo-sign-in";
    }
}
