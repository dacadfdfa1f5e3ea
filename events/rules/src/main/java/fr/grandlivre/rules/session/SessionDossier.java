package fr.grandlivre.rules.session;

import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.vocabulary.AccountId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * What a jury has to look at before it publishes a session: a fold of the session's stream. Immutable.
 *
 * @param officer   who takes care of the session; empty as long as nobody does
 * @param incident  whether the centre reported one when it finalised
 * @param commented whether the centre left a comment
 * @param issues    reported ones in their order, settled or not
 */
public record SessionDossier(
        Optional<AccountId> officer, boolean incident, boolean commented, SequencedMap<UUID, Issue> issues) {
    /** Nothing to look at. */
    public static final SessionDossier EMPTY =
            new SessionDossier(Optional.empty(), false, false, new LinkedHashMap<>());

    /** A reported issue and how it was settled; empty as long as it is not. */
    public record Issue(IssueReported reported, Optional<Resolution> resolution) {
        public boolean isOpen() {
            return resolution.isEmpty();
        }

        /** @return whether a person must look at it before results are published */
        public boolean isBlocking() {
            // A category that this program does not know is looked at.
            return isOpen()
                    && IssueCategory.of(reported.category())
                            .map(IssueCategory::blocksBulkPublication)
                            .orElse(true);
        }
    }

    public SessionDossier {
        issues = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(issues));
    }

    /** @return the dossier after the next event of the session's stream; other events leave it as it is */
    public SessionDossier after(SessionEvent event) {
        return switch (event) {
            case OfficerAssigned(var _, var account) ->
                new SessionDossier(Optional.of(account), incident, commented, issues);
            case SessionFinalised finalised ->
                new SessionDossier(officer, finalised.incident(), finalised.sealed() != null, issues);
            case IssueReported reported -> with(new Issue(reported, Optional.empty()));
            case IssueResolved(var _, var issue, var resolution) -> {
                Issue known = issues.get(issue);
                if (known == null) {
                    throw new AssertionError("an issue is reported before it is settled");
                }
                yield with(new Issue(known.reported(), Optional.of(resolution)));
            }
            default -> this;
        };
    }

    /** @return the issues that keep the session out of a publication in bulk */
    public List<Issue> blocking() {
        return issues.values().stream().filter(Issue::isBlocking).toList();
    }

    /** @return whether the session may be published in bulk, as far as its centre is concerned */
    public boolean isWithoutProblem() {
        return !incident && !commented && blocking().isEmpty();
    }

    private SessionDossier with(Issue issue) {
        SequencedMap<UUID, Issue> more = new LinkedHashMap<>(issues);
        more.put(issue.reported().issue(), issue);
        return new SessionDossier(officer, incident, commented, more);
    }
}
