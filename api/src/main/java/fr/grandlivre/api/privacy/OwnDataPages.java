package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.rules.ParisDays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** One's own data: what is recorded, taking it away, having it corrected or erased. */
@Controller
@Allowed(Role.LEARNER)
@Tag(name = "privacy")
class OwnDataPages {
    private static final String HOME = "/moi/donnees";
    private static final String ZIP_TYPE = "application/zip";
    private static final MediaType ZIP = MediaType.parseMediaType(ZIP_TYPE);

    private final OwnData data;
    private final PersonalFiles files;
    private final ErasureRows rows;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final IdentityRows identities;

    OwnDataPages(
            OwnData data,
            PersonalFiles files,
            ErasureRows rows,
            Dispatch dispatch,
            ServerClock clock,
            IdentityRows identities) {
        this.data = data;
        this.files = files;
        this.rows = rows;
        this.dispatch = dispatch;
        this.clock = clock;
        this.identities = identities;
    }

    @GetMapping(HOME)
    String mine(@RequestParam(defaultValue = "0") long atLeast, SignedIn person, Model page) {
        return show(!dispatch.caughtUp(ErasureQueries.VIEW, atLeast), person, page);
    }

    @PostMapping(HOME)
    String request(
            @RequestParam(name = "classe", required = false) @Nullable List<String> classes,
            @RequestParam(name = "compris", defaultValue = "false") boolean understood,
            CommandKey key,
            SignedIn person,
            Model page,
            HttpServletResponse response) {
        if (!understood) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("refusal", "");
            page.addAttribute("until", "");
            page.addAttribute("fields", List.of("/compris"));
            return show(false, person, page);
        }
        try {
            return "redirect:" + HOME + "?atLeast="
                    + files.request(person, classes, key).position();
        } catch (ProblemException refused) {
            rows.refused(refused, page, response);
            return show(false, person, page);
        }
    }

    @PostMapping(HOME + "/retrait")
    String withdraw(CommandKey key, SignedIn person) {
        return "redirect:" + HOME + "?atLeast=" + files.withdraw(person, key).position();
    }

    @GetMapping(HOME + "/export")
    ResponseEntity<StreamingResponseBody> export(SignedIn person) {
        return archive(person);
    }

    @GetMapping("/api/v1/me/export")
    @Operation(
            operationId = "exportMyData",
            summary = "Everything recorded about the caller, as a ZIP of one JSON document and three CSV tables",
            description = "Roles: learner. donnees.json holds all events about the caller in ledger order, personal"
                    + " fields in clear, and who read them. Problems: unauthenticated, forbidden.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "streamed",
                            content =
                                    @Content(
                                            mediaType = ZIP_TYPE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<StreamingResponseBody> exportForPrograms(@Parameter(hidden = true) SignedIn person) {
        return archive(person);
    }

    @GetMapping(HOME + "/recus/{erasure}")
    ResponseEntity<byte[]> receipt(@PathVariable long erasure, SignedIn person) {
        return ErasurePages.download(files.erasure(person.account(), erasure));
    }

    private ResponseEntity<StreamingResponseBody> archive(SignedIn person) {
        LearnerId learner = learner(person);
        return FileAnswer.kept(ZIP, "mes-donnees-" + ParisDays.of(clock.now()) + ".zip")
                .body(out -> data.archive(learner, out));
    }

    private String show(boolean behind, SignedIn person, Model page) {
        PersonalFiles.File file = files.of(person.account());
        page.addAttribute("behind", behind);
        page.addAttribute("identities", identities.of(data.identities(learner(person))));
        page.addAttribute(
                "request", file.request().map(one -> rows.of(one, person)).orElse(null));
        page.addAttribute(
                "holds", file.holds().stream().map(one -> rows.of(one, person)).toList());
        page.addAttribute("erasures", file.erasures().stream().map(rows::of).toList());
        return "privacy/own-data";
    }

    private static LearnerId learner(SignedIn person) {
        return new LearnerId(person.account().value());
    }
}
