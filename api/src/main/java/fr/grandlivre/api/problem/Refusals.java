package fr.grandlivre.api.problem;

import fr.grandlivre.command.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one table from a domain refusal to the problem it is answered with. Its status is the domain rules' own. */
public final class Refusals {
    private Refusals() {}

    /**
     * @param refusal why the domain refuses
     * @param fields  what the domain says about it; none is personal
     * @return the problem to answer with
     */
    public static Problem problem(Refusal refusal, Map<String, ?> fields) {
        // A 404 says nothing about why: that would tell what exists.
        boolean silent = refusal.status() == 404;
        return new Problem(
                slug(refusal),
                refusal.status(),
                silent ? Optional.empty() : Optional.of(refusal.code()),
                List.of(),
                silent ? Map.of() : new TreeMap<String, Object>(fields),
                Optional.empty());
    }

    private static Slug slug(Refusal refusal) {
        return switch (refusal) {
            case LEGAL_HOLD -> Slug.LEGAL_HOLD;
            case EXAM_TAKEN_OVER -> Slug.EXAM_TAKEN_OVER;
            case VIEW_BEHIND -> Slug.VIEW_BEHIND;
            case DATE_IN_FUTURE -> Slug.DATE_IN_FUTURE;
            case CODE_MALFORMED -> Slug.INVALID_CODE;
            case UNKNOWN_CERTIFICATE -> Slug.CERTIFICATE_NOT_FOUND;
            // An exam that is over is gone as a place to answer, and no share.
            default -> refusal.status() == 410 ? Slug.REFUSED_BY_RULE : Slug.forStatus(refusal.status());
        };
    }
}
