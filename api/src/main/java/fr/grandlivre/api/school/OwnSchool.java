package fr.grandlivre.api.school;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The establishment of a head, and nobody else's. Thread-safe. */
@Component
public class OwnSchool {
    /** A head looks back at the years that pupils of today spent here. */
    private static final int YEARS_SHOWN = 4;

    private final SchoolReportQueries queries;
    private final ServerClock clock;

    OwnSchool(SchoolReportQueries queries, ServerClock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /**
     * @return the head's establishment
     * @throws ProblemException {@code not-found} when there is none
     */
    public Uai of(SignedIn head) {
        return head.school().orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * @return the establishment asked for
     * @throws ProblemException {@code not-found} when it is not one's own, whether it exists or not
     */
    public Uai of(SignedIn head, Uai asked) {
        if (!of(head).equals(asked)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return asked;
    }

    /**
     * @return its id
     * @throws ProblemException {@code not-found} while nobody registered it
     */
    public SchoolId id(Uai own) {
        return queries.school(own).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return its name; its number while nobody registered it */
    public String name(Uai own) {
        return queries.schoolName(own).orElse(own.value());
    }

    /** @return the year asked for, or the one of today */
    public SchoolYear year(@Nullable SchoolYear asked) {
        return asked == null ? SchoolYear.of(today()) : asked;
    }

    /** @return the years that a head looks back at, this one first */
    public List<String> years() {
        return Stream.iterate(today(), day -> day.minusYears(1))
                .limit(YEARS_SHOWN)
                .map(day -> SchoolYear.of(day).value())
                .toList();
    }

    /** @return today in Paris */
    public LocalDate today() {
        return ParisDays.of(clock.now());
    }
}
