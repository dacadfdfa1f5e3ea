package fr.grandlivre.api.problem;

/** Ends a request with a problem. Thrown at the edge only: the domain answers with refusals. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.slug().text(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(Slug slug) {
        this(Problem.of(slug));
    }

    /** @return what to answer */
    public Problem problem() {
        return problem;
    }
}
