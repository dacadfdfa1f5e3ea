package fr.grandlivre.api.privacy;

import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.ErasedAccounts;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.command.privacy.ErasureCommand.ReceiptErasure;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.certificate.KeptDocuments;
import fr.grandlivre.query.privacy.ErasedValues;
import fr.grandlivre.query.privacy.Erasure;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.privacy.ResidualScan;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.keys.ErasureList;
import fr.grandlivre.store.keys.KeyName;
import fr.grandlivre.store.keys.KeyVault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Carries through what {@code person.erased} says: the keys go, memories and files are emptied, the views blank their columns
 * when they come to the event, everything is searched for remains, and a signed receipt ends it. Every step may be done
 * again, and an erasure without a receipt is taken up by whichever node sees it: a crash between any two steps delays it.
 * Thread-safe.
 */
@Component
public class Erasures {
    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    static final String ERASED = "person.erased";

    /** A view that is further behind is in trouble; the erasure is taken up again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ErasureQueries queries;
    private final LedgerReader ledger;
    private final KeyVault vault;
    private final ErasureList list;
    private final KeptDocuments documents;
    private final Aggregates aggregates;
    private final ErasedAccounts accounts;
    private final PersonAccounts persons;
    private final ViewPositions positions;
    private final List<Projection> projections;
    private final Rebuild rebuild;
    private final ResidualScan scan;
    private final RecentLogs logs;
    private final ErasureReceipts receipts;
    private final Commands commands;

    private final ReentrantLock working = new ReentrantLock();

    /** What the keys of an erasure had sealed, until it has its receipt. */
    private final Map<Long, ErasedValues> values = new HashMap<>();

    private long noticed;

    Erasures(
            ErasureQueries queries,
            LedgerReader ledger,
            KeyVault vault,
            ErasureList list,
            KeptDocuments documents,
            Aggregates aggregates,
            ErasedAccounts accounts,
            PersonAccounts persons,
            ViewPositions positions,
            List<Projection> projections,
            Rebuild rebuild,
            ResidualScan scan,
            RecentLogs logs,
            ErasureReceipts receipts,
            Commands commands) {
        this.queries = queries;
        this.ledger = ledger;
        this.vault = vault;
        this.list = list;
        this.documents = documents;
        this.aggregates = aggregates;
        this.accounts = accounts;
        this.persons = persons;
        this.positions = positions;
        this.projections = projections;
        this.rebuild = rebuild;
        this.scan = scan;
        this.logs = logs;
        this.receipts = receipts;
        this.commands = commands;
    }

    /** Notices what was erased, on this node or another, and takes up what has no receipt yet. */
    @Scheduled(fixedDelayString = "PT1S", initialDelayString = "PT0S")
    public void work() {
        if (!working.tryLock()) {
            return;
        }
        try {
            notice();
            for (Erasure erasure : queries.unfinished()) {
                try {
                    finish(erasure);
                } catch (RuntimeException later) {
                    LOG.warn(
                            "The erasure at position {} is taken up again: {}",
                            erasure.position(),
                            later.getClass().getSimpleName());
                }
            }
        } finally {
            working.unlock();
        }
    }

    /** Does not wait for the next second. */
    void hurry() {
        Thread.startVirtualThread(this::work);
    }

    private void notice() {
        for (Erasure erasure : queries.after(noticed)) {
            vault.forget(erasure.person().value(), Set.copyOf(erasure.classes()), erasure.kids());
            aggregates.forget();
            if (erasure.classes().contains(DataClass.IDENTITY)) {
                accounts.add(erasure.person());
            }
            noticed = erasure.position();
        }
    }

    private void finish(Erasure erasure) {
        list.add(line(erasure));
        long last = carryOver(erasure);
        UUID person = erasure.person().value();
        Set<UUID> kids = new LinkedHashSet<>(erasure.kids());
        kids.addAll(kids(erasure.person(), erasure.classes(), erasure.erasedAt()));
        List<StoredEvent> sealed = sealedWith(kids, 0);
        ErasedValues sought = values.computeIfAbsent(
                erasure.position(),
                _ -> vault.existing(kids).isEmpty() ? ErasedValues.UNKNOWN : ErasedValues.of(sealed, kids, vault));
        vault.erase(kids);
        aggregates.forget();
        int files = documents.erase(kids);
        awaitViews(last);
        if (reapplied(erasure, kids)) {
            LOG.info("The erasure at position {} was applied again: events came in between", erasure.position());
        }
        ResidualScan.Found found = scan.search(person, erasure.classes(), sought);
        long residual =
                found.remains() + logs.holding(sought) + vault.existing(kids).size();
        SortedMap<String, Long> stores = new TreeMap<>(found.rows());
        stores.put("keys.data_key", (long) kids.size());
        stores.put("kept.document", (long) files);
        stores.put("ledger.event", (long) sealed.size());
        String receipt = receipts.sign(payload(erasure, kids, residual, sought, stores));
        commands.dispatch(
                new ReceiptErasure(
                        erasure.person(), erasure.position(), Math.clamp(residual, 0, Integer.MAX_VALUE), receipt),
                system("receipt/" + erasure.person() + "/" + erasure.position()));
        values.remove(erasure.position());
        if (residual == 0) {
            LOG.info("The erasure at position {} is complete", erasure.position());
        } else {
            LOG.error("The erasure at position {} left {} values: see its receipt", erasure.position(), residual);
        }
    }

