package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Event;
import fr.grandlivre.bench.chaos.Run.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Compares what a client saw with what is there. Pure: runs on any dump, also one of production. */
final class Checker {
    /** Stands for commands that no client sent: those of the installation itself. */
    static final UUID INSTALLATION = new UUID(0, 0);

    private final List<Violation> violations = new ArrayList<>();

    private Checker() {}

    /** A promise that may be broken; named as in the reliability page. */
    enum Promise {
        ACKNOWLEDGED_IS_DURABLE,
        ONLY_WHAT_WAS_TRIED,
        POSITIONS_ARE_DENSE_AND_ORDERED,
        NO_EVENT_IS_SKIPPED,
        ONE_COMMAND_ONE_EFFECT,
        NOTHING_TWICE,
        VIEWS_EQUAL_REPLAY,
        REPLAY_HAS_NO_EFFECT,
        LATE_IS_LATE,
        CHANGED_ROWS_ARE_FOUND,
        NOTHING_AFTER_ERASURE,
        READINGS_LEAVE_LINES,
        SCHOOLS_SEE_THEIR_OWN,
        EXPORTS_HOLD_NO_FORMULA,
        LOOK_UPS_ARE_LIMITED
    }

    record Violation(Promise promise, String detail) {}

    /** @return every broken promise; empty when all were kept */
    static List<Violation> check(Run run) {
        Checker checker = new Checker();
        checker.history(run);
        checker.order(run);
        checker.rows(run);
        checker.outside(run);
        return List.copyOf(checker.violations);
    }

    private void broken(Promise promise, String detail) {
        violations.add(new Violation(promise, detail));
    }

    /** acknowledged ⊆ ledger ⊆ attempted; refused ∩ ledger = ∅; unknown at most once. */
    private void history(Run run) {
        Map<UUID, List<Event>> recorded = new HashMap<>();
        run.ledger().stream()
                .filter(event -> !event.command().equals(INSTALLATION))
                .forEach(event -> recorded.computeIfAbsent(event.command(), _ -> new ArrayList<>())
                        .add(event));
        Set<UUID> attempted = new HashSet<>();
        for (Attempt attempt : run.attempts()) {
            attempted.add(attempt.command());
            List<Event> events = recorded.getOrDefault(attempt.command(), List.of());
            if (attempt.outcome() == Outcome.ACKNOWLEDGED
                    && events.stream().noneMatch(event -> event.position() == attempt.position())) {
                broken(
                        Promise.ACKNOWLEDGED_IS_DURABLE,
                        attempt.command() + " was acknowledged at " + attempt.position() + " and is not there");
            }
            if ((attempt.outcome() == Outcome.REFUSED || attempt.outcome() == Outcome.UNCHANGED) && !events.isEmpty()) {
                broken(
                        Promise.ONE_COMMAND_ONE_EFFECT,
                        attempt.command() + " was " + attempt.outcome() + " and is there");
            }
            // The events of one command are appended at once: a second time leaves a gap between them.
            if (!isOneAppend(events)) {
                broken(Promise.ONE_COMMAND_ONE_EFFECT, attempt.command() + " took effect more than once");
            }
        }
        recorded.forEach((command, events) -> {
            if (!attempted.contains(command)) {
                broken(
                        Promise.ONLY_WHAT_WAS_TRIED,
                        command + " was tried by nobody: " + events.getFirst().type() + " at "
                                + events.getFirst().position());
            }
        });
    }

    private static boolean isOneAppend(List<Event> events) {
        Set<String> types = new HashSet<>();
        long first = events.stream().mapToLong(Event::position).min().orElse(0);
        long last = events.stream().mapToLong(Event::position).max().orElse(-1);
        return last - first + 1 == events.size()
                && events.stream().allMatch(event -> types.add(event.stream() + " " + event.type()));
    }

