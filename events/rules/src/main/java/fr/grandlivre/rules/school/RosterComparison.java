package fr.grandlivre.rules.school;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.school.RosterPlan.Arrival;
import fr.grandlivre.rules.school.RosterPlan.Change;
import fr.grandlivre.rules.school.RosterPlan.Correction;
import fr.grandlivre.rules.school.RosterPlan.Departure;
import fr.grandlivre.rules.school.RosterPlan.Fault;
import fr.grandlivre.rules.school.RosterPlan.Finding;
import fr.grandlivre.rules.school.RosterPlan.Move;
import fr.grandlivre.rules.school.RosterPlan.Scope;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a list of pupils with what an establishment knows. A line is somebody known when the national number says so and
 * name or birth date agrees, or, without a number on one side, when names and birth date are those of exactly one pupil.
 * Whoever could be two people stays two people. For one list; pure.
 */
public final class RosterComparison {
    private static final DateTimeFormatter FRENCH_DAY =
            DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final LocalDate today;
    private final List<KnownPupil> known;
    private final Map<String, KnownPupil> byIne = new HashMap<>();
    private final Map<String, List<KnownPupil>> byName = new HashMap<>();
    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<LearnerId, Integer> matched = new HashMap<>();
    private final Set<LearnerId> kept = new HashSet<>();
    private int unchanged;

    private RosterComparison(List<KnownPupil> known, LocalDate today) {
        this.today = today;
        this.known = known;
        for (KnownPupil one : known) {
            PupilIdentity pupil = one.pupil();
            if (pupil != null) {
                byName.computeIfAbsent(nameKey(pupil), _ -> new ArrayList<>()).add(one);
                if (pupil.ine() != null) {
                    // Of two who had the number, the one on today's roster counts.
                    byIne.merge(pupil.ine(), one, (before, after) -> before.enrolled() ? before : after);
                }
            }
        }
    }

    /** A line whose cells can be read. */
    private record Read(int number, PupilIdentity pupil, Division division, String year) {
        String who() {
            return nameKey(pupil) + "|" + pupil.birthDate();
        }
    }

    /**
     * @param lines of the list, by number
     * @param known everybody of whom the establishment has a roster line, each once
     * @param today birth dates are not after it
     */
    public static RosterPlan compare(List<RosterLine> lines, List<KnownPupil> known, Scope scope, LocalDate today) {
        return new RosterComparison(known, today).plan(lines, scope);
    }

    private RosterPlan plan(List<RosterLine> lines, Scope scope) {
        List<Read> readable = new ArrayList<>();
        for (RosterLine line : lines) {
            read(line).ifPresentOrElse(readable::add, () -> keepWhoeverItMayBe(line));
        }
        List<Read> distinct = distinct(readable);
        Map<String, Integer> linesOfName = new LinkedHashMap<>();
        for (Read line : distinct) {
            compare(line, linesOfName);
        }
        departures(scope, lines);
        errors.sort(Comparator.comparingInt(Finding::line));
        warnings.sort(Comparator.comparingInt(Finding::line));
        return new RosterPlan(lines.size(), unchanged, changes, errors, warnings);
    }

    private Optional<Read> read(RosterLine line) {
        int before = errors.size();
        if (!isName(line.lastName()) || !isName(line.firstName()) || !isRest(line.middleName(), line.thirdName())) {
            refuse(line.number(), Fault.NAME_INVALID, 0);
        }
        String ine = PupilRules.ine(line.ine());
        if (ine != null && !PupilRules.isIne(ine)) {
            refuse(line.number(), Fault.INE_MALFORMED, 0);
        }
        LocalDate birthDate = day(line.birthDate()).orElse(null);
        if (birthDate == null || !PupilRules.isBirthDate(birthDate, today)) {
            refuse(line.number(), Fault.BIRTH_DATE_INVALID, 0);
        }
        if (!PupilRules.isYear(line.year().strip())) {
            refuse(line.number(), Fault.YEAR_UNKNOWN, 0);
        }
        Division division = division(line.division()).orElse(null);
        if (division == null) {
            refuse(line.number(), Fault.DIVISION_EMPTY, 0);
        }
        if (errors.size() > before || birthDate == null || division == null) {
            return Optional.empty();
        }
        return Optional.of(new Read(
                line.number(),
                new PupilIdentity(
                        line.firstName().strip(),
                        orAbsent(line.middleName()),
                        orAbsent(line.thirdName()),
                        line.lastName().strip(),
                        birthDate,
                        ine),
                division,
                line.year().strip()));
    }

    /** Refuses lines that name a pupil twice, and both lines of a number that two people have. */
    private List<Read> distinct(List<Read> lines) {
        Map<String, Read> numbers = new HashMap<>();
        Map<String, List<Read>> people = new HashMap<>();
        Set<Integer> refused = new HashSet<>();
        for (Read line : lines) {
            String ine = line.pupil().ine();
            Optional<Read> twin = people.computeIfAbsent(line.who(), _ -> new ArrayList<>()).stream()
                    .filter(other -> ine == null
                            || other.pupil().ine() == null
                            || ine.equals(other.pupil().ine()))
                    .findFirst();
            Read holder = ine == null ? null : numbers.putIfAbsent(ine, line);
            if (twin.isPresent()) {
                refuse(line.number(), Fault.LINE_DUPLICATE, twin.get().number());
                refused.add(line.number());
            } else if (holder != null) {
                refuse(line.number(), Fault.INE_DUPLICATE, holder.number());
                refused.add(line.number());
                if (refused.add(holder.number())) {
                    refuse(holder.number(), Fault.INE_DUPLICATE, line.number());
                }
            }
            people.getOrDefault(line.who(), List.of()).add(line);
        }
        lines.stream().filter(line -> refused.contains(line.number())).forEach(line -> keepNamesakes(line.pupil()));
        return lines.stream().filter(line -> !refused.contains(line.number())).toList();
    }

