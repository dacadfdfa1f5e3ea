package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.school.OwnSchool;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.schoolreport.MentionRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The classes that a head of school may read: those of one's own establishment. Thread-safe. */
@Component
class ClassReports {
    private final SchoolReportQueries queries;
    private final OwnSchool schools;
    private final Accesses accesses;
    private final ServerClock clock;

    ClassReports(SchoolReportQueries queries, OwnSchool schools, Accesses accesses, ServerClock clock) {
        this.queries = queries;
        this.schools = schools;
        this.accesses = accesses;
        this.clock = clock;
    }

    /**
     * @return the establishment of a head
     * @throws ProblemException {@code not-found} when there is none
     */
    Uai own(SignedIn head) {
        return schools.of(head);
    }

    /**
     * @return the establishment that the head asked for
     * @throws ProblemException {@code not-found} when it is not one's own, whether it exists or not
     */
    Uai own(SignedIn head, Uai asked) {
        return schools.of(head, asked);
    }

    /** @return the name of the establishment; its number while nobody registered it */
    String name(Uai own) {
        return schools.name(own);
    }

    /** @return the year asked for, or the one of today */
    SchoolYear year(@Nullable SchoolYear asked) {
        return schools.year(asked);
    }

    /** @return the years that a head looks back at, this one first */
    List<String> years() {
        return schools.years();
    }

    /**
     * @return the class with the lines that today's rule gives it
     * @throws ProblemException {@code not-found} while nobody registered the establishment
     */
    ClassReport of(Uai own, SchoolYear year, Division division) {
        return queries.ofClass(own, year, division, MentionRule.inForceOn(today()))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return every class of a year by name, read at once; empty while nobody registered the establishment */
    List<ClassReport> all(Uai own, SchoolYear year) {
        return queries.ofSchool(own, year, MentionRule.inForceOn(today()))
                .map(ClassReport::byDivision)
                .orElse(List.of());
    }

    /**
     * @return the same of a class that has pupils
     * @throws ProblemException as {@link #of}, and {@code not-found} when nobody is in it
     */
    ClassReport existing(Uai own, SchoolYear year, Division division) {
        ClassReport report = of(own, year, division);
        if (report.lines().isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return report;
    }

    /** @return whether a head may look back at the year */
    boolean isKnown(Uai own, SchoolYear year) {
        return years().contains(year.value()) || !queries.divisions(own, year).isEmpty();
    }

    /**
     * One class for a head who sees names and results: the reading is recorded first.
     *
     * @param surface where it is read
     * @throws ProblemException {@code not-found} while nobody registered the establishment, 503 when the reading cannot be
     *                          recorded
     */
    ClassReport shownTo(SignedIn head, Uai own, SchoolYear year, Division division, Surface surface) {
        return shownTo(head, of(own, year, division), surface);
    }

    /** The same for a class that was read already. */
    ClassReport shownTo(SignedIn head, ClassReport report, Surface surface) {
        accesses.record(head, Role.HEAD, surface, FieldsClass.IDENTITY_AND_RESULTS, report.learners());
        return report;
    }

    /** @return today in Paris */
    LocalDate today() {
        return schools.today();
    }

    /** @return now, by the clock of the domain */
    Instant now() {
        return clock.now();
    }

    /** @return the time in Paris */
    LocalTime localTime() {
        return LocalTime.ofInstant(clock.now(), ParisDays.ZONE);
    }
}
