package fr.grandlivre.api.session;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whose session and whose exam it is; what belongs to somebody else is absent. Thread-safe. */
@Component
class Sittings {
    private final Dispatch dispatch;
    private final SessionQueries sessions;
    private final ExamQueries exams;
    private final Accesses accesses;
    private final PersonAccounts accounts;

    Sittings(
            Dispatch dispatch, SessionQueries sessions, ExamQueries exams, Accesses accesses, PersonAccounts accounts) {
        this.dispatch = dispatch;
        this.sessions = sessions;
        this.exams = exams;
        this.accesses = accesses;
        this.accounts = accounts;
    }

    /** @return the sessions that the person works on, the newest first */
    List<SessionView> of(SignedIn person) {
        if (person.is(Role.JURY)) {
            return sessions.finalised();
        }
        return person.school().map(sessions::ofEstablishment).orElse(List.of());
    }

    /** @throws ProblemException {@code not-found} unless the centre of the session belongs to the head's establishment */
    SessionView ofHead(UUID session, SignedIn head) {
        Uai own = head.school().filter(_ -> head.is(Role.HEAD)).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return certain(() -> sessions.byId(own, new SessionId(session)))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @throws ProblemException {@code not-found} unless the session is finalised */
    SessionView ofJury(UUID session) {
        return session(session)
                .filter(found -> found.status() != Status.CREATED)
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * @return the session that somebody watches over, or may once the invigilators' code is shown
     * @throws ProblemException {@code not-found} when there is no such session, and for everybody else when its head named
     *                          people
     */
    SessionView watchedBy(UUID session, SignedIn person) {
        return session(session)
                .filter(found -> mayWatch(found, person))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return whether nobody was named to watch over the session, the person was, or is its head */
    static boolean mayWatch(SessionView session, SignedIn person) {
        boolean head = person.is(Role.HEAD)
                && person.school()
                        .map(Uai::value)
                        .filter(own -> own.equals(session.uai()))
                        .isPresent();
        return head || session.isWatchedBy(person.account());
    }

    /**
     * Records that somebody is about to see who the candidates of a session are.
     *
     * @param as one of head, jury and invigilator
     * @return the session
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    SessionView shown(SessionView session, SignedIn person, Role as) {
        return shown(session, List.of(), person, as);
    }

    /** The same for a page that also shows pupils who are no candidates. */
    SessionView shown(SessionView session, List<LearnerId> others, SignedIn person, Role as) {
        Surface surface = switch (as) {
            case JURY -> Surface.JURY;
            case INVIGILATOR -> Surface.INVIGILATION;
            default -> Surface.SESSION;
        };
        FieldsClass fields = as == Role.INVIGILATOR ? FieldsClass.IDENTITY : FieldsClass.IDENTITY_AND_RESULTS;
        accesses.record(
                person,
                as,
                surface,
                fields,
                Stream.concat(session.learners().stream(), others.stream()).toList());
        return session;
    }

    /** @return the session that people call by this number; empty when there is none */
    Optional<SessionView> numbered(int number) {
        return certain(() -> sessions.byNumber(number));
    }

    /** @return the same; empty as well when its head named other people to watch over it */
    Optional<SessionView> watchedBy(int number, SignedIn person) {
        return numbered(number).filter(found -> mayWatch(found, person));
    }

    /** @throws ProblemException {@code not-found} unless the session has the candidate */
    static Candidate candidate(SessionView session, UUID candidate) {
        return session.candidates().stream()
                .filter(known -> known.candidate().value().equals(candidate))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @throws ProblemException {@code not-found} unless the learner sits this exam, or sat it */
    ExamSitting started(UUID exam, SignedIn learner) {
        return begun(exam, learner).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * @return the exam; empty when it has not started
     * @throws ProblemException {@code not-found} when somebody else sits it, or sat it
     */
    Optional<ExamSitting> begun(UUID exam, SignedIn learner) {
        Optional<ExamSitting> sitting = exams.byId(new ExamId(exam));
        if (sitting.isPresent() && !accounts.isOwn(sitting.get().learner(), learner)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return sitting;
    }

    /** @throws ProblemException {@code not-found} unless the exam is a candidacy of the learner, started or not */
    ExamId ofLearner(UUID exam, SignedIn learner) {
        ExamId id = new ExamId(exam);
        if (exams.byId(id).isPresent()) {
            return started(exam, learner).exam();
        }
        return certain(() -> candidacies(learner).stream()
                        .map(Candidate::exam)
                        .filter(id::equals)
                        .findFirst())
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return the learner's candidacies as the view has them */
    List<Candidate> candidacies(SignedIn learner) {
        return accounts.learners(learner).stream()
                .flatMap(account -> sessions.ofLearner(account).stream())
                .toList();
    }

    /** @return the learner as the session names them: by an account that was absorbed since, perhaps */
    LearnerId named(SessionView session, SignedIn learner) {
        List<LearnerId> own = accounts.learners(learner);
        return session.candidates().stream()
                .map(Candidate::learner)
                .filter(own::contains)
                .findFirst()
                .orElse(own.getFirst());
    }

    private Optional<SessionView> session(UUID session) {
        return certain(() -> sessions.byId(new SessionId(session)));
    }

    // What the view does not show may be too new for it: only when it has caught up is the thing absent.
    private <T> Optional<T> certain(Supplier<Optional<T>> look) {
        Optional<T> found = look.get();
        if (found.isEmpty()) {
            dispatch.awaitAll(SessionQueries.VIEW);
            found = look.get();
        }
        return found;
    }
}