    private void compare(Read line, Map<String, Integer> linesOfName) {
        PupilIdentity pupil = line.pupil();
        KnownPupil holder = pupil.ine() == null ? null : byIne.get(pupil.ine());
        if (holder != null) {
            if (agree(pupil, holder.pupil())) {
                take(line, holder);
            } else {
                refuse(line.number(), Fault.INE_DUPLICATE, 0);
                kept.add(holder.learner());
                keepNamesakes(pupil);
            }
            return;
        }
        List<KnownPupil> namesakes = byName.getOrDefault(nameKey(pupil), List.of());
        List<KnownPupil> candidates =
                namesakes.stream().filter(other -> mayBe(pupil, other.pupil())).toList();
        if (candidates.size() > 1) {
            warnings.add(new Finding(line.number(), Fault.HOMONYM, 0));
            keepNamesakes(pupil);
        } else if (candidates.size() == 1) {
            take(line, candidates.getFirst());
        } else {
            Integer earlier = linesOfName.putIfAbsent(nameKey(pupil), line.number());
            if (earlier != null || namesakes.stream().anyMatch(KnownPupil::enrolled)) {
                warnings.add(new Finding(line.number(), Fault.HOMONYM, earlier == null ? 0 : earlier));
            }
            changes.add(new Arrival(line.number(), null, pupil, line.division(), line.year()));
        }
    }

    private void take(Read line, KnownPupil one) {
        Integer earlier = matched.putIfAbsent(one.learner(), line.number());
        if (earlier != null) {
            refuse(line.number(), Fault.LINE_DUPLICATE, earlier);
            return;
        }
        PupilIdentity pupil = completed(line.pupil(), one.pupil());
        if (!one.enrolled()) {
            changes.add(new Arrival(line.number(), one, pupil, line.division(), line.year()));
            return;
        }
        boolean moved = !one.division().equals(line.division());
        boolean corrected = !pupil.equals(one.pupil()) || !one.year().equals(line.year());
        if (moved) {
            changes.add(new Move(line.number(), one, line.division()));
        }
        if (corrected) {
            changes.add(new Correction(line.number(), one, pupil, line.year()));
        }
        if (!moved && !corrected) {
            unchanged++;
        }
    }

    private void departures(Scope scope, List<RosterLine> lines) {
        Set<String> named = new HashSet<>();
        lines.forEach(line -> named.add(line.division().strip()));
        for (KnownPupil one : known) {
            boolean concerned = scope == Scope.ESTABLISHMENT
                    || named.contains(one.division().value());
            if (one.enrolled() && concerned && !matched.containsKey(one.learner()) && !kept.contains(one.learner())) {
                changes.add(new Departure(one));
            }
        }
    }

    // A line that cannot be read makes nobody leave.
    private void keepWhoeverItMayBe(RosterLine line) {
        String ine = PupilRules.ine(line.ine());
        KnownPupil holder = ine == null ? null : byIne.get(ine);
        if (holder != null) {
            kept.add(holder.learner());
        }
        byName.getOrDefault(PupilRules.nameKey(line.firstName(), line.lastName()), List.of())
                .forEach(one -> kept.add(one.learner()));
    }

    private void keepNamesakes(PupilIdentity pupil) {
        byName.getOrDefault(nameKey(pupil), List.of()).forEach(one -> kept.add(one.learner()));
    }

    private void refuse(int line, Fault fault, int other) {
        errors.add(new Finding(line, fault, other));
    }

    private static boolean agree(PupilIdentity pupil, @Nullable PupilIdentity other) {
        return other != null
                && (nameKey(pupil).equals(nameKey(other)) || pupil.birthDate().equals(other.birthDate()));
    }

    private static boolean mayBe(PupilIdentity pupil, @Nullable PupilIdentity other) {
        return other != null
                && pupil.birthDate().equals(other.birthDate())
                && (pupil.ine() == null || other.ine() == null || pupil.ine().equals(other.ine()));
    }

    // A list that leaves something out does not take it away.
    private static PupilIdentity completed(PupilIdentity pupil, @Nullable PupilIdentity before) {
        if (before == null) {
            return pupil;
        }
        return new PupilIdentity(
                pupil.firstName(),
                pupil.middleName() == null ? before.middleName() : pupil.middleName(),
                pupil.thirdName() == null ? before.thirdName() : pupil.thirdName(),
                pupil.lastName(),
                pupil.birthDate(),
                pupil.ine() == null ? before.ine() : pupil.ine());
    }

    private static String nameKey(PupilIdentity pupil) {
        return PupilRules.nameKey(pupil.firstName(), pupil.lastName());
    }

    private static boolean isName(String typed) {
        return !typed.isBlank() && isRest(typed, "");
    }

    private static boolean isRest(String one, String other) {
        return (one + other).codePoints().noneMatch(Character::isISOControl)
                && one.codePointCount(0, one.length()) <= PupilRules.LONGEST_NAME
                && other.codePointCount(0, other.length()) <= PupilRules.LONGEST_NAME;
    }

    private static @Nullable String orAbsent(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }

    private static Optional<Division> division(String typed) {
        String name = typed.strip();
        return name.isEmpty() || name.length() > Division.MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new Division(name));
    }

    /** @return the day that was written in the French or the international way; empty when it is none */
    public static Optional<LocalDate> day(String typed) {
        String text = typed.strip();
        try {
            return Optional.of(text.contains("/") ? LocalDate.parse(text, FRENCH_DAY) : LocalDate.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
