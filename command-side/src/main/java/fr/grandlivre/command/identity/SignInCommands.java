package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.MergeAccounts;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.command.identity.SignInDecider.Standing;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.identity.AttachCodeEvent;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.SignInEvent;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;

/** Commands over an account, a way to sign in and a code on paper. Thread-safe. */
final class SignInCommands {
    private final LedgerRepository<Account> accounts;
    private final LedgerRepository<SignInStream> ways;
    private final LedgerRepository<AttachCodeStream> codes;
    private final LedgerHistory history;

    SignInCommands(
            LedgerRepository<Account> accounts,
            LedgerRepository<SignInStream> ways,
            LedgerRepository<AttachCodeStream> codes,
            LedgerHistory history) {
        this.accounts = accounts;
        this.ways = ways;
        this.codes = codes;
        this.history = history;
    }

    @CommandHandler
    Decision handle(SignUp command) {
        LoadedStream<IdentityState> account = account(command);
        LoadedStream<SignInStream.Leads> way = way(command.way());
        LoadedStream.load(account, way);
        return record(SignInDecider.decide(account.state(), way.state(), command), account, way, null);
    }

    @CommandHandler
    Decision handle(AttachSignIn command) {
        LoadedStream<IdentityState> account = account(command);
        LoadedStream<SignInStream.Leads> way = way(command.way());
        LoadedStream.load(account, way);
        return record(SignInDecider.decide(account.state(), way.state(), command), account, way, null);
    }

    @CommandHandler
    Decision handle(DetachSignIn command) {
        LoadedStream<IdentityState> account = account(command);
        LoadedStream<SignInStream.Leads> way = way(command.way());
        LoadedStream.load(account, way);
        return record(SignInDecider.decide(account.state(), command), account, way, null);
    }

    @CommandHandler
    Decision handle(IssueAttachCode command, ServerClock clock) {
        LoadedStream<IdentityState> account = account(command);
        LoadedStream<AttachCodeStream.Drawn> code = code(command.codeMac());
        LoadedStream.load(account, code);
        return record(SignInDecider.decide(account.state(), code.state(), command, clock.now()), account, null, code);
    }

    @CommandHandler
    Decision handle(UseAttachCode command, ServerClock clock) {
        LoadedStream<IdentityState> account = account(command);
        LoadedStream<SignInStream.Leads> way = way(command.way());
        LoadedStream<AttachCodeStream.Drawn> code = code(command.codeMac());
        LoadedStream.load(account, way, code);
        return record(
                SignInDecider.decide(account.state(), way.state(), code.state(), command, clock.now()),
                account,
                way,
                code);
    }

    @CommandHandler
    Decision handle(MergeAccounts command, ServerClock clock) {
        if (command.person().equals(command.absorbed())) {
            return new Refused(Refusal.SAME_ACCOUNT); // One stream cannot be loaded twice.
        }
        LoadedStream<IdentityState> survivor = account(command);
        LoadedStream<IdentityState> absorbed =
                LoadedStream.of(command.absorbed().value(), accounts);
        LoadedStream<AttachCodeStream.Drawn> code = code(command.codeMac());
        List<LoadedStream<SignInStream.Leads>> leads =
                command.ways().stream().map(this::way).toList();
        LoadedStream.load(Stream.concat(Stream.of(survivor, absorbed, code), leads.stream())
                .toArray(LoadedStream<?>[]::new));
        Decision decision = SignInDecider.decide(
                survivor.state(),
                absorbed.state(),
                code.state(),
                leads.stream().map(LoadedStream::state).toList(),
                command,
                standing(List.of(command.person(), command.absorbed())),
                clock.now());
        Iterator<LoadedStream<SignInStream.Leads>> way = leads.iterator();
        return LoadedStream.record(decision, event -> switch (event) {
            case SignInEvent _ -> way.next();
            case AttachCodeEvent _ -> code;
            case AccountAbsorbed _ -> absorbed;
            default -> survivor;
        });
    }

    private Standing standing(List<AccountId> persons) {
        boolean examRunning = persons.stream()
                .map(person -> history.of(StreamIds.examSlot(new LearnerId(person.value()))))
                .anyMatch(slot -> !slot.isEmpty() && slot.getLast() instanceof ExamSlotTaken);
        boolean erased = persons.stream()
                .flatMap(person -> history.of(StreamIds.erasures(person)).stream())
                .anyMatch(event ->
                        event instanceof PersonErased gone && gone.classes().contains(DataClass.IDENTITY));
        return new Standing(examRunning, erased);
    }

    private LoadedStream<IdentityState> account(IdentityCommand command) {
        return LoadedStream.of(command.stream(), accounts);
    }

    private LoadedStream<SignInStream.Leads> way(WayIn way) {
        return LoadedStream.of(way.stream(), ways);
    }

    private LoadedStream<AttachCodeStream.Drawn> code(String mac) {
        return LoadedStream.of(StreamIds.attachCode(mac), codes);
    }

    private static Decision record(
            Decision decision,
            LoadedStream<IdentityState> account,
            @Nullable LoadedStream<SignInStream.Leads> way,
            @Nullable LoadedStream<AttachCodeStream.Drawn> code) {
        return LoadedStream.record(decision, event -> switch (event) {
            case SignInEvent _ -> Objects.requireNonNull(way);
            case AttachCodeEvent _ -> Objects.requireNonNull(code);
            default -> account;
        });
    }
}
