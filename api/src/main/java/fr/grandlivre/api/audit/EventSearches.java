package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.store.EventFilter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Understands the filters of a search; says of each field what is wrong with it. Thread-safe. */
@Component
class EventSearches {
    private static final int LONGEST_FIELD = 100;
    private static final String FUTURE = "date.future";
    private static final String BEYOND_HEAD = "position.beyond-head";

    private final LedgerQueries ledger;
    private final ServerClock clock;

    EventSearches(LedgerQueries ledger, ServerClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * The parameters as typed.
     *
     * @param type        wire name of a kind of event
     * @param stream      id of a stream
     * @param from        first position, instant, or day in Paris
     * @param to          last position, instant, or day in Paris
     * @param actor       pseudonym of who acted
     * @param correlation first command of a chain
     */
    record Typed(
            @Nullable String type,
            @Nullable String stream,
            @Nullable String from,
            @Nullable String to,
            @Nullable String actor,
            @Nullable String correlation) {
        Map<String, String> given() {
            Map<String, String> given = new LinkedHashMap<>();
            put(given, "type", type);
            put(given, "stream", stream);
            put(given, "from", from);
            put(given, "to", to);
            put(given, "actor", actor);
            put(given, "correlation", correlation);
            return given;
        }

        private static void put(Map<String, String> given, String name, @Nullable String value) {
            if (value != null && !value.isBlank()) {
                given.put(name, value.strip());
            }
        }
    }

    /**
     * @return the search over the ledger as it is now
     * @throws ProblemException {@code validation} naming every field at fault
     */
    EventSearch parse(Typed typed) {
        Map<String, String> given = typed.given();
        long head = ledger.head();
        Parsing parsing = new Parsing(given, head, clock.now());
        Bound from = parsing.bound("from", false);
        Bound to = parsing.bound("to", true);
        EventFilter filter = new EventFilter(
                parsing.type(ledger.types()),
                parsing.uuid("stream"),
                from.instant(),
                to.instant(),
                parsing.uuid("actor"),
                parsing.uuid("correlation"));
        if (from.isAfter(to)) {
            parsing.violations.add(new Violation("/from", "dates.inverted"));
        }
        if (!parsing.violations.isEmpty()) {
            throw new ProblemException(problem(parsing.violations));
        }
        return new EventSearch(
                filter,
                Optional.ofNullable(from.position()).map(first -> first - 1).orElse(0L),
                Optional.ofNullable(to.position()).orElse(head),
                given);
    }

    private static Problem problem(List<Violation> violations) {
        Problem invalid = Problem.invalid(violations);
        boolean onlyTooLate = violations.stream()
                .allMatch(violation ->
                        violation.code().equals(FUTURE) || violation.code().equals(BEYOND_HEAD));
        return onlyTooLate
                ? new Problem(
                        Slug.DATE_IN_FUTURE,
                        Slug.DATE_IN_FUTURE.status(),
                        invalid.rule(),
                        violations,
                        invalid.facts(),
                        invalid.retryAfter())
                : invalid;
    }

    /** An end of the period: a position or an instant, or neither. */
    private record Bound(@Nullable Long position, @Nullable Instant instant) {
        private static final Bound OPEN = new Bound(null, null);

        /** @return whether nothing lies between; a position and an instant are not compared */
        boolean isAfter(Bound end) {
            return position != null && end.position != null && position > end.position
                    || instant != null && end.instant != null && instant.isAfter(end.instant);
        }
    }

    private static final class Parsing {
        private final Map<String, String> given;
        private final long head;
        private final Instant now;
        private final List<Violation> violations = new ArrayList<>();

        Parsing(Map<String, String> given, long head, Instant now) {
            this.given = given;
            this.head = head;
            this.now = now;
        }

        @Nullable
        String type(List<String> known) {
            String type = given.get("type");
            if (type != null && !known.contains(type)) {
                violations.add(new Violation("/type", "event-type.unknown"));
            }
            return type;
        }

        @Nullable
        UUID uuid(String name) {
            String text = given.get(name);
            try {
                if (text == null || UUID.fromString(text).toString().equalsIgnoreCase(text)) {
                    return text == null ? null : UUID.fromString(text);
                }
            } catch (IllegalArgumentException _) {
                // Said below.
            }
            violations.add(new Violation("/" + name, "identifier.malformed"));
            return null;
        }

        Bound bound(String name, boolean end) {
            String text = given.get(name);
            if (text == null) {
                return Bound.OPEN;
            }
            if (text.length() > LONGEST_FIELD) {
                return refuse(name, "too-long");
            }
            try {
                if (text.chars().allMatch(symbol -> symbol >= '0' && symbol <= '9')) {
                    return position(name, Long.parseLong(text));
                }
                return text.contains("T") ? instant(name, Instant.parse(text)) : day(name, LocalDate.parse(text), end);
            } catch (NumberFormatException _) {
                return refuse(name, BEYOND_HEAD);
            } catch (DateTimeParseException _) {
                return refuse(name, "moment.malformed");
            }
        }

        private Bound position(String name, long position) {
            if (position > head) {
                return refuse(name, BEYOND_HEAD);
            }
            return position < 1 ? refuse(name, "range") : new Bound(position, null);
        }

        private Bound instant(String name, Instant instant) {
            return instant.isAfter(now) ? refuse(name, FUTURE) : new Bound(null, instant);
        }

        private Bound day(String name, LocalDate day, boolean end) {
            if (day.isAfter(ParisDays.of(now))) {
                return refuse(name, FUTURE);
            }
            LocalTime time = end ? LocalTime.MAX : LocalTime.MIN;
            return new Bound(null, day.atTime(time).atZone(ParisDays.ZONE).toInstant());
        }

        private Bound refuse(String name, String code) {
            violations.add(new Violation("/" + name, code));
            return Bound.OPEN;
        }
    }
}
