package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.EventEntry;
import fr.grandlivre.query.audit.HistoryQueries.Change;
import fr.grandlivre.query.audit.HistoryQueries.Difference;
import fr.grandlivre.query.audit.HistoryQueries.Life;
import fr.grandlivre.query.audit.HistoryQueries.Step;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.query.audit.StateDiff;
import fr.grandlivre.query.audit.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The past for an auditor's eyes: what happened, how everything stood, what differs. */
@Controller
@Allowed(Role.AUDITOR)
class HistoryPages {
    /** A card is half a screen high. */
    private static final int PAGE = 25;

    private final Histories histories;
    private final LedgerQueries ledger;

    HistoryPages(Histories histories, LedgerQueries ledger) {
        this.histories = histories;
        this.ledger = ledger;
    }

    /**
     * An event of a history.
     *
     * @param cause   position of the event that caused it; absent when a person acted
     * @param changes what it changed
     */
    record Happened(AuditPages.Row row, @Nullable Long cause, List<Changed> changes) {}

    /**
     * One value that changed.
     *
     * @param path   names from the outside in, with « / » between
     * @param before empty when there was none
     * @param after  empty when there is none any more
     */
    record Changed(String path, String before, String after) {
        static Changed of(Change change) {
            return new Changed(
                    spaced(change.pointer()),
                    change.before().orElse(""),
                    change.after().orElse(""));
        }
    }

    /**
     * One value of a state.
     *
     * @param since position of the event that gave it
     */
    record Value(String path, String value, long since) {}

    /**
     * One operation of a difference.
     *
     * @param position of the event that did it
     */
    record Operation(String op, List<Changed> values, long position) {}

    private static String spaced(String pointer) {
        return pointer.substring(1).replace("/", " / ").replace("~1", "/").replace("~0", "~");
    }

    /**
     * What happened to a subject; without one, the forms that ask for it.
     *
     * @param uai with year and division, a class as its papers name it, instead of an id
     */
    @GetMapping("/audit/histoire")
    String history(
            @RequestParam(name = "vue", defaultValue = "") String view,
            @RequestParam(name = "id", defaultValue = "") String id,
            @RequestParam(name = "uai", defaultValue = "") String uai,
            @RequestParam(name = "annee", defaultValue = "") String year,
            @RequestParam(name = "classe", defaultValue = "") String division,
            @RequestParam(name = "apres", defaultValue = "0") long after,
            SignedIn reader,
            Model page,
            HttpServletResponse response) {
        String asked = uai.isBlank() ? id.strip() : String.join(".", uai.strip(), year.strip(), division.strip());
        form(page, view, asked);
        if (!asked.isBlank()) {
            attempt(page, response, () -> steps(histories.subject(view, asked), after, reader, page));
        }
        return "audit/history";
    }

    @GetMapping("/audit/flux/{stream}")
    String stream(
            @PathVariable String stream,
            @RequestParam(name = "apres", defaultValue = "0") long after,
            SignedIn reader,
            Model page) {
        String view = Subject.View.STREAM.word();
        form(page, view, stream);
        steps(histories.subject(view, stream), after, reader, page);
        return "audit/history";
    }

    private void steps(Subject subject, long after, SignedIn reader, Model page) {
        Life life = histories.life(subject, histories.now(), reader);
        List<Step> rest = life.steps().stream()
                .filter(step -> step.event().position() > after)
                .toList();
        page.addAttribute("steps", rest.stream().limit(PAGE).map(this::happened).toList());
        page.addAttribute("total", life.steps().size());
        page.addAttribute(
                "next", rest.size() > PAGE ? rest.get(PAGE - 1).event().position() : null);
    }

    private Happened happened(Step step) {
        EventEntry event = step.event();
        return new Happened(
                AuditPages.Row.of(event),
                cause(event.metadata().causationId()),
                step.changes().stream().map(Changed::of).toList());
    }

    private @Nullable Long cause(@Nullable UUID eventId) {
        OptionalLong position = eventId == null ? OptionalLong.empty() : ledger.positionOf(eventId);
        return position.isPresent() ? (Long) position.getAsLong() : null;
    }

