package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.privacy.AccessCommand.RecordAccess;
import fr.grandlivre.command.privacy.AccessCommand.SummariseAccesses;
import fr.grandlivre.command.privacy.AccessCommand.Unmask;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.UnmaskingGranted;
import fr.grandlivre.events.privacy.AccessReader;
import java.util.List;

/** Decides what is recorded about readings: everything, always. Pure. */
final class AccessDecider {
    private AccessDecider() {}

    static Decision decide(AccessCommand command) {
        return switch (command) {
            case RecordAccess access -> new Accepted(recorded(access));
            case Unmask(var person, var auditor, var purpose, var until, var day) ->
                purpose.codePointCount(0, purpose.length()) < AccessCommand.SHORTEST_PURPOSE
                        ? new Refused(Refusal.PURPOSE_MISSING)
                        : new Accepted(new UnmaskingGranted(
                                person, until, Personal.of(person.value(), new AccessReader(auditor, purpose, day))));
            case SummariseAccesses(var _, var sums) -> new Accepted(List.copyOf(sums));
        };
    }

    private static AccessRecorded recorded(RecordAccess access) {
        boolean one = access.persons().size() == 1;
        return new AccessRecorded(
                access.persons(),
                access.certificate(),
                access.surface(),
                access.fields(),
                access.role(),
                one ? null : access.reader(),
                one
                        ? Personal.of(
                                access.persons().getFirst().value(),
                                new AccessReader(access.reader(), access.purpose(), access.day()))
                        : null);
    }
}
