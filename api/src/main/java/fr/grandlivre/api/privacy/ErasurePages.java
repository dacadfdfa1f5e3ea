package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.Erasure;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.rules.ParisDays;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where operators erase, hold and look at receipts. A person is a pseudonym here: nobody is named. */
@Controller
@Allowed(Role.OPERATOR)
class ErasurePages {
    private static final String HOME = "/exploitation/effacements";
    private static final String FILE = HOME + "/{person}";
    private static final int MOST = 100;

    private final ErasureQueries queries;
    private final PersonalFiles files;
    private final ErasureRows rows;
    private final Erasures erasures;
    private final Dispatch dispatch;
    private final ServerClock clock;

    ErasurePages(
            ErasureQueries queries,
            PersonalFiles files,
            ErasureRows rows,
            Erasures erasures,
            Dispatch dispatch,
            ServerClock clock) {
        this.queries = queries;
        this.files = files;
        this.rows = rows;
        this.erasures = erasures;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @GetMapping(HOME)
    String all(
            @RequestParam(name = "personne", required = false) @Nullable String person,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn operator,
            Model page,
            HttpServletResponse response) {
        if (person != null && !person.isBlank()) {
            try {
                return "redirect:" + HOME + "/"
                        + files.known(UUID.fromString(person.strip())).value();
            } catch (IllegalArgumentException | ProblemException _) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                page.addAttribute("unknown", true);
            }
        }
        LocalDate today = ParisDays.of(clock.now());
        page.addAttribute("behind", !dispatch.caughtUp(ErasureQueries.VIEW, atLeast));
        page.addAttribute(
                "requests",
                queries.requests(MOST).stream()
                        .map(one -> rows.of(one, operator))
                        .toList());
        page.addAttribute(
                "holds",
                queries.holds(today, MOST).stream()
                        .map(one -> rows.of(one, operator))
                        .toList());
        page.addAttribute(
                "erasures", queries.newest(MOST).stream().map(rows::of).toList());
        return "privacy/erasures";
    }

    @GetMapping(FILE)
    String file(
            @PathVariable UUID person, @RequestParam(defaultValue = "0") long atLeast, SignedIn operator, Model page) {
        boolean caughtUp = dispatch.caughtUp(ErasureQueries.VIEW, atLeast);
        return show(files.known(person), !caughtUp, operator, page);
    }

    @PostMapping(FILE)
    String erase(
            @PathVariable UUID person,
            @RequestParam(name = "classe", required = false) @Nullable List<String> classes,
            @RequestParam(name = "motif", required = false) @Nullable String basis,
            CommandKey key,
            SignedIn operator,
            Model page,
            HttpServletResponse response) {
        AccountId whose = files.known(person);
        return act(
                whose,
                () -> {
                    Done done = files.erase(whose, classes, basis, key, operator);
                    erasures.hurry();
                    return done;
                },
                operator,
                page,
                response);
    }

    @PostMapping(FILE + "/conservations")
    String hold(
            @PathVariable UUID person,
            @RequestParam(name = "classe", required = false) @Nullable String dataClass,
            @RequestParam(name = "motif", required = false) @Nullable String basis,
            @RequestParam(name = "jusqu-au", required = false) @Nullable String until,
            CommandKey key,
            SignedIn operator,
            Model page,
            HttpServletResponse response) {
        AccountId whose = files.known(person);
        return act(whose, () -> files.hold(whose, dataClass, basis, until, key, operator), operator, page, response);
    }

    @PostMapping(FILE + "/conservations/{dataClass}")
    String lift(
            @PathVariable UUID person,
            @PathVariable String dataClass,
            CommandKey key,
            SignedIn operator,
            Model page,
            HttpServletResponse response) {
        AccountId whose = files.known(person);
        return act(whose, () -> files.lift(whose, dataClass, key, operator), operator, page, response);
    }

    @GetMapping(FILE + "/recus/{erasure}")
    ResponseEntity<byte[]> receipt(@PathVariable UUID person, @PathVariable long erasure) {
        return download(files.erasure(new AccountId(person), erasure));
    }

    /** @return the signed receipt as a file; 404 as long as there is none */
    static ResponseEntity<byte[]> download(Erasure erasure) {
        byte[] file = erasure.receipt()
                .map(receipt -> ErasureReceipts.flattened(receipt.signed()))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return FileAnswer.kept(MediaType.APPLICATION_JSON, "effacement-" + erasure.position() + ".jws.json")
                .body(file);
    }

    private String act(
            AccountId person, Supplier<Done> act, SignedIn operator, Model page, HttpServletResponse response) {
        try {
            return "redirect:" + HOME + "/" + person + "?atLeast=" + act.get().position();
        } catch (ProblemException refused) {
            rows.refused(refused, page, response);
            return show(person, false, operator, page);
        }
    }

    private String show(AccountId person, boolean behind, SignedIn operator, Model page) {
        PersonalFiles.File file = files.of(person);
        page.addAttribute("person", person.value());
        page.addAttribute("behind", behind);
        page.addAttribute(
                "request", file.request().map(one -> rows.of(one, operator)).orElse(null));
        page.addAttribute(
                "holds",
                file.holds().stream().map(one -> rows.of(one, operator)).toList());
        page.addAttribute("erasures", file.erasures().stream().map(rows::of).toList());
        page.addAttribute(
                "classes",
                erasures.classes(person, clock.now()).stream()
                        .map(DataClass::name)
                        .sorted()
                        .toList());
        page.addAttribute("bases", names(Basis.values()));
        page.addAttribute("holdBases", names(HoldBasis.values()));
        return "privacy/erasure-file";
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(WireName::of).toList();
    }
}
