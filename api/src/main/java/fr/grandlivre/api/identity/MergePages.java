package fr.grandlivre.api.identity;

import fr.grandlivre.api.identity.AccountMerges.Found;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Joins two accounts of one person: signed in to the one that goes on, with a code that was drawn while signed in to the
 * other, or by its school.
 */
@Controller
@Allowed(Role.LEARNER)
class MergePages {
    private static final String HOME = "/moi/compte/reunion";

    /** Only codes that might exist and do not are counted, as for campaigns. */
    private static final int WRONG_CODES_PER_MINUTE = 5;

    private final AccountMerges merges;
    private final AttachCodes codes;
    private final RateLimit wrongCodes = new RateLimit("merge-code", WRONG_CODES_PER_MINUTE);

    MergePages(AccountMerges merges, AttachCodes codes) {
        this.merges = merges;
        this.codes = codes;
    }

    @GetMapping(HOME)
    String form(@RequestParam(name = "reunis", defaultValue = "false") boolean done, Model page) {
        page.addAttribute("done", done);
        page.addAttribute("refusal", null);
        return "identity/merge";
    }

    /** Answers with the code itself, for it is nowhere to be read again; sending the form again shows the same one. */
    @PostMapping(HOME + "/code")
    String issue(CommandKey key, SignedIn person, Model page) {
        AttachCodes.Issued issued = codes.issue(person.account(), key, person, Role.LEARNER);
        page.addAttribute("code", issued.code());
        page.addAttribute("until", issued.until());
        return "identity/merge-code";
    }

    /** Shows what would be joined; nothing is recorded. */
    @PostMapping(HOME)
    String preview(
            @RequestParam(name = "code", defaultValue = "") String typed,
            SignedIn person,
            HttpServletResponse response,
            Model page,
            Locale language) {
        return switch (find(typed, person, response)) {
            case Found.Refused(var refusal) -> refused(refusal, response, page);
            case Found.Done _ -> "redirect:" + HOME + "?reunis=true";
            case Found.Other(var other, var _) -> preview(typed, person, other, false, page, language);
        };
    }

    @PostMapping(HOME + "/confirmation")
    String merge(
            @RequestParam(name = "code", defaultValue = "") String typed,
            @RequestParam(name = "compris", defaultValue = "false") boolean understood,
            CommandKey key,
            SignedIn person,
            HttpServletResponse response,
            Model page,
            Locale language) {
        return switch (find(typed, person, response)) {
            case Found.Refused(var refusal) -> refused(refusal, response, page);
            case Found.Done _ -> "redirect:" + HOME + "?reunis=true";
            case Found.Other(var other, var _)
            when !understood -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield preview(typed, person, other, true, page, language);
            }
            case Found.Other(var other, var mac) ->
                merges.merge(person, other, mac, key) instanceof Outcome.Refused(var code, var _)
                        ? refused(code, response, page)
                        : "redirect:" + HOME + "?reunis=true";
        };
    }

    private Found find(String typed, SignedIn person, HttpServletResponse response) {
        Optional<String> mac = codes.mac(typed);
        String who = person.account().toString();
        if (mac.isPresent()) {
            wrongCodes.peek(who, response);
        }
        Found found = merges.find(mac, person);
        if (mac.isPresent() && found.equals(new Found.Refused(Refusal.ATTACH_CODE_REFUSED))) {
            wrongCodes.take(who, response);
        }
        return found;
    }

    private String preview(
            String typed, SignedIn person, AccountId other, boolean unticked, Model page, Locale language) {
        page.addAttribute("typed", typed);
        page.addAttribute("unticked", unticked);
        page.addAttribute("preview", merges.preview(person.account(), other, language));
        return "identity/merge-preview";
    }

    private static String refused(Refusal refusal, HttpServletResponse response, Model page) {
        page.addAttribute("done", false);
        page.addAttribute("refusal", refusal.code());
        response.setStatus(refusal.status());
        return "identity/merge";
    }
}
