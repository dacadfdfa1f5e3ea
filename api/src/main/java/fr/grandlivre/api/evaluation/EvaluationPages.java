package fr.grandlivre.api.evaluation;

import fr.grandlivre.api.evaluation.CampaignPassages.Passing;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.evaluation.GivenAnswerView;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Document;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A learner answers by pages that need no script. */
@Controller
@Allowed(Role.LEARNER)
class EvaluationPages {
    private static final Set<Refusal> ANSWERED_ELSEWHERE =
            Set.of(Refusal.ALREADY_ANSWERED, Refusal.NOT_THE_DUE_CHALLENGE, Refusal.NOTHING_TO_ASK);

    private final Asking asking;
    private final EvaluationQueries evaluations;
    private final Frameworks frameworks;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final CampaignPassages campaigns;

    EvaluationPages(
            Asking asking,
            EvaluationQueries evaluations,
            Frameworks frameworks,
            Dispatch dispatch,
            ServerClock clock,
            CampaignPassages campaigns) {
        this.asking = asking;
        this.evaluations = evaluations;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
        this.clock = clock;
        this.campaigns = campaigns;
    }

    /**
     * What the learner had entered when the form came back.
     *
     * @param commandId the same as before: the next sending is the same act
     * @param choices   indexes as sent
     * @param fields    texts as sent
     * @param error     key of the sentence
     */
    record Kept(String commandId, List<String> choices, List<String> fields, String error) {
        public boolean chose(int index) {
            return choices.contains(Integer.toString(index));
        }

        public String field(int index) {
            return index < fields.size() ? fields.get(index) : "";
        }
    }

    @GetMapping("/moi/competences/{code}/epreuve")
    String question(
            @PathVariable CompetenceCode code,
            @RequestParam(name = "parcours", required = false) @Nullable ParticipationId campaign,
            SignedIn caller,
            Model page) {
        Optional<Passing> passing = passing(campaign, caller, page);
        Asking.Asked asked = next(caller, code, passing);
        // In a campaign another competence may be due, or the end.
        return passing.isPresent() && asked.due().isEmpty()
                ? "redirect:" + passing.get().next()
                : question(asked, null, page);
    }

    /** Pages within a campaign carry its participation, so that forms and links stay within it. */
    private Optional<Passing> passing(@Nullable ParticipationId campaign, SignedIn caller, Model page) {
        Optional<Passing> passing =
                Optional.ofNullable(campaign).map(known -> campaigns.passing(learner(caller), known));
        page.addAttribute("passing", passing.orElse(null));
        page.addAttribute("parcours", campaign == null ? null : campaign.toString());
        return passing;
    }

    private Asking.Asked next(SignedIn caller, CompetenceCode code, Optional<Passing> passing) {
        return asking.next(learner(caller), code, passing.map(Passing::within).orElse(null));
    }

    private String question(Asking.Asked asked, @Nullable Kept kept, Model page) {
        Locale language = LocaleContextHolder.getLocale();
        competence(asked.competence(), page);
        page.addAttribute("number", asked.number());
        page.addAttribute("kept", kept);
        if (asked.due().isEmpty()) {
            page.addAttribute("score", asked.knowledge().score());
            page.addAttribute("answers", asked.knowledge().answersOfPass().size());
            page.addAttribute("right", right(asked.knowledge()));
            page.addAttribute("improvable", asked.knowledge().hasSomethingToImprove());
            page.addAttribute(
                    "from", asked.knowledge().improvableFrom(asked.framework()).orElse(null));
            return "evaluation/end";
        }
        Challenge due = asked.due().get();
        page.addAttribute("challenge", due.id().value());
        page.addAttribute("focus", due.focus());
        page.addAttribute("seconds", due.timer().map(Duration::toSeconds).orElse(null));
        if (!asked.open()) {
            return "evaluation/timed";
        }
        page.addAttribute("question", Question.of(due, language));
        page.addAttribute(
                "sheet",
                due.document()
                        .map(document -> ShownDocument.of(document, language))
                        .orElse(null));
        page.addAttribute("endsAt", asked.endsAt().orElse(null));
        page.addAttribute(
                "leftSeconds",
                asked.endsAt()
                        .map(end ->
                                Math.max(0, Duration.between(asked.now(), end).toSeconds()))
                        .orElse(null));
        return "evaluation/question";
    }

