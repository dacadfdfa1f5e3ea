package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.ErasureCommand.ErasePerson;
import fr.grandlivre.command.privacy.ErasureCommand.LiftHold;
import fr.grandlivre.command.privacy.ErasureCommand.PlaceHold;
import fr.grandlivre.command.privacy.ErasureCommand.RequestErasure;
import fr.grandlivre.command.privacy.ErasureCommand.WithdrawErasureRequest;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.Erasure;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.privacy.ErasureRequest;
import fr.grandlivre.query.privacy.Hold;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What pages and programs ask about erasing, and keeping, a person's data. Thread-safe. */
@Component
class PersonalFiles {
    /** Stands for all classes of which there are data. */
    static final String EVERYTHING = "all";

    /** Beyond the longest retention that a law asks for of such files; a hold may be placed again. */
    private static final int LONGEST_HOLD_YEARS = 50;

    private final ErasureQueries queries;
    private final Erasures erasures;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final PersonAccounts accounts;

    PersonalFiles(
            ErasureQueries queries, Erasures erasures, Dispatch dispatch, ServerClock clock, PersonAccounts accounts) {
        this.queries = queries;
        this.erasures = erasures;
        this.dispatch = dispatch;
        this.clock = clock;
        this.accounts = accounts;
    }

    /**
     * How things stand with one person.
     *
     * @param request  what is asked for and waits; empty when nothing is
     * @param holds    in force today
     * @param erasures the newest first
     */
    record File(Optional<ErasureRequest> request, List<Hold> holds, List<Erasure> erasures) {}

    File of(AccountId person) {
        List<AccountId> all = accounts.of(person);
        return new File(
                queries.request(all.getFirst()),
                all.stream()
                        .flatMap(account -> queries.holds(account, today()).stream())
                        .toList(),
                all.stream()
                        .flatMap(account -> queries.of(account).stream())
                        .sorted(Comparator.comparingLong(Erasure::position).reversed())
                        .toList());
    }

    /**
     * @return the account that goes on for the person
     * @throws ProblemException {@code not-found} when nothing was ever recorded about the person
     */
    AccountId known(UUID person) {
        AccountId account = accounts.survivor(new AccountId(person));
        if (!erasures.isKnown(account, clock.now())) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return account;
    }

    /** @throws ProblemException {@code not-found} when the person has no erasure there */
    Erasure erasure(AccountId person, long position) {
        return accounts.of(person).stream()
                .flatMap(account -> queries.of(account).stream())
                .filter(erasure -> erasure.position() == position)
                .findFirst()
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @throws ProblemException 422 for classes that do not exist, or the refusal */
    Done request(SignedIn person, @Nullable List<String> classes, CommandKey key) {
        Fields fields = new Fields();
        List<DataClass> wanted = classes(fields, person.account(), classes);
        fields.check();
        return dispatch.send(new RequestErasure(person.account(), wanted), key, person, Role.LEARNER);
    }

    Done withdraw(SignedIn person, CommandKey key) {
        return dispatch.send(new WithdrawErasureRequest(person.account()), key, person, Role.LEARNER);
    }

    /** @throws ProblemException 422 for what cannot be understood, or the refusal */
    Done erase(
            AccountId person,
            @Nullable List<String> classes,
            @Nullable String basis,
            CommandKey key,
            SignedIn operator) {
        Fields fields = new Fields();
        List<DataClass> wanted = classes(fields, person, classes);
        Basis why = constant(fields, "/basis", basis, Basis.values());
        fields.check();
        Instant now = clock.now();
        return dispatch.send(
                new ErasePerson(person, wanted, erasures.kids(person, wanted, now), why, operator.account()),
                key,
                operator,
                Role.OPERATOR);
    }

    /** @throws ProblemException 422 for what cannot be understood, or the refusal */
    Done hold(
            AccountId person,
            @Nullable String dataClass,
            @Nullable String basis,
            @Nullable String until,
            CommandKey key,
            SignedIn operator) {
        Fields fields = new Fields();
        DataClass held = dataClass(fields, "/class", dataClass);
        HoldBasis why = constant(fields, "/basis", basis, HoldBasis.values());
        LocalDate last = fields.day("/until", until);
        if (last.isAfter(today().plusYears(LONGEST_HOLD_YEARS))) {
            fields.refuse("/until", "range");
        }
        fields.check();
        return dispatch.send(new PlaceHold(person, held, why, last, operator.account()), key, operator, Role.OPERATOR);
    }

    /** @throws ProblemException {@code not-found} for a class that does not exist, or the refusal */
    Done lift(AccountId person, String dataClass, CommandKey key, SignedIn operator) {
        Fields fields = new Fields();
        DataClass held = dataClass(fields, "/class", dataClass);
        if (!fields.violations().isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return dispatch.send(new LiftHold(person, held, operator.account()), key, operator, Role.OPERATOR);
    }

    private LocalDate today() {
        return ParisDays.of(clock.now());
    }

    private List<DataClass> classes(Fields fields, AccountId person, @Nullable List<String> names) {
        if (names == null || names.isEmpty()) {
            fields.refuse("/classes", "missing");
            return List.of(DataClass.IDENTITY);
        }
        Set<DataClass> classes = new LinkedHashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (EVERYTHING.equals(names.get(i))) {
                classes.addAll(erasures.classes(person, clock.now()));
            } else {
                classes.add(dataClass(fields, "/classes/" + i, names.get(i)));
            }
        }
        List<DataClass> sorted = new ArrayList<>(classes);
        sorted.sort(Comparator.comparing(DataClass::name));
        return sorted;
    }

    private static DataClass dataClass(Fields fields, String pointer, @Nullable String name) {
        if (name == null || name.isBlank()) {
            fields.refuse(pointer, "missing");
            return DataClass.IDENTITY;
        }
        try {
            return new DataClass(name);
        } catch (IllegalArgumentException _) {
            fields.refuse(pointer, "invalid");
            return DataClass.IDENTITY;
        }
    }

    private static <E extends Enum<E>> E constant(Fields fields, String pointer, @Nullable String name, E[] values) {
        return Arrays.stream(values)
                .filter(value -> WireName.of(value).equals(name))
                .findFirst()
                .orElseGet(() -> {
                    fields.refuse(pointer, name == null || name.isBlank() ? "missing" : "invalid");
                    return values[0];
                });
    }
}
