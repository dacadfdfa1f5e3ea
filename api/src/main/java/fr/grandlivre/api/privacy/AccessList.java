package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.SignedCursors;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.query.privacy.Access;
import fr.grandlivre.query.privacy.AccessQueries;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The readings of one's own data, page by page, the newest first. Thread-safe. */
@Component
class AccessList {
    private static final int MOST = 100;

    private final AccessQueries queries;
    private final SignedCursors cursors;
    private final PersonAccounts accounts;

    AccessList(AccessQueries queries, SignedCursors cursors, PersonAccounts accounts) {
        this.queries = queries;
        this.cursors = cursors;
        this.accounts = accounts;
    }

    /**
     * @param readings the newest first
     * @param next     cursor of the next page; absent on the last one
     */
    record Page(List<Access> readings, @Nullable String next) {}

    /**
     * @param limit  1..100
     * @param cursor null for the newest
     * @throws ProblemException 422 for another limit, 400 {@code invalid-cursor}
     */
    Page of(SignedIn person, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/limit", "range"))));
        }
        String list = "accesses/" + person.account();
        long before = cursor == null ? Long.MAX_VALUE : cursors.read(list, 1, cursor)[0];
        List<Access> found = queries.of(accounts.learners(person), before, limit + 1);
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        List<Access> page = found.subList(0, limit);
        return new Page(page, cursors.write(list, page.getLast().position()));
    }
}