    private static long right(Knowledge knowledge) {
        return knowledge.answersOfPass().stream()
                .filter(answer -> answer.recorded().outcome() == fr.grandlivre.events.vocabulary.Outcome.OK)
                .count();
    }

    /** The file that the due question works on. */
    @GetMapping("/moi/competences/{code}/epreuve/fichier")
    ResponseEntity<byte[]> file(
            @PathVariable CompetenceCode code,
            @RequestParam(name = "parcours", required = false) @Nullable ParticipationId campaign,
            SignedIn caller,
            Model page) {
        Asking.Asked asked = next(caller, code, passing(campaign, caller, page));
        Document document = asked.due()
                .filter(_ -> asked.open())
                .flatMap(Challenge::document)
                .filter(Document::isFile)
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return FileAnswer.kept(CsvFile.TYPE, Objects.requireNonNull(document.name()))
                .body(document.body().in(LocaleContextHolder.getLocale()).getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/moi/competences/{code}/epreuve")
    String answer(
            @PathVariable CompetenceCode code,
            @RequestParam(name = "parcours", required = false) @Nullable ParticipationId campaign,
            @RequestParam MultiValueMap<String, String> form,
            CommandKey key,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        Instant receivedAt = clock.now();
        Optional<Passing> passing = passing(campaign, caller, page);
        AnswerForm answer = AnswerForm.read(form);
        try {
            AnswerRequest.Parsed parsed = answer.request().parse();
            Outcome outcome = dispatch.outcome(
                    new RecordAnswer(
                            new AnswerId(key.commandId()),
                            learner(caller),
                            code,
                            parsed.challenge(),
                            parsed.response(),
                            answer.focusedOut(),
                            passing.map(Passing::within).orElse(null),
                            receivedAt),
                    key,
                    caller,
                    Role.LEARNER);
            return switch (outcome) {
                case Outcome.Recorded recorded ->
                    "redirect:/moi/competences/" + code + "/reponses/" + key.commandId() + "?atLeast="
                            + recorded.position() + (campaign == null ? "" : "&parcours=" + campaign);
                case Outcome.Unchanged _ -> throw new IllegalStateException("an answer is recorded or refused");
                case Outcome.Refused refused -> refused(refused, code, passing, answer, key, caller, response, page);
            };
        } catch (ProblemException notYet) {
            return again(notYet.problem(), code, passing, answer, key, caller, response, page);
        }
    }

    private String refused(
            Outcome.Refused refused,
            CompetenceCode code,
            Optional<Passing> passing,
            AnswerForm answer,
            CommandKey key,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        if (ANSWERED_ELSEWHERE.contains(refused.code())) {
            return elsewhere(code, caller, response, page);
        }
        if (refused.code() == Refusal.ANSWER_SHAPE) {
            response.setStatus(refused.code().status());
            return question(next(caller, code, passing), answer.kept(key.commandId(), "evaluation.error.shape"), page);
        }
        throw new ProblemException(Refusals.problem(refused.code(), refused.fields()));
    }

    // The answer is not lost: the form comes back with what was entered and the same command id.
    private String again(
            Problem problem,
            CompetenceCode code,
            Optional<Passing> passing,
            AnswerForm answer,
            CommandKey key,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        String error = switch (problem.slug()) {
            case OVERLOADED -> "evaluation.error.pending";
            case VALIDATION -> "evaluation.error." + code(problem.violations());
            default -> null;
        };
        if (error == null) {
            throw new ProblemException(problem);
        }
        response.setStatus(problem.status());
        return question(next(caller, code, passing), answer.kept(key.commandId(), error), page);
    }

    private static String code(List<Violation> violations) {
        return switch (violations.isEmpty() ? "" : violations.getFirst().code()) {
            case "answer.missing" -> "missing";
            case "too-long" -> "too-long";
            case "control-character", "lone-surrogate" -> "characters";
            default -> "shape";
        };
    }

    private String elsewhere(CompetenceCode code, SignedIn caller, HttpServletResponse response, Model page) {
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        competence(asking.next(learner(caller), code).competence(), page);
        return "evaluation/elsewhere";
    }

    @PostMapping("/moi/competences/{code}/chronometre")
    String startTimer(
            @PathVariable CompetenceCode code,
            @RequestParam(name = "parcours", required = false) @Nullable ParticipationId campaign,
            @RequestParam MultiValueMap<String, String> form,
            CommandKey key,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        Instant receivedAt = clock.now();
        Optional<Passing> passing = passing(campaign, caller, page);
        var challenge = AnswerRequest.challengeId(form.getFirst("challenge"));
        Outcome outcome = dispatch.outcome(
                new StartTimer(
                        learner(caller),
                        code,
                        challenge,
                        passing.map(Passing::within).orElse(null),
                        receivedAt),
                key,
                caller,
                Role.LEARNER);
        if (outcome instanceof Outcome.Refused refused) {
            return refused(refused, code, passing, AnswerForm.read(form), key, caller, response, page);
        }
        return toQuestion(code) + (campaign == null ? "" : "?parcours=" + campaign);
    }

    @GetMapping("/moi/competences/{code}/reponses/{answer}")
    String feedback(
            @PathVariable CompetenceCode code,
            @PathVariable UUID answer,
            @RequestParam(name = "parcours", required = false) @Nullable ParticipationId campaign,
            SignedIn caller,
            Model page) {
        LearnerId learner = learner(caller);
        Optional<Passing> passing = passing(campaign, caller, page);
        GivenAnswerView view = evaluations
                .answer(learner, code, new AnswerId(answer))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        Asking.Asked asked = next(caller, code, passing);
        competence(asked.competence(), page);
        page.addAttribute("more", asked.due().isPresent());
        page.addAttribute(
                "latest",
                asked.knowledge()
                        .answers()
                        .getLast()
                        .recorded()
                        .answer()
                        .value()
                        .equals(answer));
        page.addAttribute(
                "feedback",
                Feedback.of(
                        view,
                        frameworks.of(view.given().recorded().framework()),
                        evaluations.tutorials(learner),
                        evaluations.useful(),
                        LocaleContextHolder.getLocale()));
        return "evaluation/feedback";
    }

    @PostMapping("/moi/competences/{code}/amelioration")
    String improve(
            @PathVariable CompetenceCode code,
            CommandKey key,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        var command = new ImproveCompetence(learner(caller), code);
        Outcome outcome = dispatch.outcome(command, key, caller, Role.LEARNER);
        if (outcome instanceof Outcome.Refused(var refusal, var _)
                && refusal.status() == HttpServletResponse.SC_CONFLICT) {
            response.setStatus(refusal.status());
            Asking.Asked asked = asking.next(learner(caller), code);
            competence(asked.competence(), page);
            page.addAttribute("reason", refusal.code());
            page.addAttribute(
                    "from", asked.knowledge().improvableFrom(asked.framework()).orElse(null));
            return "evaluation/not-yet";
        }
        dispatch.done(command, outcome);
        return toQuestion(code);
    }

    @GetMapping("/moi/competences/{code}/remise-a-zero")
    String confirmReset(@PathVariable CompetenceCode code, SignedIn caller, Model page) {
        Asking.Asked asked = asking.next(learner(caller), code);
        competence(asked.competence(), page);
        page.addAttribute("score", asked.knowledge().score());
        Instant from = asked.knowledge().resettableFrom(asked.framework()).orElse(null);
        page.addAttribute("from", from);
        page.addAttribute("open", from != null && !asked.now().isBefore(from));
        return "evaluation/reset";
    }

    @PostMapping("/moi/competences/{code}/remise-a-zero")
    String reset(
            @PathVariable CompetenceCode code,
            CommandKey key,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        var command = new ResetCompetence(key.commandId(), learner(caller), code);
        Outcome outcome = dispatch.outcome(command, key, caller, Role.LEARNER);
        if (outcome instanceof Outcome.Refused(var refusal, var _)
                && refusal.status() == HttpServletResponse.SC_CONFLICT) {
            response.setStatus(refusal.status());
            return confirmReset(code, caller, page);
        }
        return "redirect:/moi/competences/" + code + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    private static String toQuestion(CompetenceCode code) {
        return "redirect:/moi/competences/" + code + "/epreuve";
    }

    private static void competence(Competence competence, Model page) {
        page.addAttribute("code", competence.code().value());
        page.addAttribute("name", competence.title().in(LocaleContextHolder.getLocale()));
    }

    private static LearnerId learner(SignedIn caller) {
        return EvaluationResource.learner(caller);
    }
}
