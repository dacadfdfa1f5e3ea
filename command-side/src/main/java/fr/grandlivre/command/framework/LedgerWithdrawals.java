package fr.grandlivre.command.framework;

import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.framework.FrameworkState.Published;
import fr.grandlivre.command.framework.FrameworkState.Unpublished;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.framework.FrameworkEvent;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Withdrawn challenges, read from the ledger and kept for a moment. Thread-safe. */
public final class LedgerWithdrawals implements Withdrawals {
    private final LedgerHistory history;
    private final Clock clock;
    private final Duration maxAge;
    private final Map<FrameworkVersion, Read> reads = new ConcurrentHashMap<>();

    /** @param maxAge how old an answer may be; an operator waits that long for a withdrawal to reach everybody */
    public LedgerWithdrawals(LedgerHistory history, Clock clock, Duration maxAge) {
        this.history = history;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    @Override
    public Set<ChallengeId> of(FrameworkVersion version) {
        Instant now = clock.instant();
        Read read = reads.compute(version, (_, last) -> isFresh(last, now) ? last : read(version, now));
        return read.withdrawn();
    }

    private boolean isFresh(@Nullable Read last, Instant now) {
        return last != null && !now.isAfter(last.at().plus(maxAge)) && !now.isBefore(last.at());
    }

    private Read read(FrameworkVersion version, Instant now) {
        FrameworkState state = new Unpublished();
        for (LedgerEvent event : history.of(StreamIds.framework(version))) {
            state = state.evolve((FrameworkEvent) event);
        }
        return new Read(
                now,
                switch (state) {
                    case Published(var _, var withdrawn) -> withdrawn;
                    case Unpublished _ -> Set.of();
                });
    }

    private record Read(Instant at, Set<ChallengeId> withdrawn) {}
}
