package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.store.CommandReusedException;
import fr.grandlivre.store.LedgerOverloadedException;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerUnavailableException;
import fr.grandlivre.store.keys.KeysUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Sends a controller's command for a signed-in person and puts what became of it into the words of the interface. */
@Component
public class Dispatch {
    /** A reader waits for its own write at most so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Commands commands;
    private final LedgerReader ledger;
    private final ViewPositions views;

    Dispatch(Commands commands, LedgerReader ledger, ViewPositions views) {
        this.commands = commands;
        this.ledger = ledger;
        this.views = views;
    }

    /**
     * Sends a command that must not be refused.
     *
     * @param as in what capacity the person acts; one of its roles
     * @return position up to which a view must have come to show it
     * @throws ProblemException when a rule refuses, the same key came with another request, or the ledger cannot answer
     */
    public Done send(Command command, CommandKey key, SignedIn person, Role as) {
        return done(command, outcome(command, key, person, as));
    }

    /**
     * @param outcome of the command
     * @throws ProblemException when a rule refused
     */
    public Done done(Command command, Outcome outcome) {
        return done(command.stream(), outcome);
    }

    /**
     * @param target  stream that the command went to
     * @param outcome of the command
     * @throws ProblemException when a rule refused
     */
    public Done done(UUID target, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Recorded(long position, var stream, int seq, boolean replayed) ->
                new Done(position, stream, seq, replayed);
            case Outcome.Unchanged() -> new Done(ledger.head(), target, null, false);
            case Outcome.Refused(var code, var fields) -> throw new ProblemException(Refusals.problem(code, fields));
        };
    }

    /**
     * Sends a command whose refusal the caller words itself.
     *
     * @throws ProblemException when the same key came with another request, or the ledger cannot answer
     */
    public Outcome outcome(Command command, CommandKey key, SignedIn person, Role as) {
        String fingerprint = Base64.getUrlEncoder().withoutPadding().encodeToString(key.fingerprint());
        return outcome(command, Caller.first(key.commandId(), person.account().value(), as, fingerprint));
    }

    /**
     * Sends a command of our own making.
     *
     * @throws ProblemException when the ledger cannot answer
     */
    public Outcome outcome(Command command, Caller caller) {
        try {
            return commands.dispatch(command, caller);
        } catch (CommandReusedException _) {
            throw new ProblemException(Slug.IDEMPOTENCY_KEY_REUSED);
        } catch (LedgerOverloadedException overloaded) {
            throw new ProblemException(Problem.of(Slug.OVERLOADED).retryAfter(overloaded.retryAfter()));
        } catch (LedgerUnavailableException unavailable) {
            throw new ProblemException(Problem.of(Slug.OVERLOADED).retryAfter(unavailable.retryAfter()));
        } catch (KeysUnavailableException _) {
            throw new ProblemException(Problem.of(Slug.OVERLOADED));
        } catch (JacksonException failure) {
            // Personal fields are sealed while an event is written down: the keys' absence comes wrapped.
            if (failure.getCause() instanceof KeysUnavailableException) {
                throw new ProblemException(Problem.of(Slug.OVERLOADED));
            }
            throw failure;
        } catch (ConcurrencyException _) {
            // Ten races lost in a row: somebody else writes to this very stream all the time.
            throw new ProblemException(Problem.of(Slug.OVERLOADED));
        }
    }

    /**
     * Sends what a form asks for.
     *
     * @param next  page to go on to; it is told from which position on it shows what was done
     * @param again shows the form once more with the code of the rule that refused, and names the template
     * @return what a controller returns
     * @throws ProblemException as {@link #outcome}, and when what the form is about is not there
     */
    public String submit(
            Command command,
            CommandKey key,
            SignedIn person,
            Role as,
            String next,
            HttpServletResponse response,
            Function<String, String> again) {
        Outcome outcome = outcome(command, key, person, as);
        if (outcome instanceof Outcome.Refused(var code, var _) && code.status() != HttpStatus.NOT_FOUND.value()) {
            response.setStatus(code.status());
            return again.apply(code.code());
        }
        return "redirect:" + next + "?atLeast=" + done(command, outcome).position();
    }

    /**
     * Waits until a view shows a position.
     *
     * @param view     name of the projection
     * @param position 0 for no wish
     * @return whether it does; a page then says that it is catching up
     */
    public boolean caughtUp(String view, long position) {
        try {
            return position <= 0 || views.await(view, Math.min(position, ledger.head()), PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The same for programs.
     *
     * @param position a wish of the caller's; 0 for none
     * @throws ProblemException {@code view-behind} when the view does not show the position in time, {@code validation} when
     *                          the ledger has no such position yet
     */
    public void await(String view, long position) {
        if (position > 0 && position > ledger.head()) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/atLeast", "position.beyond-head"))));
        }
        if (!caughtUp(view, position)) {
            throw new ProblemException(Problem.of(Slug.VIEW_BEHIND).with("position", position));
        }
    }

    /**
     * Waits until a view shows whatever is recorded at this moment.
     *
     * @throws ProblemException {@code view-behind} when it does not in time
     */
    public void awaitAll(String view) {
        await(view, ledger.head());
    }
}
