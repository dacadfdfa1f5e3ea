package fr.grandlivre.api.session;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Issue;
import fr.grandlivre.rules.framework.Text;
import fr.grandlivre.rules.session.IssueCategory;
import fr.grandlivre.rules.session.IssueCategory.Requires;
import fr.grandlivre.rules.session.IssueCategory.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what people report to the jury. */
final class Issues {
    private static final int LONGEST_CATEGORY = 60;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int MOST_QUESTIONS = 99;

    private Issues() {}

    /**
     * @param issue     id of the command, so that a repeated report is the same issue
     * @param candidate blank when it concerns the whole session
     * @param number    blank when it concerns no question
     */
    static ReportIssue command(
            Fields fields,
            SessionView session,
            UUID issue,
            @Nullable String candidate,
            @Nullable String category,
            @Nullable String number,
            @Nullable String description,
            SignedIn reporter) {
        String code = fields.text("/category", category, LONGEST_CATEGORY);
        Optional<IssueCategory> known = IssueCategory.of(code);
        boolean described =
                known.filter(found -> found.requires() == Requires.DESCRIPTION).isPresent();
        if (isBlank(candidate)
                && known.filter(found -> found.scope() != Scope.SESSION).isPresent()) {
            fields.refuse("/candidate", "missing");
        }
        CandidateId concerned = isBlank(candidate)
                ? null
                : Sittings.candidate(session, fields.uuid("/candidate", candidate))
                        .candidate();
        return new ReportIssue(
                session.session(),
                issue,
                concerned,
                code,
                isBlank(number) ? null : Integer.valueOf(fields.number("/number", number, 1, MOST_QUESTIONS)),
                isBlank(description) && !described
                        ? null
                        : fields.text("/description", description, LONGEST_DESCRIPTION),
                reporter.account());
    }

    /**
     * An issue as pages show it.
     *
     * @param category  for people
     * @param candidate whom it concerns; absent when the whole session, or a candidate no more
     */
    record Shown(Issue issue, Text category, @Nullable Candidate candidate) {}

    static List<Shown> shown(SessionView session, List<Issue> issues) {
        return issues.stream()
                .map(issue -> new Shown(
                        issue,
                        IssueCategory.of(issue.category())
                                .map(IssueCategory::label)
                                .orElse(new Text(issue.category(), issue.category())),
                        session.candidates().stream()
                                .filter(known -> known.candidate().equals(issue.candidate()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
