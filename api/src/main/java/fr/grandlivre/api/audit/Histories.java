package fr.grandlivre.api.audit;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.audit.HistoryQueries;
import fr.grandlivre.query.audit.HistoryQueries.Change;
import fr.grandlivre.query.audit.HistoryQueries.Difference;
import fr.grandlivre.query.audit.HistoryQueries.Life;
import fr.grandlivre.query.audit.HistoryQueries.Step;
import fr.grandlivre.query.audit.Subject;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Subjects and their pasts as an auditor names them; what is read of people is recorded before it leaves. Thread-safe. */
@Component
class Histories {
    private final HistoryQueries history;
    private final SchoolReportQueries schools;
    private final Moments moments;
    private final Accesses accesses;

    Histories(HistoryQueries history, SchoolReportQueries schools, Moments moments, Accesses accesses) {
        this.history = history;
        this.schools = schools;
        this.moments = moments;
        this.accesses = accesses;
    }

    /** @throws ProblemException {@code not-found} when the address names nothing that is followed */
    Subject subject(String view, String id) {
        return Subject.parse(view, id)
                .or(() -> view.equals(Subject.View.DIVISION.word()) ? schoolClass(id) : Optional.empty())
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** A class as its papers name it: {@code UAI.year.division}, or the same with spaces. */
    private Optional<Subject> schoolClass(String text) {
        String[] parts = text.strip().split("[.\\s]+", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        try {
            var year = new SchoolYear(parts[1]);
            var division = new Division(parts[2]);
            return schools.school(new Uai(parts[0].toUpperCase(Locale.ROOT)))
                    .map(school -> new Subject.SchoolClass(school, year, division));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * @param day whose end is meant, Europe/Paris
     * @throws ProblemException {@code validation} or {@code date-in-future}
     */
    Moment endOf(String day) {
        return moments.endOf(day, "/au");
    }

    /** @return the ledger's head */
    Moment now() {
        return moments.now();
    }

    /**
     * @param text    a position, an instant, or a day in Paris, whose end is meant; blank for now
     * @param pointer of the parameter, for what is said about it
     * @throws ProblemException {@code validation} or {@code date-in-future}
     */
    Moment moment(String text, String pointer) {
        return moments.at(text, pointer);
    }

    /**
     * @return the subject up to the moment, the reading recorded
     * @throws ProblemException {@code not-found} when the ledger knows nothing of it
     */
    Life life(Subject subject, Moment moment, SignedIn reader) {
        Life life = history.life(subject, moment.position()).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        record(life.people(), reader);
        return life;
    }

    /**
     * @return what happened to the subject between two moments, the reading recorded
     * @throws ProblemException {@code not-found} when the ledger knows nothing of it, {@code validation} when the first
     *                          moment is the later one
     */
    Difference difference(Subject subject, Moment from, Moment to, SignedIn reader) {
        if (from.position() > to.position()) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/from", "dates.inverted"))));
        }
        Difference difference = history.difference(subject, from.position(), to.position())
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        record(difference.people(), reader);
        return difference;
    }

    /** @return what the event at a position changed of its own stream, the reading recorded */
    List<Change> changes(UUID stream, long position, SignedIn reader) {
        Optional<Life> life = history.life(new Subject.One(Subject.View.STREAM, stream), position);
        life.ifPresent(found -> record(found.people(), reader));
        return life.flatMap(found -> found.steps().stream().reduce((_, last) -> last))
                .map(Step::changes)
                .orElse(List.of());
    }

    private void record(Collection<LearnerId> people, SignedIn reader) {
        accesses.record(reader, Role.AUDITOR, Surface.AUDIT, FieldsClass.RESULTS, people);
    }
}
