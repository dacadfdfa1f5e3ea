package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads {@code au=} and {@code asOf=} (formats, time). Thread-safe. */
@Component
public class Moments {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern CIVIL_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern POSITION = Pattern.compile("\\d{1,18}");

    private final LedgerReader ledger;
    private final ServerClock clock;

    Moments(LedgerReader ledger, ServerClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @return the last event of the ledger, now */
    public Moment now() {
        return new Moment(ledger.head(), clock.now(), null, false);
    }

    /**
     * @param au   end of that civil day in Paris; null or empty for now
     * @param asOf an instant, or a position when it has digits only; null or empty for now
     * @throws ProblemException {@code malformed-request} when both are given, {@code date-in-future} for what has not come
     *                          yet, {@code validation} for what is no day, instant or position
     */
    public Moment read(@Nullable String au, @Nullable String asOf) {
        String day = au == null ? "" : au.strip();
        String exact = asOf == null ? "" : asOf.strip();
        if (!day.isEmpty() && !exact.isEmpty()) {
            throw new ProblemException(Slug.MALFORMED_REQUEST);
        }
        if (!day.isEmpty()) {
            return endOf(day, "/au");
        }
        return exact.isEmpty() ? now() : exactly(exact, "/asOf");
    }

    /**
     * @param text    a position, an instant, or a day in Paris, whose end is meant; blank for now
     * @param pointer of the parameter, for what is said about it
     * @throws ProblemException {@code date-in-future} for what has not come yet, {@code validation} for what is none of them
     */
    public Moment at(String text, String pointer) {
        String typed = text.strip();
        if (typed.isEmpty()) {
            return now();
        }
        return CIVIL_DAY.matcher(typed).matches() ? endOf(typed, pointer) : exactly(typed, pointer);
    }

    /**
     * @param day     end of that civil day in Paris
     * @param pointer of the parameter, for what is said about it
     * @throws ProblemException as {@link #read}
     */
    public Moment endOf(String day, String pointer) {
        LocalDate parsed = day(day.strip(), pointer);
        if (parsed.isAfter(ParisDays.of(clock.now()))) {
            throw future(pointer, "date.future");
        }
        Instant end = ParisDays.startOf(parsed.plusDays(1)).minusMillis(1);
        Instant now = clock.now();
        Instant at = end.isAfter(now) ? now : end;
        return new Moment(ledger.positionAt(at).orElse(0), at, parsed, true);
    }

    /** Says in the headers of a response what it shows. */
    public static void describe(Moment moment, long position, HttpServletResponse response) {
        response.setHeader("Ledger-Position", Long.toString(position));
        if (moment.past()) {
            response.setHeader("Ledger-As-Of", INSTANT.format(moment.at()));
        }
    }

    private Moment exactly(String text, String pointer) {
        if (POSITION.matcher(text).matches()) {
            long position = Long.parseLong(text);
            if (position > ledger.head()) {
                throw future(pointer, "position.beyond-head");
            }
            Instant at = ledger.at(position).map(StoredEvent::recordedAt).orElse(Instant.EPOCH);
            return new Moment(position, at, null, true);
        }
        Instant at = instant(text, pointer);
        if (at.isAfter(clock.now())) {
            throw future(pointer, "date.future");
        }
        return new Moment(ledger.positionAt(at).orElse(0), at, null, true);
    }

    private static LocalDate day(String text, String pointer) {
        if (!CIVIL_DAY.matcher(text).matches() || text.startsWith("0000")) {
            throw invalid(pointer, "invalid");
        }
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeException _) {
            throw invalid(pointer, "date.impossible");
        }
    }

    private static Instant instant(String text, String pointer) {
        try {
            Instant at = Instant.parse(text);
            if (at.isBefore(Instant.EPOCH.minusSeconds(62_135_596_800L))) {
                throw invalid(pointer, "range");
            }
            return at;
        } catch (DateTimeException _) {
            throw invalid(pointer, "invalid");
        }
    }

    private static ProblemException invalid(String pointer, String code) {
        return new ProblemException(Problem.invalid(List.of(new Violation(pointer, code))));
    }

    private static ProblemException future(String pointer, String code) {
        Problem problem = Problem.of(Slug.DATE_IN_FUTURE);
        return new ProblemException(new Problem(
                problem.slug(),
                problem.status(),
                problem.rule(),
                List.of(new Violation(pointer, code)),
                problem.facts(),
                problem.retryAfter()));
    }
}
