package fr.grandlivre.api.school;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.school.RosterComparison;
import fr.grandlivre.rules.school.RosterLine;
import fr.grandlivre.rules.school.RosterPlan;
import fr.grandlivre.rules.school.RosterPlan.Arrival;
import fr.grandlivre.store.LedgerReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Lists of pupils between their comparison and their application. They live in memory, an hour at most: a list that a stop
 * interrupts was applied as a whole or not at all, and may be sent again. Thread-safe.
 */
@Component
class RosterImports implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RosterImports.class);

    /** About 10 MB each when all are as long as may be. */
    private static final int MOST_KEPT = 32;

    private static final Duration KEPT = Duration.ofHours(1);

    /** A list of a school is recorded in less; longer ones show how far they are. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final SchoolReportQueries rosters;
    private final LedgerReader ledger;
    private final Dispatch dispatch;
    private final ServerClock clock;
    private final Cache<UUID, RosterImport> imports =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    RosterImports(SchoolReportQueries rosters, LedgerReader ledger, Dispatch dispatch, ServerClock clock) {
        this.rosters = rosters;
        this.ledger = ledger;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /**
     * Compares a list with the roster as it is now; changes nothing.
     *
     * @param own     the head's establishment
     * @param pointer of the file in the request
     * @throws ProblemException {@code validation} for what is no list of pupils, {@code not-found} while nobody registered the
     *                          establishment, {@code view-behind} when the roster is being changed faster than it is shown
     */
    RosterImport compare(SignedIn head, Uai own, SchoolYear year, RosterPlan.Scope scope, String pointer, byte[] file) {
        List<RosterLine> lines = RosterFile.read(pointer, file);
        SchoolId school = rosters.school(own).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        // Changes are counted before the roster is read: one in between makes the comparison outdated, never wrong.
        int seen = (int) ledger.lastSeq(StreamIds.roster(school, year)).orElse(-1) + 1;
        dispatch.awaitAll(SchoolReportQueries.VIEW);
        RosterPlan plan =
                RosterComparison.compare(lines, rosters.known(school, year), scope, ParisDays.of(clock.now()));
        Map<Integer, LearnerId> arriving = new HashMap<>();
        plan.of(Arrival.class).stream()
                .filter(arrival -> arrival.known() == null)
                .forEach(arrival -> arriving.put(arrival.line(), new LearnerId(UUID.randomUUID())));
        RosterImport compared = new RosterImport(
                UUID.randomUUID(),
                head.account(),
                own,
                school,
                year,
                scope,
                plan,
                Map.copyOf(arriving),
                seen,
                clock.now(),
                RosterImport.State.READY,
                0,
                Optional.empty());
        imports.put(compared.id(), compared);
        return compared;
    }

    /**
     * @return the import as it is now
     * @throws ProblemException {@code not-found} when it is another establishment's, unknown or forgotten
     */
    RosterImport find(Uai own, UUID id) {
        return kept(own, id).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return the import as it is now; empty when it is another establishment's, unknown or forgotten */
    Optional<RosterImport> kept(Uai own, UUID id) {
        return Optional.ofNullable(imports.getIfPresent(id))
                .filter(one -> one.uai().equals(own));
    }

    /**
     * Applies an import, once, and waits a little for it.
     *
     * @return the import as it then is; being applied when it takes longer
     * @throws ProblemException when it was refused, or could not be recorded: nothing was changed
     */
    RosterImport apply(SignedIn head, UUID id, CommandKey key) {
        AtomicBoolean mine = new AtomicBoolean();
        RosterImport one = imports.asMap().computeIfPresent(id, (_, before) -> {
            mine.set(before.state() == RosterImport.State.READY || before.state() == RosterImport.State.FAILED);
            return mine.get() ? before.applying() : before;
        });
        if (one == null) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        if (mine.get()) {
            Future<?> work = workers.submit(() -> record(one, key, head));
            try {
                work.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                LOG.info("A list of {} pupils is being recorded", one.plan().rows());
            } catch (ExecutionException defect) {
                throw new IllegalStateException("an import ended without an outcome", defect);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        RosterImport now = find(one.uai(), id);
        now.problem().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return now;
    }

    private void record(RosterImport one, CommandKey key, SignedIn head) {
        try {
            Done done = dispatch.send(one.command(), key, head, Role.HEAD);
            change(one.id(), before -> before.applied(done.position()));
        } catch (ProblemException refused) {
            change(one.id(), before -> before.failed(refused.problem()));
        } catch (RuntimeException defect) {
            LOG.error("A list of {} pupils could not be recorded", one.plan().rows(), defect);
            change(one.id(), before -> before.failed(Problem.of(Slug.INTERNAL)));
        }
    }

    private void change(UUID id, UnaryOperator<RosterImport> change) {
        imports.asMap().computeIfPresent(id, (_, before) -> change.apply(before));
    }

    /** @return how many of its events the pages show already */
    long shown(RosterImport one) {
        if (one.state() != RosterImport.State.APPLIED || one.events() == 0) {
            return 0;
        }
        long first = one.position() - one.events();
        return Math.clamp(rosters.position() - first, 0, one.events());
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
