package fr.grandlivre.api.audit;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.HistoryQueries;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.query.audit.Subject;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.verification.VerificationCodeText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Finds what an auditor has in hand: a code on paper, the number of a session, an id, a position. Posted, because a
 * verification code has no place in an address. Names are not looked for: nobody is found by them here.
 */
@Controller
@Allowed(Role.AUDITOR)
class FindPages {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern SESSION_NUMBER = Pattern.compile("\\d{1,9}");
    private static final int LONGEST = 100;

    private final HistoryQueries history;
    private final LedgerQueries ledger;

    FindPages(HistoryQueries history, LedgerQueries ledger) {
        this.history = history;
        this.ledger = ledger;
    }

    /** Something found: a subject, or the event at a position. */
    record Found(String view, String id, long position) {
        static Found of(Subject subject) {
            return new Found(subject.view().word(), subject.id(), 0);
        }

        static Found at(long position) {
            return new Found("", "", position);
        }
    }

    @PostMapping("/audit/chercher")
    String find(@RequestParam(name = "quoi", defaultValue = "") String what, Model page, HttpServletResponse response) {
        String typed = what.strip();
        List<Found> found = typed.isEmpty() || typed.length() > LONGEST ? List.of() : found(typed);
        if (found.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        page.addAttribute("found", found);
        return "audit/found";
    }

    private List<Found> found(String typed) {
        List<Found> found = new ArrayList<>();
        if (NUMBER.matcher(typed).matches()) {
            long position = Long.parseLong(typed);
            if (position >= 1 && position <= ledger.head()) {
                found.add(Found.at(position));
            }
            if (SESSION_NUMBER.matcher(typed).matches()) {
                history.bySessionNumber(Integer.parseInt(typed)).map(Found::of).ifPresent(found::add);
            }
            return found;
        }
        try {
            UUID id = UUID.fromString(typed);
            history.byId(id).stream().map(Found::of).forEach(found::add);
            OptionalLong position = ledger.positionOf(id);
            position.ifPresent(at -> found.add(Found.at(at)));
            return found;
        } catch (IllegalArgumentException _) {
            // No id: a code, perhaps.
        }
        if (VerificationCodeText.parse(typed) instanceof VerificationCodeText.Parsed(var code, var _)) {
            history.byCode(code).map(Found::of).ifPresent(found::add);
        }
        CampaignCodeText.parse(typed).flatMap(history::byCode).map(Found::of).ifPresent(found::add);
        return found;
    }
}
