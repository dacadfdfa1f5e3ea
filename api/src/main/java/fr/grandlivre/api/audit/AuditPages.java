package fr.grandlivre.api.audit;

import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.EventEntry;
import fr.grandlivre.query.audit.EventInContext;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.store.keys.KeyVault;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The ledger for an auditor's eyes. */
@Controller
@Allowed(Role.AUDITOR)
class AuditPages {
    private static final int PAGE = 100;

    /** Instants to the millisecond and in one form everywhere: they are compared, not read aloud. */
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ParisDays.ZONE);

    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final LedgerQueries ledger;
    private final Histories histories;
    private final EventSearches searches;
    private final Cursors cursors;
    private final KeyVault vault;
    private final Proofs proofs;

    AuditPages(
            LedgerQueries ledger,
            Histories histories,
            EventSearches searches,
            Cursors cursors,
            KeyVault vault,
            Proofs proofs) {
        this.vault = vault;
        this.proofs = proofs;
        this.ledger = ledger;
        this.histories = histories;
        this.searches = searches;
        this.cursors = cursors;
    }

    /**
     * One event of a list.
     *
     * @param recordedAt time in Paris
     * @param role       in what capacity somebody acted, lower case
     */
    record Row(long position, String recordedAt, String type, String stream, int seq, String role, String actor) {
        static Row of(EventEntry event) {
            return new Row(
                    event.position(),
                    time(event.recordedAt()),
                    event.type(),
                    event.stream().toString(),
                    event.seq(),
                    event.metadata().role().name().toLowerCase(Locale.ROOT),
                    event.metadata().actor().toString());
        }
    }

    @GetMapping("/audit")
    String search(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String stream,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String correlation,
            @RequestParam(required = false) @Nullable String cursor,
            Model page,
            HttpServletResponse response) {
        var typed = new EventSearches.Typed(type, stream, from, to, actor, correlation);
        page.addAttribute("typed", typed.given());
        page.addAttribute("types", ledger.types());
        page.addAttribute("head", ledger.head());
        page.addAttribute("errors", List.<Violation>of());
        try {
            EventSearch begun = searches.parse(typed);
            show(cursor == null || cursor.isBlank() ? begun : cursors.resume(begun, cursor), page);
        } catch (ProblemException refused) {
            if (refused.problem().violations().isEmpty()) {
                throw refused;
            }
            response.setStatus(refused.problem().status());
            page.addAttribute("errors", refused.problem().violations());
        }
        return "audit/events";
    }

    private void show(EventSearch search, Model page) {
        LedgerQueries.Page found = ledger.page(search.filter(), search.after(), search.upTo(), PAGE);
        page.addAttribute("events", found.events().stream().map(Row::of).toList());
        page.addAttribute("lookedUpTo", found.lookedUpTo());
        page.addAttribute("upTo", search.upTo());
        page.addAttribute("next", found.complete() ? null : nextPage(search, found.lookedUpTo()));
    }

    private String nextPage(EventSearch search, long lookedUpTo) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/audit");
        search.typed().forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
        return address.queryParam("cursor", cursors.next(search, lookedUpTo))
                .encode()
                .buildAndExpand(search.typed())
                .toUriString();
    }

    @GetMapping("/audit/evenements/{position}")
    String event(@PathVariable long position, SignedIn reader, Model page) {
        EventInContext found = ledger.inContext(position).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        EventEntry event = found.event();
        page.addAttribute("position", position);
        page.addAttribute(
                "changes",
                histories.changes(event.stream(), position, reader).stream()
                        .map(HistoryPages.Changed::of)
                        .toList());
        page.addAttribute("head", ledger.head());
        page.addAttribute("row", Row.of(event));
        page.addAttribute("eventId", event.eventId());
        page.addAttribute("version", event.version());
        page.addAttribute("metadata", event.metadata());
        List<Field> fields = Field.of(found.currentPayload());
        page.addAttribute("fields", fields);
        page.addAttribute("kept", kept(fields));
        page.addAttribute("sealed", proofs.isSealed(position));
        page.addAttribute("raw", event.payload());
        page.addAttribute("currentVersion", found.currentVersion());
        page.addAttribute("current", INDENTED.writeValueAsString(INDENTED.readTree(found.currentPayload())));
        page.addAttribute("before", found.before().map(Row::of).orElse(null));
        page.addAttribute("after", found.after().map(Row::of).orElse(null));
        page.addAttribute("cause", found.cause().map(Row::of).orElse(null));
        page.addAttribute(
                "sameCommand", found.sameCommand().stream().map(Row::of).toList());
        page.addAttribute("effects", found.effects().stream().map(Row::of).toList());
        page.addAttribute("searchedFrom", found.searchedFrom());
        page.addAttribute("searchedTo", found.searchedTo());
        return "audit/event";
    }

    @GetMapping("/audit/evenements/{position}/" + Proofs.FILE_NAME)
    ResponseEntity<String> proof(@PathVariable long position) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + position + ".tlog-proof\"")
                .body(proofs.inclusion(position).text());
    }

    /** @return ids of the keys that still open a field; the others were erased */
    private Set<String> kept(List<Field> fields) {
        List<UUID> keys = fields.stream()
                .map(Field::key)
                .filter(key -> !key.isEmpty())
                .map(UUID::fromString)
                .toList();
        return keys.isEmpty()
                ? Set.of()
                : vault.existing(keys).stream().map(UUID::toString).collect(Collectors.toSet());
    }

    private static String time(Instant instant) {
        return INSTANT.format(instant);
    }
}
