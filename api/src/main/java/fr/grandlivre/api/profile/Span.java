package fr.grandlivre.api.profile;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.profile.ProfileQueries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From one moment to another.
 *
 * @param since the earlier one
 * @param until the later one, or the same
 */
record Span(Moment since, Moment until) {
    /**
     * @param depuis end of that civil day in Paris
     * @param au     end of that civil day; null or empty for now
     * @throws ProblemException {@code date-in-future}, or {@code validation} for what is no day and for days in the wrong
     *     order
     */
    static Span read(Moments moments, String depuis, @Nullable String au) {
        Moment since = moments.endOf(depuis, "/depuis");
        Moment until = moments.read(au, null);
        if (since.at().isAfter(until.at())) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/depuis", "dates.inverted"))));
        }
        return new Span(since, until);
    }

    ProfileChanges changes(ProfileQueries profiles, LearnerId learner) {
        return ProfileChanges.between(
                ProfileResource.read(profiles, learner, since),
                since,
                ProfileResource.read(profiles, learner, until),
                until);
    }
}
