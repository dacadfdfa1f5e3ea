package fr.grandlivre.rules.schoolreport;

import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ShippedFiles;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of the rule that turns certifications into the line of a school report (domain rules, school report).
 *
 * @param version    its name, {@code 2021-1}
 * @param validFrom  first day in force
 * @param label      the line for a certification obtained
 * @param note       said beside it
 * @param definition the rule in words
 * @param statuses   what each state of a certification is called, all states
 * @param books      the level of schooling whose report carries the line, by kind of report
 */
public record MentionRule(
        RulesVersion version,
        LocalDate validFrom,
        Words label,
        Words note,
        Words definition,
        Map<State, ReportStatus> statuses,
        Map<Book, String> books) {
    /** The reports that carry the line. */
    public enum Book {
        /** Of the last year of collège. */
        LSU,
        /** Of the last year of lycée. */
        LSL
    }

    /** The same words in French and English. */
    public record Words(String fr, String en) {}

    /** The line. */
    public enum Mention {
        CERTIFICATION_OBTAINED,
        NONE
    }

    /** A certification as school-report software sees it; cancelled ones are absent from its feed. */
    public enum ReportStatus {
        PENDING,
        VALIDATED,
        REJECTED,
        CANCELLED
    }

    /** Where a certification stands. */
    public enum State {
        NOT_PUBLISHED,
        VALIDATED,
        REJECTED,
        CANCELLED,
        SUSPENDED,
        REVOKED_FOR_FRAUD,
        REVOKED
    }

    /** How the certificate of an exam stands; a replacement takes the place of the replaced one. */
    public enum Certificate {
        /** Not issued, or not yet. */
        NONE,
        /** Neither revoked nor suspended; expiry plays no part. */
        HELD,
        SUSPENDED,
        REVOKED_FOR_FRAUD,
        REVOKED
    }

    /**
     * One certification of a pupil.
     *
     * @param id          of the exam, or of an imported certificate
     * @param examDate    day of the exam
     * @param startedAt   when the exam began, or the start of the day for an imported certificate; orders several
     * @param published   whether the result is official; true for an imported certificate
     * @param outcome     of the exam, {@link ExamOutcome#VALIDATED} for an imported certificate; absent while not scored
     * @param certificate how its certificate stands
     */
    public record Certification(
            UUID id,
            LocalDate examDate,
            Instant startedAt,
            boolean published,
            @Nullable ExamOutcome outcome,
            Certificate certificate) {}

    /** @return all rules, earliest first */
    public static List<MentionRule> shipped() {
        return Shipped.RULES;
    }

    /** @return the rule of that day; the earliest for older days */
    public static MentionRule inForceOn(LocalDate day) {
        return Shipped.RULES.reversed().stream()
                .filter(rule -> !rule.validFrom().isAfter(day))
                .findFirst()
                .orElseGet(Shipped.RULES::getFirst);
    }

    /**
     * @param version named by an event or a receipt
     * @throws IllegalStateException when it is unknown: the ledger is newer than the program
     */
    public static MentionRule of(RulesVersion version) {
        return Shipped.RULES.stream()
                .filter(rule -> rule.version().equals(version))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("mention rule " + version + " is not part of this program"));
    }

    /**
     * @param year           the school year of the report
     * @param certifications all of the pupil, of any centre
     * @return obtained iff one of that year is published and validated and its certificate is held
     */
    public Mention mention(SchoolYear year, List<Certification> certifications) {
        return certifications.stream()
                        .filter(certification -> year.contains(certification.examDate()))
                        .anyMatch(certification -> status(certification) == ReportStatus.VALIDATED
                                && certification.certificate() == Certificate.HELD)
                ? Mention.CERTIFICATION_OBTAINED
                : Mention.NONE;
    }

    /**
     * @param year level of schooling
     * @return the report that carries the line of a pupil of that level; empty when none does
     */
    public Optional<Book> book(String year) {
        return books.entrySet().stream()
                .filter(entry -> entry.getValue().equals(year))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** @return what the certification is called in the report */
    public ReportStatus status(Certification certification) {
        return statusOf(state(certification));
    }

    /**
     * @param year           the school year of the report
     * @param certifications all of the pupil, of any centre
     * @return the one shown: the latest exam of the year that is not cancelled; empty when there is none
     */
    public Optional<Certification> shown(SchoolYear year, List<Certification> certifications) {
        return certifications.stream()
                .filter(certification -> year.contains(certification.examDate()))
                .filter(certification -> status(certification) != ReportStatus.CANCELLED)
                .max(Comparator.comparing(Certification::startedAt).thenComparing(Certification::id));
    }

    /**
     * @return the one that a file names: the one shown, or else the latest cancelled one of the year; empty when there is none
     */
    public Optional<Certification> filed(SchoolYear year, List<Certification> certifications) {
        return shown(year, certifications)
                .or(() -> certifications.stream()
                        .filter(certification -> year.contains(certification.examDate()))
                        .max(Comparator.comparing(Certification::startedAt).thenComparing(Certification::id)));
    }

    /** @return where the certification stands */
    public static State state(Certification certification) {
        if (!certification.published()) {
            return State.NOT_PUBLISHED;
        }
        return switch (certification.outcome()) {
            // An exam without result, or with an error, blocks the publication of its session.
            case null -> State.NOT_PUBLISHED;
            case ERROR -> State.NOT_PUBLISHED;
            case REJECTED -> State.REJECTED;
            case CANCELLED -> State.CANCELLED;
            case VALIDATED ->
                switch (certification.certificate()) {
                    case NONE, HELD -> State.VALIDATED;
                    case SUSPENDED -> State.SUSPENDED;
                    case REVOKED_FOR_FRAUD -> State.REVOKED_FOR_FRAUD;
                    case REVOKED -> State.REVOKED;
                };
        };
    }

    private ReportStatus statusOf(State state) {
        ReportStatus status = statuses.get(state);
        if (status == null) {
            throw new IllegalStateException("mention rule " + version + " says nothing about " + state);
        }
        return status;
    }

    static MentionRule read(DataNode file) {
        file.only("version", "validFrom", "label", "note", "definition", "statuses", "books");
        DataNode names = file.object("statuses");
        Map<State, ReportStatus> statuses = new EnumMap<>(State.class);
        for (State state : State.values()) {
            statuses.put(state, names.constant(DataNode.wireName(state), ReportStatus.values()));
        }
        DataNode years = file.object("books");
        Map<Book, String> books = new EnumMap<>(Book.class);
        for (Book book : Book.values()) {
            books.put(book, years.text(DataNode.wireName(book)));
        }
        return new MentionRule(
                file.parsed("version", RulesVersion::new, new RulesVersion("0")),
                file.parsed("validFrom", LocalDate::parse, LocalDate.EPOCH),
                words(file, "label"),
                words(file, "note"),
                words(file, "definition"),
                Map.copyOf(statuses),
                Map.copyOf(books));
    }

    private static Words words(DataNode file, String field) {
        DataNode node = file.object(field);
        node.only("fr", "en");
        return new Words(node.text("fr"), node.text("en"));
    }

    /** Reads the files once, when first asked for. */
    private static final class Shipped {
        private static final List<MentionRule> RULES = Stream.of("2021-1")
                .map(name -> "rules/schoolreport/" + name + ".yaml")
                .map(path -> DataNode.checked(path, ShippedFiles.text(path), MentionRule::read))
                .sorted(Comparator.comparing(MentionRule::validFrom))
                .toList();
    }
}
