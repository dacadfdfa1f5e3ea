package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand.RecordAccess;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.ParisDays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records who reads what of whom, durably, before the data leave. A page or resource that shows somebody else's data calls
 * it once, when it has the data and before it answers; when the ledger cannot take the record, the reader gets 503 and no
 * data. Thread-safe.
 */
@Component
public class Accesses {
    private final Dispatch dispatch;
    private final ServerClock clock;

    Accesses(Dispatch dispatch, ServerClock clock) {
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /**
     * Records one reading by somebody with an account. Whoever reads one's own data is not recorded.
     *
     * @param as      in what capacity; one of the reader's roles
     * @param persons whose data are shown, in any number, also none
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    public void record(SignedIn reader, Role as, Surface surface, FieldsClass fields, Collection<LearnerId> persons) {
        UUID account = reader.account().value();
        List<LearnerId> others = persons.stream()
                .filter(person -> !person.value().equals(account))
                .distinct()
                .toList();
        for (List<LearnerId> some : parts(others)) {
            send(new RecordAccess(some, null, surface, fields, as, account, null, ParisDays.of(clock.now())));
        }
    }

    /**
     * The same for one person, with the purpose that the reader declared.
     *
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    public void record(
            SignedIn reader, Role as, Surface surface, FieldsClass fields, LearnerId person, String purpose) {
        send(new RecordAccess(
                List.of(person),
                null,
                surface,
                fields,
                as,
                reader.account().value(),
                purpose,
                ParisDays.of(clock.now())));
    }

    /**
     * Records that somebody without an account opened the identity behind a verification code.
     *
     * @param surface {@code VERIFICATION} or {@code DOCUMENT_CHECK}
     * @param purpose as declared; null when none was
     * @throws ProblemException 503 when the reading cannot be recorded: show nothing
     */
    public void recordLookUp(Surface surface, CertificateId certificate, LearnerId holder, @Nullable String purpose) {
        send(new RecordAccess(
                List.of(holder),
                certificate,
                surface,
                FieldsClass.IDENTITY_AND_RESULTS,
                Role.PUBLIC,
                null,
                purpose,
                ParisDays.of(clock.now())));
    }

    private void send(RecordAccess access) {
        // Metadata cannot lapse: where the reader is sealed, they name nobody.
        UUID actor = access.persons().size() > 1 && access.reader() != null ? access.reader() : Caller.POLICIES;
        dispatch.done(access, dispatch.outcome(access, Caller.first(CommandKey.draw(), actor, access.role(), null)));
    }

    private static List<List<LearnerId>> parts(List<LearnerId> persons) {
        int most = AccessRecorded.MOST_PERSONS;
        return Stream.iterate(0, from -> from < persons.size(), from -> from + most)
                .map(from -> persons.subList(from, Math.min(persons.size(), from + most)))
                .toList();
    }
}
