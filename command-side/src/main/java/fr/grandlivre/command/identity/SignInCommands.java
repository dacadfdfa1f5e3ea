package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.events.identity.AttachCodeEvent;
import fr.grandlivre.events.identity.SignInEvent;
import fr.grandlivre.events.vocabulary.StreamIds;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;

/** Commands over an account, a way to sign in and a code on paper. Thread-safe. */
final class SignInCommands {
    private final LedgerRepository<Account> accounts;
    private final LedgerRepository<SignInStream> ways;
    private final LedgerRepository<AttachCodeStream> codes;

    SignInCommands(
            LedgerRepository<Account> accounts,
            LedgerRepository<SignInStream> ways,
            LedgerRepository<AttachCodeStream> codes) {
        this.accounts = accounts;
        this.ways = ways;
        this.codes = codes;
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
        return record(SignInDecider.decide(code.state(), command, clock.now()), account, null, code);
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
        if (decision instanceof Accepted(var events)) {
            for (var event : events) {
                LoadedStream<?> stream = switch (event) {
                    case SignInEvent _ -> way;
                    case AttachCodeEvent _ -> code;
                    default -> account;
                };
                if (stream == null) {
                    throw new AssertionError("a command decides on the streams that it loads");
                }
                stream.record(event);
            }
        }
        return decision;
    }
}