    private void order(Run run) {
        long expected = 1;
        Map<UUID, Integer> next = new HashMap<>();
        Set<UUID> ids = new HashSet<>();
        for (Event event : run.ledger().stream()
                .sorted(Comparator.comparingLong(Event::position))
                .toList()) {
            if (event.position() != expected) {
                broken(
                        Promise.POSITIONS_ARE_DENSE_AND_ORDERED,
                        "after " + (expected - 1) + " comes " + event.position());
            }
            expected = event.position() + 1;
            int seq = next.merge(event.stream(), 1, Integer::sum) - 1;
            if (event.seq() != seq) {
                broken(
                        Promise.POSITIONS_ARE_DENSE_AND_ORDERED,
                        "stream " + event.stream() + " has " + event.seq() + " in the place of " + seq);
            }
            if (!ids.add(event.eventId())) {
                broken(Promise.ONE_COMMAND_ONE_EFFECT, "event " + event.eventId() + " is there twice");
            }
        }
        realTime(run.attempts());
        delivery(run);
    }

    /** What was asked for after an acknowledgement stands behind it. */
    private void realTime(List<Attempt> attempts) {
        List<Attempt> acknowledged = attempts.stream()
                .filter(attempt -> attempt.outcome() == Outcome.ACKNOWLEDGED)
                .toList();
        List<Attempt> answered = acknowledged.stream()
                .sorted(Comparator.comparingLong(Attempt::answered))
                .toList();
        int done = 0;
        long latest = 0;
        for (Attempt attempt : acknowledged.stream()
                .sorted(Comparator.comparingLong(Attempt::invoked))
                .toList()) {
            while (done < answered.size() && answered.get(done).answered() < attempt.invoked()) {
                latest = Math.max(latest, answered.get(done).position());
                done++;
            }
            if (attempt.position() <= latest) {
                broken(
                        Promise.POSITIONS_ARE_DENSE_AND_ORDERED,
                        attempt.command() + " stands at " + attempt.position() + ", asked for after " + latest);
            }
        }
    }

    private void delivery(Run run) {
        long before = 0;
        for (long position : run.delivered()) {
            if (position != before + 1) {
                broken(Promise.NO_EVENT_IS_SKIPPED, "after " + before + " the reader was shown " + position);
            }
            before = position;
        }
    }

    private void rows(Run run) {
        Map<String, Integer> once = new HashMap<>();
        run.ledger().stream()
                .map(Event::effect)
                .filter(effect -> !effect.isEmpty())
                .forEach(effect -> once.merge(effect, 1, Integer::sum));
        once.forEach((effect, times) -> {
            if (times > 1) {
                broken(Promise.NOTHING_TWICE, effect + " is there " + times + " times");
            }
        });
        run.views().forEach((view, digests) -> {
            if (!digests.live().equals(digests.replay())) {
                broken(Promise.VIEWS_EQUAL_REPLAY, view + " differs from a replay");
            }
        });
        run.effects().stream()
                .filter(effect -> effect.times() > 1)
                .forEach(effect -> broken(
                        Promise.REPLAY_HAS_NO_EFFECT,
                        effect.name() + " of " + effect.event() + " " + effect.times() + " times"));
        run.answers().stream()
                .filter(answer -> !answer.recordedAt().isBefore(answer.endsAt()))
                .forEach(answer -> broken(Promise.LATE_IS_LATE, "the answer at " + answer.position()));
        if (run.sealing().findings() > 0) {
            broken(Promise.CHANGED_ROWS_ARE_FOUND, run.sealing().findings() + " findings");
        }
    }

    private void outside(Run run) {
        if (run.erased().left() > 0) {
            broken(
                    Promise.NOTHING_AFTER_ERASURE,
                    run.erased().left() + " of " + run.erased().planted());
        }
        if (run.readings().made() != run.readings().lines()) {
            broken(
                    Promise.READINGS_LEAVE_LINES,
                    run.readings().made() + " readings, " + run.readings().lines() + " lines");
        }
        run.tenants().stream()
                .filter(row -> !row.asked().equals(row.owner()))
                .forEach(row -> broken(Promise.SCHOOLS_SEE_THEIR_OWN, row.asked() + " saw a row of " + row.owner()));
        run.cells().stream()
                .filter(cell -> !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0)
                .forEach(cell -> broken(Promise.EXPORTS_HOLD_NO_FORMULA, "a cell begins with " + cell.charAt(0)));
        run.lookUps().stream()
                .filter(address -> address.answered() > address.budget())
                .forEach(address -> broken(
                        Promise.LOOK_UPS_ARE_LIMITED,
                        address.address() + " had " + address.answered() + " answers of " + address.budget()));
    }
}
