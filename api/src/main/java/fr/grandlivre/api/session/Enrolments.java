package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.SessionView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes candidates of the pupils of the establishment that holds the session's centre. Thread-safe. */
@Component
class Enrolments {
    private final SchoolReportQueries rosters;

    Enrolments(SchoolReportQueries rosters) {
        this.rosters = rosters;
    }

    /** @return the classes of the session's school year, by name */
    Collection<Division> divisions(SessionView session) {
        return rosters.divisions(uai(session), year(session)).keySet();
    }

    /** @return the pupils of a class who are not candidates of the session yet */
    List<RosterPupil> eligible(SessionView session, Division division) {
        Set<LearnerId> candidates = session.candidates().stream()
                .map(SessionView.Candidate::learner)
                .collect(Collectors.toUnmodifiableSet());
        return rosters.pupils(uai(session), year(session), division).stream()
                .filter(pupil -> !candidates.contains(pupil.learner())
                        && identity(pupil, "-").isPresent())
                .toList();
    }

    /**
     * @param birthPlace as the certificate will print it; the rest of the identity is the roster's
     * @throws ProblemException {@code not-found} unless the learner stands on the school's roster with a name
     */
    EnrolCandidate command(
            SessionView session, CandidateId candidate, LearnerId learner, int extraTimePercent, String birthPlace) {
        return rosters.pupil(uai(session), year(session), learner)
                .flatMap(pupil -> identity(pupil, birthPlace))
                .map(identity -> new EnrolCandidate(session.session(), candidate, learner, extraTimePercent, identity))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return everybody on the rosters of the session's school year whose name is known */
    List<RosterPupil> roster(SessionView session) {
        return divisions(session).stream()
                .flatMap(division -> rosters.pupils(uai(session), year(session), division).stream())
                .filter(pupil -> identity(pupil, "-").isPresent())
                .toList();
    }

    /** @return the classes of the session's candidates, by name */
    List<Division> divisionsOfCandidates(SessionView session) {
        Set<LearnerId> candidates = Set.copyOf(session.learners());
        return rosters.divisions(uai(session), year(session)).keySet().stream()
                .filter(division -> rosters.pupils(uai(session), year(session), division).stream()
                        .anyMatch(pupil -> candidates.contains(pupil.learner())))
                .toList();
    }

    /** @return who has the national pupil number in the session's school year */
    Optional<LearnerId> holderOf(SessionView session, String ine) {
        return rosters.holderOf(uai(session), year(session), ine);
    }

    static Optional<CandidateIdentity> identity(RosterPupil pupil, String birthPlace) {
        return pupil.firstName() == null || pupil.lastName() == null || pupil.birthDate() == null
                ? Optional.empty()
                : Optional.of(
                        new CandidateIdentity(pupil.firstName(), pupil.lastName(), pupil.birthDate(), birthPlace));
    }

    private static Uai uai(SessionView session) {
        return Optional.ofNullable(session.uai()).map(Uai::new).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return the school year in which it takes place */
    static SchoolYear year(SessionView session) {
        return SchoolYear.of(session.plannedDate());
    }
}