    /** How a subject stood; without one, the form that asks for it. */
    @GetMapping("/audit/au")
    String then(
            @RequestParam(name = "vue", defaultValue = "") String view,
            @RequestParam(name = "id", defaultValue = "") String id,
            @RequestParam(name = "position", defaultValue = "") String position,
            @RequestParam(name = "instant", defaultValue = "") String instant,
            SignedIn reader,
            Model page,
            HttpServletResponse response) {
        form(page, view, id);
        page.addAttribute("position", position);
        page.addAttribute("instant", instant);
        if (!id.isBlank()) {
            attempt(page, response, () -> {
                Subject subject = histories.subject(view, id.strip());
                Moment moment = moment(position, instant);
                Life life = histories.life(subject, moment, reader);
                page.addAttribute("shown", moment.position());
                page.addAttribute("values", values(life));
                page.addAttribute("steps", life.steps().size());
            });
        }
        return "audit/then";
    }

    private Moment moment(String position, String instant) {
        if (position.isBlank()) {
            return histories.moment(instant, "/instant");
        }
        if (!instant.isBlank()) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/instant", "moment.both"))));
        }
        return histories.moment(position, "/position");
    }

    private static List<Value> values(Life life) {
        return life.since().entrySet().stream()
                .map(entry -> new Value(
                        spaced(entry.getKey()), life.state().at(entry.getKey()).asString(), entry.getValue()))
                .toList();
    }

    /** What changed of a subject between two moments; without one, the form that asks for it. */
    @GetMapping("/audit/comparer")
    String difference(
            @RequestParam(name = "vue", defaultValue = "") String view,
            @RequestParam(name = "id", defaultValue = "") String id,
            @RequestParam(name = "de", defaultValue = "") String from,
            @RequestParam(name = "a", defaultValue = "") String to,
            SignedIn reader,
            Model page,
            HttpServletResponse response) {
        form(page, view, id);
        page.addAttribute("from", from);
        page.addAttribute("to", to);
        if (!id.isBlank()) {
            attempt(page, response, () -> {
                Subject subject = histories.subject(view, id.strip());
                Moment first = histories.moment(from.isBlank() ? "0" : from, "/de");
                Moment second = histories.moment(to, "/a");
                Difference difference = histories.difference(subject, first, second, reader);
                page.addAttribute("first", first.position());
                page.addAttribute("second", second.position());
                page.addAttribute(
                        "operations",
                        difference.operations().stream()
                                .map(HistoryPages::operation)
                                .toList());
            });
        }
        return "audit/difference";
    }

    private static Operation operation(StateDiff.Operation operation) {
        List<Changed> values = new ArrayList<>();
        leaves(operation.path(), Objects.requireNonNullElse(operation.value(), operation.before()))
                .forEach(path -> values.add(new Changed(
                        spaced(path),
                        inside(operation.before(), operation.path(), path),
                        inside(operation.value(), operation.path(), path))));
        return new Operation(operation.op(), values, operation.position());
    }

    private static Stream<String> leaves(String path, @Nullable JsonNode node) {
        return node instanceof ObjectNode object
                ? object.properties().stream().flatMap(field -> leaves(path + "/" + escaped(field), field.getValue()))
                : Stream.of(path);
    }

    private static String escaped(Map.Entry<String, JsonNode> field) {
        return field.getKey().replace("~", "~0").replace("/", "~1");
    }

    private static String inside(@Nullable JsonNode node, String base, String path) {
        return node == null ? "" : node.at(path.substring(base.length())).asString();
    }

    private static void form(Model page, String view, String id) {
        page.addAttribute("view", view);
        page.addAttribute("id", id);
        page.addAttribute(
                "views",
                Stream.of(Subject.View.values()).map(Subject.View::word).toList());
        page.addAttribute("errors", List.<Violation>of());
        page.addAttribute("unknown", false);
    }

    /** What is no moment is told with the ways of writing one. */
    private static Violation said(Violation violation) {
        return violation.code().equals("invalid") ? new Violation(violation.pointer(), "moment.malformed") : violation;
    }

    /** What was typed stays, and the page says what is wrong with it. */
    private static void attempt(Model page, HttpServletResponse response, Runnable show) {
        try {
            show.run();
        } catch (ProblemException refused) {
            response.setStatus(refused.problem().status());
            page.addAttribute(
                    "errors",
                    refused.problem().violations().stream()
                            .map(HistoryPages::said)
                            .toList());
            page.addAttribute("unknown", refused.problem().status() == HttpStatus.NOT_FOUND.value());
        }
    }
}
