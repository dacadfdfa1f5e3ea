package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.IssueCategory;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** A candidate's way through an exam: join, wait, answer, end. */
@Controller
@Allowed(Role.LEARNER)
class ExamPages {
    private static final String JOINING = ExamPages.class.getName() + ".joining";
    private static final String ENTRY = ExamPages.class.getName() + ".entry.";
    private static final String JOIN = "session/exam-join";
    private static final String QUESTION = "session/exam";
    private static final String REFUSED = "session/exam-refused";
    private static final String ELSEWHERE = "session/exam-elsewhere";
    private static final String SKIP = "passer";
    private static final int MOST_QUESTIONS = 99;
    private static final int MOST_PARTS = 20;
    private static final int LONGEST_CATEGORY = 60;

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final ExamAnswers answers;
    private final Frameworks frameworks;

    ExamPages(Dispatch dispatch, Sittings sittings, ExamAnswers answers, Frameworks frameworks) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.answers = answers;
        this.frameworks = frameworks;
    }

    @GetMapping("/examen")
    String join(SignedIn learner, HttpSession browser, Model page) {
        form(page, Map.of(), List.of());
        Optional<Candidate> running = sittings.candidacies(learner).stream()
                .filter(Candidate::running)
                .findFirst();
        page.addAttribute("running", running.map(Candidate::exam).orElse(null));
        page.addAttribute(
                "here",
                running.filter(candidate -> entry(browser, candidate.exam().value()) == candidate.entry())
                        .isPresent());
        return JOIN;
    }

    @PostMapping("/examen")
    String enter(
            CommandKey key,
            @RequestParam(name = "session", required = false) @Nullable String number,
            @RequestParam(name = "prenom", required = false) @Nullable String firstName,
            @RequestParam(name = "nom", required = false) @Nullable String lastName,
            @RequestParam(name = "naissance", required = false) @Nullable String birthDate,
            @RequestParam(name = "code", required = false) @Nullable String accessCode,
            SignedIn learner,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Fields fields = new Fields();
        LocalDate today = ParisDays.of(answers.now());
        JoinRequest join = JoinRequest.read(fields, number, firstName, lastName, birthDate, accessCode, today);
        Map<String, String> typed = Map.of(
                "session", text(number),
                "prenom", text(firstName),
                "nom", text(lastName),
                "naissance", text(birthDate));
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form(page, typed, fields.violations());
            return JOIN;
        }
        Outcome outcome = answers.enter(join, key, learner);
        if (outcome instanceof Outcome.Refused(var code, var _) && code == Refusal.JOIN_REFUSED) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form(page, typed, List.of());
            page.addAttribute("refused", true);
            return JOIN;
        }
        browser.setAttribute(JOINING, join);
        return entered(outcome, browser, response, page, language);
    }

    @GetMapping("/examen/attente")
    String waiting(SignedIn learner, HttpSession browser, Model page) {
        JoinRequest join = joining(browser);
        if (join == null) {
            return "redirect:/examen";
        }
        boolean admitted = sittings.numbered(join.number()).stream()
                .flatMap(session -> session.candidates().stream()
                        .filter(candidate -> candidate.learner().equals(sittings.named(session, learner))))
                .anyMatch(Candidate::admitted);
        page.addAttribute("admitted", admitted);
        page.addAttribute("rules", ExamRules.inForce(answers.now()));
        page.addAttribute("at", answers.now());
        return "session/exam-waiting";
    }

    @PostMapping("/examen/attente")
    String start(
            CommandKey key,
            SignedIn learner,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        JoinRequest join = joining(browser);
        return join == null
                ? "redirect:/examen"
                : entered(answers.enter(join, key, learner), browser, response, page, language);
    }

    private String entered(
            Outcome outcome, HttpSession browser, HttpServletResponse response, Model page, Locale language) {
        return switch (outcome) {
            case Outcome.Recorded recorded -> {
                browser.removeAttribute(JOINING);
                browser.setAttribute(ENTRY + recorded.stream(), answers.entry(recorded));
                yield "redirect:/examen/" + recorded.stream();
            }
            case Outcome.Unchanged _ -> throw new IllegalStateException("entering an exam records it");
            case Outcome.Refused refused -> refused(refused, response, page, language);
        };
    }

    private String refused(Outcome.Refused refused, HttpServletResponse response, Model page, Locale language) {
        if (refused.code() == Refusal.NOT_ADMITTED) {
            return "redirect:/examen/attente";
        }
        response.setStatus(refused.code().status());
        page.addAttribute("refusal", refused.code().code());
        page.addAttribute("exam", null);
        page.addAttribute("missing", missing(refused.fields(), language));
        return REFUSED;
    }

    private List<String> missing(Map<String, Object> facts, Locale language) {
        return facts.get("missing") instanceof Collection<?> codes
                ? codes.stream()
                        .map(code -> new CompetenceCode(code.toString()))
                        .map(code -> code + " "
                                + frameworks
                                        .inForce(answers.now())
                                        .competence(code)
                                        .map(competence -> competence.title().in(language))
                                        .orElse(""))
                        .toList()
                : List.of();
    }

    /** A browser that asks again while an alert is open gets no new page: what it shows stays right. */
    @GetMapping("/examen/{exam}")
    @Nullable
    String question(
            @PathVariable UUID exam,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String again,
            SignedIn learner,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        ExamSitting sitting = sittings.started(exam, learner);
        boolean waiting = sitting.alert() != null && entry(browser, exam) == sitting.entry();
        if (again != null && waiting && !answers.now().isAfter(sitting.endsAt())) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return null;
        }
        return show(sitting, Kept.NOTHING, browser, response, page, language);
    }

    @PostMapping("/examen/{exam}/reponses")
    String answer(
            @PathVariable UUID exam,
            CommandKey key,
            @RequestParam(name = "numero", required = false) @Nullable String numberText,
            @RequestParam(name = "geste", defaultValue = "valider") String act,
            @RequestParam(name = "choix", required = false) @Nullable List<String> choices,
            @RequestParam(name = "texte", required = false) @Nullable List<String> texts,
            @RequestParam(name = "sortie", required = false) @Nullable String left,
            SignedIn learner,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Instant receivedAt = answers.now();
        ExamSitting sitting = sittings.started(exam, learner);
        Fields fields = new Fields();
        int number = fields.number("/numero", numberText, 1, MOST_QUESTIONS);
        Response given = response(fields, act, choices, texts);
        fields.check();
        if (given instanceof Response.Chosen(var ticked) && ticked.isEmpty() && number == sitting.answered() + 1) {
            response.setStatus(ExamAnswers.status(Refusal.ANSWER_SHAPE));
            Kept nothing = new Kept(List.of(), List.of(), Refusal.ANSWER_SHAPE.code());
            return show(sitting, nothing, browser, response, page, language);
        }
        Outcome outcome = answers.answer(
                sitting.exam(),
                sitting.questions().size(),
                entry(browser, exam),
                number,
                given,
                focusedOut(left),
                receivedAt,
                key,
                learner);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            boolean shape = code == Refusal.ANSWER_SHAPE && number == sitting.answered() + 1;
            if (shape) {
                response.setStatus(ExamAnswers.status(code));
                Kept kept = new Kept(list(choices), list(texts), code.code());
                return show(sitting, kept, browser, response, page, language);
            }
            return refused(code, sitting, browser, response, page, language);
        }
        return "redirect:/examen/" + exam;
    }

    @PostMapping("/examen/{exam}/chronometre")
    String open(
            @PathVariable UUID exam,
            CommandKey key,
            @RequestParam(name = "numero", required = false) @Nullable String numberText,
            SignedIn learner,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Instant receivedAt = answers.now();
        ExamSitting sitting = sittings.started(exam, learner);
        Fields fields = new Fields();
        int number = fields.number("/numero", numberText, 1, MOST_QUESTIONS);
        fields.check();
        Outcome outcome = answers.open(sitting.exam(), entry(browser, exam), number, receivedAt, key, learner);
        return outcome instanceof Outcome.Refused(var code, var _)
                ? refused(code, sitting, browser, response, page, language)
                : "redirect:/examen/" + exam;
    }

    @PostMapping("/examen/{exam}/signalement")
    String alert(
            @PathVariable UUID exam,
            CommandKey key,
            @RequestParam(name = "numero", required = false) @Nullable String numberText,
            @RequestParam(name = "categorie", required = false) @Nullable String category,
            SignedIn learner,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        ExamSitting sitting = sittings.started(exam, learner);
        Fields fields = new Fields();
        int number = fields.number("/numero", numberText, 1, MOST_QUESTIONS);
        String typed = fields.text("/categorie", category, LONGEST_CATEGORY);
        fields.check();
        Outcome outcome = answers.alert(sitting.exam(), entry(browser, exam), number, typed, key, learner);
        return outcome instanceof Outcome.Refused(var code, var _)
                ? refused(code, sitting, browser, response, page, language)
                : "redirect:/examen/" + exam;
    }

    private String refused(
            Refusal code,
            ExamSitting sitting,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        if (code == Refusal.EXAM_TAKEN_OVER) {
            return show(sitting, Kept.NOTHING, browser, response, page, language);
        }
        response.setStatus(ExamAnswers.status(code));
        page.addAttribute("refusal", code.code());
        page.addAttribute("exam", sitting.exam());
        page.addAttribute("missing", List.of());
        return REFUSED;
    }

    // The script of the page says false or true; without it nobody watched.
    private static @Nullable Boolean focusedOut(@Nullable String left) {
        return left == null || left.isEmpty() ? null : Boolean.valueOf(left);
    }

    private static int entry(HttpSession browser, UUID exam) {
        return browser.getAttribute(ENTRY + exam) instanceof Integer entry ? entry : 0;
    }

    private static Response response(
            Fields fields, String act, @Nullable List<String> choices, @Nullable List<String> texts) {
        if (act.equals(SKIP)) {
            return new Response.Skipped();
        }
        if (texts != null) {
            if (texts.size() > MOST_PARTS) {
                fields.refuse("/texte", "too-long");
            }
            texts.forEach(text -> fields.answer("/texte", text));
            return new Response.Typed(texts);
        }
        return new Response.Chosen(list(choices).stream()
                .limit(MOST_PARTS)
                .map(choice -> fields.number("/choix", choice, 0, MOST_PARTS))
                .toList());
    }

    @PostMapping("/examen/{exam}/fin")
    String end(@PathVariable UUID exam, CommandKey key, SignedIn learner) {
        ExamSitting sitting = sittings.started(exam, learner);
        dispatch.send(answers.end(sitting.exam(), sitting), key, learner, Role.LEARNER);
        return "redirect:/examen/" + exam;
    }

    /**
     * What was entered when the form came back.
     *
     * @param refusal why it did; empty when it did not
     */
    private record Kept(List<String> choices, List<String> texts, String refusal) {
        static final Kept NOTHING = new Kept(List.of(), List.of(), "");
    }

    private String show(
            ExamSitting sitting,
            Kept kept,
            HttpSession browser,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Instant now = answers.now();
        boolean over = now.isAfter(sitting.endsAt());
        int entry = entry(browser, sitting.exam().value());
        page.addAttribute("exam", sitting);
        page.addAttribute("number", sitting.answered() + 1);
        page.addAttribute(
                "minutesLeft",
                Math.max(0, Duration.between(now, sitting.endsAt()).toMinutes()));
        page.addAttribute("over", over);
        Optional<Challenge> due = answers.due(sitting);
        if (sitting.ended() != null || over || sitting.due().isEmpty()) {
            return "session/exam-end";
        }
        // While questions are asked nothing leads away from them, and a small screen begins with the question.
        page.addAttribute("examining", true);
        if (entry != sitting.entry()) {
            response.setStatus(HttpStatus.CONFLICT.value());
            page.addAttribute("was", entry > 0);
            return ELSEWHERE;
        }
        if (due.isEmpty()) {
            return "session/exam-alert";
        }
        Challenge challenge = due.get();
        page.addAttribute("seconds", challenge.timer().map(Duration::toSeconds).orElse(null));
        page.addAttribute("focus", challenge.focus());
        page.addAttribute("categories", IssueCategory.ofAlerts());
        if (sitting.closed()) {
            return "session/exam-timed";
        }
        Optional<Instant> until = sitting.dueUntil();
        page.addAttribute("question", AskedQuestion.of(challenge, language));
        page.addAttribute("choices", kept.choices());
        page.addAttribute("texts", kept.texts());
        page.addAttribute("refusal", kept.refusal());
        page.addAttribute("dueUntil", until.orElse(null));
        page.addAttribute(
                "leftSeconds",
                until.map(end -> Math.max(0, Duration.between(now, end).toSeconds()))
                        .orElse(null));
        return QUESTION;
    }

    private void form(Model page, Map<String, String> typed, List<Violation> violations) {
        page.addAttribute("rules", ExamRules.inForce(answers.now()));
        page.addAttribute("typed", typed);
        page.addAttribute("violations", violations);
        page.addAttribute("refused", false);
        page.addAttribute("running", null);
        page.addAttribute("here", false);
    }

    private static @Nullable JoinRequest joining(HttpSession browser) {
        return browser.getAttribute(JOINING) instanceof JoinRequest join ? join : null;
    }

    private static List<String> list(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
