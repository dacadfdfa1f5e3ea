package fr.grandlivre.api.wiring;

import fr.grandlivre.command.Appends;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Receipts;
import fr.grandlivre.store.Appended;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.axon.AppendScope;
import fr.grandlivre.store.axon.CommandReplayedException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the command side learns from the ledger about a dispatch and about earlier ones. Thread-safe. */
final class LedgerOutcomes implements Appends, Receipts {
    private final LedgerReader reader;

    LedgerOutcomes(LedgerReader reader) {
        this.reader = reader;
    }

    @Override
    public <R> Observed<R> observe(Supplier<R> dispatch) {
        try {
            AppendScope.Captured<R> captured = AppendScope.capture(dispatch::get);
            return new Observed<>(captured.result(), captured.appended().map(LedgerOutcomes::recorded));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception checked) {
            throw new IllegalStateException("a supplier throws no checked exception", checked);
        }
    }

    @Override
    public Optional<Outcome.Recorded> replayed(RuntimeException failure) {
        return failure instanceof CommandReplayedException replay
                ? Optional.of(recorded(replay.first()))
                : Optional.empty();
    }

    @Override
    public Optional<Outcome.Recorded> earlier(UUID commandId, @Nullable String fingerprint) {
        byte[] bytes =
                fingerprint == null ? new byte[0] : Base64.getUrlDecoder().decode(fingerprint);
        return reader.receipt(commandId, bytes).map(LedgerOutcomes::recorded);
    }

    private static Outcome.Recorded recorded(Appended appended) {
        return new Outcome.Recorded(appended.lastPosition(), appended.stream(), appended.seq(), appended.replayed());
    }
}
