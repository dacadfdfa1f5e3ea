package fr.grandlivre.api.evaluation;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.EvaluationCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnmarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnsaveTutorial;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.evaluation.TutorialMarks;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tutorial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tutorials to read, to put aside and to thank for. */
@Controller
@Allowed(Role.LEARNER)
class TutorialPages {
    private final EvaluationQueries evaluations;
    private final Frameworks frameworks;
    private final Dispatch dispatch;
    private final ServerClock clock;

    TutorialPages(EvaluationQueries evaluations, Frameworks frameworks, Dispatch dispatch, ServerClock clock) {
        this.evaluations = evaluations;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** What a learner may say about a tutorial: names of the form field {@code marque}. */
    private enum Mark {
        SAVED,
        USEFUL
    }

    @GetMapping("/moi/tutoriels")
    String saved(SignedIn caller, Model page) {
        Framework framework = frameworks.inForce(clock.now());
        TutorialMarks marks = evaluations.tutorials(EvaluationResource.learner(caller));
        Locale language = LocaleContextHolder.getLocale();
        page.addAttribute(
                "tutorials",
                marks.saved().stream()
                        .flatMap(tutorial -> framework.tutorial(tutorial).stream())
                        .map(tutorial -> Feedback.Offer.of(tutorial, marks, language))
                        .toList());
        return "evaluation/tutorials";
    }

    @GetMapping("/moi/tutoriels/{tutorial}")
    String read(
            @PathVariable TubeId tutorial,
            @RequestParam(required = false) @Nullable String competence,
            @RequestParam(required = false) @Nullable String reponse,
            SignedIn caller,
            Model page) {
        Framework framework = frameworks.inForce(clock.now());
        Tutorial shown = framework.tutorial(tutorial).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        Locale language = LocaleContextHolder.getLocale();
        page.addAttribute(
                "tutorial",
                Feedback.Offer.of(shown, evaluations.tutorials(EvaluationResource.learner(caller)), language));
        page.addAttribute("body", TutorialText.html(shown.body().in(language)));
        page.addAttribute("back", feedback(competence, reponse).orElse(null));
        page.addAttribute("competence", competence);
        page.addAttribute("answer", reponse);
        return "evaluation/tutorial";
    }

    @PostMapping("/moi/tutoriels/{tutorial}")
    String mark(
            @PathVariable TubeId tutorial,
            @RequestParam String marque,
            @RequestParam boolean oui,
            @RequestParam(required = false) @Nullable String competence,
            @RequestParam(required = false) @Nullable String reponse,
            @RequestParam(required = false) @Nullable String lecture,
            CommandKey key,
            SignedIn caller) {
        LearnerId learner = EvaluationResource.learner(caller);
        SkillId skill = failedSkill(learner, competence, reponse).orElse(null);
        OfTutorial command = switch (mark(marque)) {
            case SAVED -> oui ? new SaveTutorial(learner, tutorial, skill) : new UnsaveTutorial(learner, tutorial);
            case USEFUL ->
                oui ? new MarkTutorialUseful(learner, tutorial, skill) : new UnmarkTutorialUseful(learner, tutorial);
        };
        dispatch.send(command, key, caller, Role.LEARNER);
        String feedback = feedback(competence, reponse).orElse(null);
        if (lecture != null) {
            return "redirect:/moi/tutoriels/" + tutorial
                    + (feedback == null ? "" : "?competence=" + competence + "&reponse=" + reponse);
        }
        return "redirect:" + (feedback == null ? "/moi/tutoriels" : feedback + "#tutoriels");
    }

    private static Mark mark(String text) {
        return switch (text) {
            case "enregistre" -> Mark.SAVED;
            case "utile" -> Mark.USEFUL;
            default -> throw new ProblemException(Problem.invalid(List.of(new Violation("/marque", "invalid"))));
        };
    }

    // The address is built from what parses, never taken over: nobody is sent elsewhere.
    private static Optional<String> feedback(@Nullable String competence, @Nullable String answer) {
        return parsed(competence, answer)
                .map(given -> "/moi/competences/" + given.competence() + "/reponses/" + given.answer());
    }

    private Optional<SkillId> failedSkill(LearnerId learner, @Nullable String competence, @Nullable String answer) {
        return parsed(competence, answer)
                .flatMap(given -> evaluations.answer(learner, given.competence(), new AnswerId(given.answer())))
                .map(view -> view.given().recorded().skill());
    }

    private record Given(CompetenceCode competence, UUID answer) {}

    private static Optional<Given> parsed(@Nullable String competence, @Nullable String answer) {
        if (competence == null || competence.isEmpty() || answer == null || answer.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Given(new CompetenceCode(competence), UUID.fromString(answer)));
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
    }
}
