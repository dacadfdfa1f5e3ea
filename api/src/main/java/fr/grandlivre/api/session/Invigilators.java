package fr.grandlivre.api.session;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.identity.StaffQueries;
import fr.grandlivre.query.identity.StaffQueries.Member;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.rules.ParisDays;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may watch over the sessions of an establishment. The identity provider says who has the role and where; the ledger
 * knows those who told it their name once. Thread-safe.
 */
@Component
class Invigilators {
    /** A room has two or three; the rest is room for substitutes. */
    static final int MOST = 20;

    private final SessionQueries sessions;
    private final StaffQueries staff;
    private final Accesses accesses;
    private final Dispatch dispatch;
    private final ServerClock clock;

    Invigilators(SessionQueries sessions, StaffQueries staff, Accesses accesses, Dispatch dispatch, ServerClock clock) {
        this.sessions = sessions;
        this.staff = staff;
        this.accesses = accesses;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /**
     * @param named already
     * @return whom a head may name, those named already included, by name; the reading is recorded
     */
    List<Member> toName(SignedIn head, Collection<AccountId> named) {
        return recorded(
                staff.members(Stream.concat(known(head).stream(), named.stream())
                        .distinct()
                        .toList()),
                head,
                Role.HEAD);
    }

    /**
     * @param as head or invigilator
     * @return who was named for a session, by name; empty when nobody was. The reading is recorded
     */
    List<Member> named(SessionView session, SignedIn person, Role as) {
        return recorded(staff.members(session.invigilators()), person, as);
    }

    /**
     * @param accounts as chosen
     * @param named    already
     * @return the accounts, each once, of which each may be named
     */
    List<AccountId> read(
            Fields fields,
            String pointer,
            @Nullable List<@Nullable String> accounts,
            SignedIn head,
            Collection<AccountId> named) {
        if (accounts == null || accounts.isEmpty()) {
            return List.of();
        }
        Set<AccountId> chosen = new LinkedHashSet<>();
        Collection<AccountId> known = known(head);
        for (String text : accounts) {
            AccountId account = new AccountId(fields.uuid(pointer, text));
            if (!known.contains(account) && !named.contains(account)) {
                fields.refuse(pointer, "invalid");
            }
            chosen.add(account);
        }
        if (chosen.size() > MOST) {
            fields.refuse(pointer, "range");
        }
        return List.copyOf(chosen);
    }

    /** @return the reader's own name as the establishment sees it; absent while it was not told */
    @Nullable
    String ownName(SignedIn person) {
        return person.school()
                .filter(uai ->
                        sessions.invigilators(uai, ParisDays.of(clock.now())).contains(person.account()))
                .flatMap(_ -> staff.members(List.of(person.account())).stream().findFirst())
                .map(Member::name)
                .orElse(null);
    }

    /**
     * Makes somebody with the role known to the establishment that the identity provider names.
     *
     * @return ledger position from which it can be seen
     */
    long introduce(SignedIn person, Uai uai, String firstName, String lastName, CommandKey key) {
        AccountId account = person.account();
        dispatch.send(
                new OpenAccount(account, new AccountIdentity(firstName, lastName, null, null)),
                key,
                person,
                Role.INVIGILATOR);
        GrantRole grant =
                new GrantRole(account, Role.INVIGILATOR, new Scope(uai, null), ParisDays.of(clock.now()), null);
        return dispatch.send(grant, second(key), person, Role.INVIGILATOR).position();
    }

    // Two acts come from one form: the second has an id of its own, the same when the form is sent again.
    private static CommandKey second(CommandKey key) {
        String name = key.commandId() + "/role";
        return new CommandKey(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), key.fingerprint());
    }

    private List<AccountId> known(SignedIn head) {
        return head.school()
                .map(uai -> sessions.invigilators(uai, ParisDays.of(clock.now())))
                .orElse(List.of());
    }

    private List<Member> recorded(List<Member> members, SignedIn person, Role as) {
        List<LearnerId> shown = new ArrayList<>();
        members.forEach(member -> shown.add(new LearnerId(member.account().value())));
        accesses.record(
                person,
                as,
                as == Role.INVIGILATOR ? Surface.INVIGILATION : Surface.SESSION,
                FieldsClass.IDENTITY,
                shown);
        return members;
    }
}
