package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.SignedCursors;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand;
import fr.grandlivre.command.privacy.AccessCommand.Unmask;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.AccessLog;
import fr.grandlivre.query.privacy.AccessLog.Filter;
import fr.grandlivre.query.privacy.AccessLog.Line;
import fr.grandlivre.query.privacy.AccessLog.Place;
import fr.grandlivre.query.privacy.AccessLog.Unmasking;
import fr.grandlivre.rules.ParisDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an auditor asks of readings, and who somebody is. Thread-safe. */
@Component
class AccessSearch {
    /** Long enough to look at a file, short enough not to be left open (formats, auditor interface). */
    private static final Duration UNMASKED = Duration.ofMinutes(15);

    private static final int MOST = 100;

    private final AccessLog log;
    private final SignedCursors cursors;
    private final OwnData data;
    private final Accesses accesses;
    private final Dispatch dispatch;
    private final ServerClock clock;

    AccessSearch(
            AccessLog log,
            SignedCursors cursors,
            OwnData data,
            Accesses accesses,
            Dispatch dispatch,
            ServerClock clock) {
        this.log = log;
        this.cursors = cursors;
        this.data = data;
        this.accesses = accesses;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /**
     * The conditions as typed.
     *
     * @param actor  pseudonym of the reader
     * @param person pseudonym of the person concerned
     * @param from   first day, Europe/Paris
     * @param to     last day, Europe/Paris
     */
    record Typed(
            @Nullable String actor,
            @Nullable String person,
            @Nullable String from,
            @Nullable String to) {
        /** @return what was given, by the name of the parameter */
        Map<String, String> given() {
            Map<String, String> given = new LinkedHashMap<>();
            put(given, "actor", actor);
            put(given, "person", person);
            put(given, "from", from);
            put(given, "to", to);
            return given;
        }

        private static void put(Map<String, String> given, String name, @Nullable String value) {
            if (value != null && !value.isBlank()) {
                given.put(name, value.strip());
            }
        }
    }

    /**
     * @param lines the newest first
     * @param next  cursor of the next page; absent on the last one
     */
    record Page(List<Line> lines, @Nullable String next) {}

    /**
     * @param limit  1..100
     * @param cursor null for the newest
     * @throws ProblemException 422 for what cannot be understood, 400 {@code invalid-cursor}
     */
    Page lines(Typed typed, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/limit", "range"))));
        }
        Map<String, String> given = typed.given();
        Fields fields = new Fields();
        Filter filter = new Filter(
                id(fields, given, "actor").map(AccountId::new),
                id(fields, given, "person").map(LearnerId::new),
                day(fields, given, "from").map(ParisDays::startOf),
                day(fields, given, "to").map(last -> ParisDays.startOf(last.plusDays(1))));
        if (filter.from().isPresent()
                && filter.until().isPresent()
                && !filter.from().get().isBefore(filter.until().get())) {
            fields.refuse("/from", "dates.inverted");
        }
        fields.check();
        String list = "access-log" + given;
        Place place = cursor == null || cursor.isBlank() ? Place.BEGINNING : place(cursors.read(list, 3, cursor));
        List<Line> found = log.lines(filter, place, limit + 1);
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        List<Line> page = found.subList(0, limit);
        UUID last = page.getLast().person().value();
        return new Page(
                page,
                cursors.write(
                        list,
                        page.getLast().position(),
                        last.getMostSignificantBits(),
                        last.getLeastSignificantBits()));
    }

    private static Place place(long[] cursor) {
        return new Place(cursor[0], new UUID(cursor[1], cursor[2]));
    }

    private static Optional<UUID> id(Fields fields, Map<String, String> given, String name) {
        return parsed(fields, given, name, UUID::fromString);
    }

    private static Optional<LocalDate> day(Fields fields, Map<String, String> given, String name) {
        return given.containsKey(name) ? Optional.of(fields.day("/" + name, given.get(name))) : Optional.empty();
    }

    private static <T> Optional<T> parsed(
            Fields fields, Map<String, String> given, String name, Function<String, T> parser) {
        try {
            return Optional.ofNullable(given.get(name)).map(parser);
        } catch (IllegalArgumentException _) {
            fields.refuse("/" + name, "invalid");
            return Optional.empty();
        }
    }

    /**
     * Lets an auditor see for a quarter of an hour who somebody is.
     *
     * @throws ProblemException 422 without a purpose of 10 to 200 characters
     */
    Done unmask(SignedIn auditor, LearnerId person, @Nullable String purpose, CommandKey key) {
        Fields fields = new Fields();
        String why = purpose == null ? "" : fields.answer("/purpose", purpose.strip());
        if (why.codePointCount(0, why.length()) > AccessCommand.LONGEST_PURPOSE) {
            fields.refuse("/purpose", "too-long");
        }
        fields.check();
        Instant now = clock.now();
        return dispatch.send(
                new Unmask(person, auditor.account().value(), why, now.plus(UNMASKED), ParisDays.of(now)),
                key,
                auditor,
                Role.AUDITOR);
    }

    /** @return 422: a field is missing */
    static ProblemException missing(String pointer) {
        return new ProblemException(Problem.invalid(List.of(new Violation(pointer, "missing"))));
    }

    Optional<Unmasking> unmasking(SignedIn auditor, LearnerId person) {
        return log.unmasking(person, auditor.account(), clock.now());
    }

    /** @return who an unmasked person is; the reading is recorded first */
    List<OwnData.Identity> identities(SignedIn auditor, LearnerId person, Unmasking leave) {
        // The key of a certificate opens it to whoever has it: no part of who somebody is.
        List<OwnData.Identity> identities = data.identities(person).stream()
                .map(identity -> identity.without("key"))
                .toList();
        accesses.record(auditor, Role.AUDITOR, Surface.AUDIT, FieldsClass.IDENTITY, person, leave.purpose());
        return identities;
    }
}