    /**
     * What the person had in other accounts, before they were merged, goes by an erasure and a receipt of its own.
     *
     * @return the position after which the views hold none of it any more: one account's value may stand in the other's row
     */
    private long carryOver(Erasure erasure) {
        List<AccountId> absorbed = persons.absorbedBy(erasure.person());
        for (AccountId account : absorbed) {
            boolean done = queries.of(account).stream()
                    .anyMatch(other -> other.position() > erasure.position()
                            && other.classes().containsAll(erasure.classes()));
            if (!done) {
                commands.dispatch(
                        new ReapplyErasure(
                                account,
                                erasure.classes(),
                                kids(account, erasure.classes(), erasure.erasedAt()),
                                erasure.basis()),
                        system("absorbed/" + account + "/" + erasure.position()));
            }
        }
        return absorbed.isEmpty() ? erasure.position() : ledger.head();
    }

    /** Fields sealed by a command that was under way when the keys went may be shown by a view that was quicker. */
    private boolean reapplied(Erasure erasure, Set<UUID> kids) {
        List<StoredEvent> late = sealedWith(kids, erasure.position());
        if (late.isEmpty()
                || queries.of(erasure.person()).stream()
                        .anyMatch(again -> again.position() > late.getLast().position())) {
            return false;
        }
        commands.dispatch(
                new ReapplyErasure(erasure.person(), erasure.classes(), List.copyOf(kids), erasure.basis()),
                system("reapply/" + late.getLast().eventId()));
        return true;
    }

    private List<StoredEvent> sealedWith(Set<UUID> kids, long after) {
        return ledger.sealedWith(kids, after).stream()
                .filter(event -> !event.type().equals(ERASED))
                .toList();
    }

    private void awaitViews(long position) {
        try {
            for (Projection projection : projections) {
                if (!positions.await(projection.name(), position, PATIENCE)) {
                    throw new IllegalStateException(projection.name() + " is behind");
                }
                if (!projection.personalColumns().isEmpty()) {
                    rebuild.confirm(projection); // Rows kept of an exchange are not blanked: they go.
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to stop", interrupted);
        }
    }

    private static SortedMap<String, Object> payload(
            Erasure erasure, Set<UUID> kids, long residual, ErasedValues sought, SortedMap<String, Long> stores) {
        SortedMap<String, Object> payload = new TreeMap<>();
        payload.put("classes", erasure.classes());
        payload.put("erasedAt", erasure.erasedAt());
        payload.put("kids", List.copyOf(kids));
        payload.put("ledgerPosition", erasure.position());
        payload.put("person", erasure.person());
        payload.put("residual", residual);
        // After a crash nobody knows the values any more: then only the places where they may stand are looked at.
        payload.put("searched", sought == ErasedValues.UNKNOWN ? "columns" : "columns-and-values");
        payload.put(
                "stores",
                stores.entrySet().stream()
                        .map(store -> new TreeMap<>(Map.of("name", store.getKey(), "rows", store.getValue())))
                        .toList());
        return payload;
    }

    /** @return ids of the keys of some classes of a person */
    List<UUID> kids(AccountId person, List<DataClass> classes, Instant before) {
        List<UUID> kids = new ArrayList<>();
        vault.keysOf(person.value(), before).forEach((kid, name) -> {
            if (classes.contains(name.dataClass())) {
                kids.add(kid);
            }
        });
        return kids;
    }

    /** @return whether there is, or was, anything about the person */
    boolean isKnown(AccountId person, Instant now) {
        return !vault.keysOf(person.value(), now).isEmpty()
                || queries.request(person).isPresent()
                || !queries.of(person).isEmpty();
    }

    /**
     * @return the classes of which a person has, or may have at any moment, data now; the readings of this year are among
     *     them, because whoever looks at the request may be the first to read
     */
    Set<DataClass> classes(AccountId person, Instant now) {
        Set<DataClass> classes = new HashSet<>(List.of(
                DataClass.IDENTITY,
                DataClass.ANSWERS,
                DataClass.CERTIFICATE,
                DataClass.access(ParisDays.of(now).getYear())));
        vault.keysOf(person.value(), now).values().stream()
                .map(KeyName::dataClass)
                .forEach(classes::add);
        return classes;
    }

    static ErasureList.Line line(Erasure erasure) {
        return new ErasureList.Line(
                erasure.person().value(),
                erasure.classes(),
                erasure.kids(),
                WireName.of(erasure.basis()),
                erasure.erasedAt());
    }

    /** @param act the same whenever the same is to be done, so that it has one effect */
    static Caller system(String act) {
        UUID id = UUID.nameUUIDFromBytes(("erasures/" + act).getBytes(StandardCharsets.UTF_8));
        return Caller.first(id, Caller.POLICIES, Role.SYSTEM, null);
    }

    /** Names of the views that an erasure has to reach. */
    Stream<String> views() {
        return projections.stream().map(Projection::name);
    }
}
