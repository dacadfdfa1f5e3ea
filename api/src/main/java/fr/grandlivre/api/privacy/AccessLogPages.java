package fr.grandlivre.api.privacy;

import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.AccessLog.Line;
import fr.grandlivre.query.privacy.AccessLog.Unmasking;
import fr.grandlivre.query.privacy.AccessQueries;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who read what of whom, for auditors, and who somebody is once a purpose was declared. */
@Controller
@Allowed(Role.AUDITOR)
class AccessLogPages {
    private static final int PAGE = 100;
    private static final String PERSON = "/audit/personnes/{person}";

    private final AccessSearch search;
    private final Dispatch dispatch;
    private final Dates dates;
    private final IdentityRows identities;

    AccessLogPages(AccessSearch search, Dispatch dispatch, Dates dates, IdentityRows identities) {
        this.search = search;
        this.dispatch = dispatch;
        this.dates = dates;
        this.identities = identities;
    }

    /**
     * One reading.
     *
     * @param at      instant in words
     * @param role    name in messages
     * @param surface name in messages
     * @param fields  name in messages
     * @param reader  pseudonym; empty when there is none
     */
    record Row(
            long position,
            String at,
            String person,
            String role,
            String surface,
            String fields,
            String reader,
            boolean declared,
            int readings) {}

    @GetMapping("/audit/lectures")
    String lines(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "0") long atLeast,
            Model page,
            HttpServletResponse response) {
        var typed = new AccessSearch.Typed(actor, person, from, to);
        page.addAttribute("behind", !dispatch.caughtUp(AccessQueries.VIEW, atLeast));
        page.addAttribute("typed", typed.given());
        page.addAttribute("errors", List.<Violation>of());
        try {
            AccessSearch.Page found = search.lines(typed, PAGE, cursor);
            page.addAttribute("rows", found.lines().stream().map(this::row).toList());
            page.addAttribute("next", found.next() == null ? null : address(typed, found.next()));
        } catch (ProblemException refused) {
            if (refused.problem().violations().isEmpty()) {
                throw refused;
            }
            response.setStatus(refused.problem().status());
            page.addAttribute("errors", refused.problem().violations());
        }
        return "privacy/access-log";
    }

    @GetMapping(PERSON)
    String person(
            @PathVariable UUID person, @RequestParam(defaultValue = "0") long atLeast, SignedIn auditor, Model page) {
        return show(new LearnerId(person), !dispatch.caughtUp(AccessQueries.VIEW, atLeast), auditor, page);
    }

    @PostMapping(PERSON)
    String unmask(
            @PathVariable UUID person,
            @RequestParam(name = "motif", required = false) @Nullable String purpose,
            CommandKey key,
            SignedIn auditor,
            Model page,
            HttpServletResponse response) {
        try {
            return "redirect:/audit/personnes/" + person + "?atLeast="
                    + search.unmask(auditor, new LearnerId(person), purpose, key)
                            .position();
        } catch (ProblemException refused) {
            if (refused.problem().slug() != Slug.VALIDATION) {
                throw refused;
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("refused", true);
            page.addAttribute("purpose", purpose);
            return show(new LearnerId(person), false, auditor, page);
        }
    }

    private String show(LearnerId person, boolean behind, SignedIn auditor, Model page) {
        Optional<Unmasking> leave = search.unmasking(auditor, person);
        page.addAttribute("behind", behind);
        page.addAttribute("person", person.value());
        page.addAttribute(
                "until", leave.map(granted -> dates.minute(granted.until())).orElse(null));
        page.addAttribute(
                "identities",
                leave.map(granted -> identities.of(search.identities(auditor, person, granted)))
                        .orElse(List.of()));
        return "privacy/person";
    }

    private static String address(AccessSearch.Typed typed, String cursor) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/audit/lectures");
        typed.given().forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
        return address.queryParam("cursor", cursor)
                .encode()
                .buildAndExpand(typed.given())
                .toUriString();
    }

    private Row row(Line line) {
        return new Row(
                line.position(),
                dates.minute(line.at()),
                line.person().toString(),
                WireName.of(line.role()),
                WireName.of(line.surface()),
                WireName.of(line.fieldsClass()),
                line.reader() == null ? "" : line.reader().toString(),
                line.declared(),
                line.readings());
    }
}
