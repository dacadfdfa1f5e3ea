package fr.grandlivre.api.privacy;

import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.wiring.StartRefused;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.keys.ErasureList;
import fr.grandlivre.store.keys.ErasureList.Line;
import fr.grandlivre.store.keys.KeyVault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Before anything else starts: what the list of erasures or the ledger itself says was erased is erased in this database too,
 * which may have come out of a backup. Until every erasure has its receipt, and the views have come to where the ledger was at
 * the start, the application answers nothing but its health. Thread-safe.
 */
@Component("erasuresHealthIndicator")
class RestoredErasures implements SmartLifecycle, HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredErasures.class);

    /** A view that another node keeps is looked up again only by who waits for it. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final ErasureList list;
    private final LedgerReader ledger;
    private final EventCodec codec;
    private final KeyVault vault;
    private final Commands commands;
    private final ErasureQueries queries;
    private final ViewPositions positions;
    private final Erasures erasures;

    private volatile boolean running;
    private volatile boolean open;
    private volatile long head;

    RestoredErasures(
            ErasureList list,
            LedgerReader ledger,
            EventCodec codec,
            KeyVault vault,
            Commands commands,
            ErasureQueries queries,
            ViewPositions positions,
            Erasures erasures) {
        this.list = list;
        this.ledger = ledger;
        this.codec = codec;
        this.vault = vault;
        this.commands = commands;
        this.queries = queries;
        this.positions = positions;
        this.erasures = erasures;
    }

    /** The list and the ledger learn from each other; keys that either names go. */
    @Override
    public void start() {
        List<StoredEvent> stored = ledger.ofType(Erasures.ERASED);
        List<Line> inLedger = stored.stream().map(this::line).toList();
        List<Line> listed = listed();
        inLedger.forEach(list::add);
        int again = 0;
        for (Line line : listed) {
            if (!inLedger.contains(line) && inLedger.stream().noneMatch(later -> isAgain(line, later))) {
                vault.erase(line.person(), Set.copyOf(line.classes()), line.erasedAt());
                reapply(line);
                again++;
            }
        }
        int keys = eraseKeys(inLedger) + eraseKeys(listed);
        head = ledger.head();
        open = again == 0 && keys == 0 && receipted(stored);
        running = true;
        if (!open) {
            LOG.warn(
                    "Closed until erasures are carried through: {} keys deleted, {} erasures applied again",
                    keys,
                    again);
        }
    }

    private List<Line> listed() {
        try {
            return list.lines();
        } catch (IllegalStateException damaged) {
            throw new StartRefused(
                    "The list of erasures is damaged: " + damaged.getMessage() + ".",
                    "Put back its last copy; what the ledger knows besides is added to it.");
        }
    }

    private Line line(StoredEvent stored) {
        PersonErased erased =
                (PersonErased) codec.decode(stored.eventId(), stored.type(), stored.version(), stored.payload(), null);
        return new Line(
                erased.person().value(),
                erased.classes(),
                erased.kids(),
                WireName.of(erased.basis()),
                stored.recordedAt());
    }

    /** An erasure that was applied again after a restoration stands in the ledger with a later time. */
    private static boolean isAgain(Line line, Line later) {
        return later.person().equals(line.person())
                && new HashSet<>(later.kids()).containsAll(line.kids())
                && new HashSet<>(later.classes()).containsAll(line.classes())
                && !later.erasedAt().isBefore(line.erasedAt());
    }

    private void reapply(Line line) {
        Basis basis = Basis.valueOf(line.basis().toUpperCase(Locale.ROOT).replace('-', '_'));
        commands.dispatch(
                new ReapplyErasure(new AccountId(line.person()), line.classes(), line.kids(), basis),
                Erasures.system("restored/" + line.person() + "/" + line.erasedAt()));
    }

    private int eraseKeys(List<Line> lines) {
        List<UUID> kids = new ArrayList<>();
        lines.forEach(line -> kids.addAll(line.kids()));
        return kids.isEmpty() ? 0 : vault.erase(kids).size();
    }

    private boolean receipted(List<StoredEvent> stored) {
        Set<Long> receipted = new HashSet<>();
        if (!stored.isEmpty()) {
            ledger.ofType("privacy.erasure-receipted")
                    .forEach(event -> receipted.add(((ErasureReceipted)
                                    codec.decode(event.eventId(), event.type(), event.version(), event.payload(), null))
                            .position()));
        }
        return stored.stream().map(StoredEvent::position).allMatch(receipted::contains);
    }

    /** @return whether the application may answer */
    boolean isOpen() {
        if (!open) {
            open = running
                    && erasures.views().allMatch(this::hasCome)
                    && queries.unfinished().isEmpty();
            if (open) {
                LOG.info("Open: every erasure is carried through");
            }
        }
        return open;
    }

    private boolean hasCome(String view) {
        try {
            return positions.await(view, head, LOOK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Health health() {
        return isOpen()
                ? Health.up().build()
                : Health.down()
                        .withDetail("closed", "erasures are carried through")
                        .build();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the views and the web server. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
