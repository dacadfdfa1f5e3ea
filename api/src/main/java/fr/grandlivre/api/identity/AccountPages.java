package fr.grandlivre.api.identity;

import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignIns;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.CorrectIdentity;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.command.identity.WayIn;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.identity.IdentityQueries;
import fr.grandlivre.query.identity.SignInQueries;
import fr.grandlivre.rules.ParisDays;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own account and the ways that lead to it; who has none finds it by a code, or opens one. */
@Controller
@Allowed(signedIn = true)
class AccountPages {
    private static final String HOME = "/moi/compte";

    /** Only codes that might exist and do not are counted, as for campaigns. */
    private static final int WRONG_CODES_PER_MINUTE = 5;

    private final SignIns signIns;
    private final SignInQueries ways;
    private final IdentityQueries identities;
    private final AttachCodes codes;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final RateLimit wrongCodes = new RateLimit("attach-code", WRONG_CODES_PER_MINUTE);

    AccountPages(
            SignIns signIns,
            SignInQueries ways,
            IdentityQueries identities,
            AttachCodes codes,
            Dispatch dispatch,
            ServerClock clock) {
        this.signIns = signIns;
        this.ways = ways;
        this.identities = identities;
        this.codes = codes;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /**
     * A way that leads to the reader's account.
     *
     * @param id      opaque
     * @param subject the provider's name for the reader
     * @param since   when it was attached; absent when only the provider says so
     * @param current whether the reader signed in by it
     */
    record WayRow(
            UUID id,
            String provider,
            String subject,
            @Nullable Instant since,
            boolean current) {}

    /** What is typed to open an account; empty texts for what is not there. */
    record Typed(String firstName, String lastName, String birthDate) {
        static final Typed NOTHING = new Typed("", "", "");

        static Typed of(AccountIdentity identity) {
            return new Typed(identity.firstName(), identity.lastName(), Objects.toString(identity.birthDate(), ""));
        }
    }

    @GetMapping(HOME)
    @Impersonal("the reader's own ways to sign in")
    String account(Authentication authentication, Model page) {
        Optional<SignedIn> person = signIns.caller(authentication);
        return person.isPresent() ? show(person.get(), way(authentication), null, page) : stranger(page);
    }

    /** The way in use is named by its provider only; from now on the ledger names it. */
    @PostMapping(HOME + "/connexions")
    @Impersonal("the reader's own ways to sign in")
    String attach(
            CommandKey key, Authentication authentication, SignedIn person, HttpServletResponse response, Model page) {
        WayIn way = way(authentication);
        return change(new AttachSignIn(person.account(), way), way, key, person, authentication, response, page);
    }

    @PostMapping(HOME + "/connexions/{connexion}/retrait")
    @Impersonal("the reader's own ways to sign in")
    String detach(
            @PathVariable("connexion") UUID id,
            CommandKey key,
            Authentication authentication,
            SignedIn person,
            HttpServletResponse response,
            Model page) {
        WayIn way = ways.ways(person.account()).stream()
                .map(signIns::stored)
                .filter(one -> one.stream().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return change(new DetachSignIn(person.account(), way), way, key, person, authentication, response, page);
    }

    private String change(
            Command command,
            WayIn way,
            CommandKey key,
            SignedIn person,
            Authentication authentication,
            HttpServletResponse response,
            Model page) {
        Outcome outcome = dispatch.outcome(command, key, person, role(person));
        signIns.forget(way);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            return show(person, way(authentication), code.code(), page);
        }
        return "redirect:" + HOME;
    }

    private static Role role(SignedIn person) {
        return person.roles().stream().sorted().findFirst().orElse(Role.LEARNER);
    }

    /** Says anew who the reader is, where the ledger was told so here. */
    @PostMapping(HOME + "/identite")
    @Impersonal("the reader's own identity")
    String correct(
            @RequestParam(name = "prenom", defaultValue = "") String firstName,
            @RequestParam(name = "nom", defaultValue = "") String lastName,
            @RequestParam(name = "naissance", defaultValue = "") String birthDate,
            CommandKey key,
            Authentication authentication,
            SignedIn person,
            HttpServletResponse response,
            Model page) {
        Fields fields = new Fields();
        String first = fields.name("/prenom", firstName);
        String last = fields.name("/nom", lastName);
        if (fields.violations().isEmpty()) {
            AccountIdentity known = identity(person.account()).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
            LocalDate birth = known.birthDate() == null && birthDate.isBlank()
                    ? null
                    : fields.birthDate("/naissance", birthDate, ParisDays.of(clock.now()));
            if (fields.violations().isEmpty()) {
                AccountIdentity right = new AccountIdentity(first, last, birth, known.email());
                dispatch.send(new CorrectIdentity(person.account(), right), key, person, role(person));
                return "redirect:" + HOME;
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        page.addAttribute("violations", fields.violations());
        page.addAttribute("typed", new Typed(firstName, lastName, birthDate));
        return show(person, way(authentication), null, page);
    }

    private Optional<AccountIdentity> identity(AccountId account) {
        return Optional.ofNullable(identities.of(List.of(account)).get(account));
    }

    /** Finds the account that a code on paper names. */
    @PostMapping(HOME + "/code")
    String code(
            @RequestParam(name = "code", defaultValue = "") String typed,
            CommandKey key,
            Authentication authentication,
            HttpServletResponse response,
            Model page) {
        WayIn way = way(authentication);
        Optional<String> mac = codes.mac(typed);
        Optional<SignedIn> known = signIns.caller(authentication);
        if (known.isPresent()) {
            // Sent twice, it is done already; any other account keeps its ways to itself.
            if (mac.flatMap(codes::named).equals(known.map(SignedIn::account))) {
                return "redirect:" + HOME;
            }
            throw new ProblemException(Refusals.problem(Refusal.SIGN_IN_TAKEN, Map.of()));
        }
        String who = way.stream().toString();
        if (mac.isPresent()) {
            wrongCodes.peek(who, response);
            Optional<AccountId> named = codes.named(mac.get());
            if (named.isPresent()) {
                UseAttachCode command = new UseAttachCode(named.get(), mac.get(), way);
                Outcome outcome = dispatch.outcome(command, key, as(named.get()), Role.LEARNER);
                signIns.forget(way);
                if (!(outcome instanceof Outcome.Refused(var refusal, var _)
                        && refusal == Refusal.ATTACH_CODE_REFUSED)) {
                    dispatch.done(command, outcome);
                    return "redirect:" + HOME;
                }
            }
            wrongCodes.take(who, response);
        }
        response.setStatus(HttpStatus.NOT_FOUND.value());
        page.addAttribute("unknown", true);
        return stranger(page);
    }

    /** Opens an account without a school. */
    @PostMapping(HOME + "/ouverture")
    String open(
            @RequestParam(name = "prenom", defaultValue = "") String firstName,
            @RequestParam(name = "nom", defaultValue = "") String lastName,
            @RequestParam(name = "naissance", defaultValue = "") String birthDate,
            CommandKey key,
            Authentication authentication,
            HttpServletResponse response,
            Model page) {
        WayIn way = way(authentication);
        Fields fields = new Fields();
        AccountIdentity identity = new AccountIdentity(
                fields.name("/prenom", firstName),
                fields.name("/nom", lastName),
                fields.birthDate("/naissance", birthDate, ParisDays.of(clock.now())),
                null);
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("violations", fields.violations());
            page.addAttribute("typed", new Typed(firstName, lastName, birthDate));
            return stranger(page);
        }
        AccountId person = new AccountId(UUID.randomUUID());
        dispatch.send(new SignUp(person, identity, way), key, as(person), Role.LEARNER);
        signIns.forget(way);
        return "redirect:" + HOME;
    }

    private WayIn way(Authentication authentication) {
        return signIns.way(authentication).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    private static SignedIn as(AccountId person) {
        return new SignedIn(person, Set.of(Role.LEARNER), Optional.empty());
    }

    private static String stranger(Model page) {
        page.asMap().putIfAbsent("unknown", false);
        page.asMap().putIfAbsent("violations", List.<Violation>of());
        page.asMap().putIfAbsent("typed", Typed.NOTHING);
        return "identity/stranger";
    }

    private String show(SignedIn person, WayIn current, @Nullable String refusal, Model page) {
        List<WayRow> rows = ways.ways(person.account()).stream()
                .map(way -> row(way, current))
                .toList();
        page.addAttribute("rows", rows);
        page.addAttribute("learner", person.is(Role.LEARNER));
        page.addAttribute(
                "current",
                new WayRow(
                        current.stream(), current.provider(), current.subject().subject(), null, true));
        page.addAttribute("attached", rows.stream().anyMatch(WayRow::current));
        page.addAttribute("refusal", refusal);
        page.asMap().putIfAbsent("violations", List.<Violation>of());
        if (!page.containsAttribute("typed")) {
            page.addAttribute("typed", identity(person.account()).map(Typed::of).orElse(null));
        }
        return "identity/account";
    }

    private WayRow row(SignInQueries.Way way, WayIn current) {
        UUID id = signIns.stored(way).stream();
        return new WayRow(id, way.provider(), way.subject().subject(), way.since(), id.equals(current.stream()));
    }
}
