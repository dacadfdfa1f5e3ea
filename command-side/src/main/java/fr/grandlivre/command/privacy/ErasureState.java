package fr.grandlivre.command.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.privacy.ErasureEvent;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequestWithdrawn;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldLifted;
import fr.grandlivre.events.privacy.ErasureEvent.HoldPlaced;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the events about erasing one person's data amount to.
 *
 * @param request   what is asked for and not carried out yet
 * @param holds     by class, also those whose day is over
 * @param erased    classes that were ever erased
 * @param receipted positions of the erasures that were carried through
 */
record ErasureState(Optional<Request> request, Map<DataClass, Hold> holds, Set<DataClass> erased, Set<Long> receipted) {
    static final ErasureState NOTHING = new ErasureState(Optional.empty(), Map.of(), Set.of(), Set.of());

    ErasureState {
        holds = Map.copyOf(holds);
        erased = Set.copyOf(erased);
        receipted = Set.copyOf(receipted);
    }

    /** @return what all events of a person's stream amount to */
    static ErasureState of(List<LedgerEvent> events) {
        ErasureState state = NOTHING;
        for (LedgerEvent event : events) {
            state = state.evolve((ErasureEvent) event);
        }
        return state;
    }

    /** A request that waits for somebody else. */
    record Request(List<DataClass> classes, Basis basis, AccountId requester) {}

    /** A hold on one class. */
    record Hold(HoldBasis basis, LocalDate until, AccountId placer) {
        boolean isInForce(LocalDate today) {
            return !today.isAfter(until);
        }
    }

    /** @return the same, what is held of an absorbed account of the person held as well, for as long as either says */
    ErasureState heldAs(ErasureState absorbed) {
        Map<DataClass, Hold> longest = new HashMap<>(holds);
        absorbed.holds()
                .forEach((dataClass, hold) -> longest.merge(
                        dataClass, hold, (one, other) -> one.until().isBefore(other.until()) ? other : one));
        return new ErasureState(request, longest, erased, receipted);
    }

    /** @return the state after the event */
    ErasureState evolve(ErasureEvent event) {
        return switch (event) {
            case ErasureRequested(var _, var classes, var basis, var requester) ->
                new ErasureState(Optional.of(new Request(classes, basis, requester)), holds, erased, receipted);
            case ErasureRequestWithdrawn _ -> new ErasureState(Optional.empty(), holds, erased, receipted);
            case PersonErased(var _, var classes, var _, var _) -> {
                Set<DataClass> after = new HashSet<>(erased);
                after.addAll(classes);
                yield new ErasureState(
                        request.filter(open -> !classes.containsAll(open.classes())), holds, after, receipted);
            }
            case ErasureReceipted(var _, long position, int _, var _) -> {
                Set<Long> after = new HashSet<>(receipted);
                after.add(position);
                yield new ErasureState(request, holds, erased, after);
            }
            case HoldPlaced(var _, var dataClass, var basis, var until, var placer) -> {
                Map<DataClass, Hold> after = new HashMap<>(holds);
                after.put(dataClass, new Hold(basis, until, placer));
                yield new ErasureState(request, after, erased, receipted);
            }
            case HoldLifted(var _, var dataClass) -> {
                Map<DataClass, Hold> after = new HashMap<>(holds);
                after.remove(dataClass);
                yield new ErasureState(request, after, erased, receipted);
            }
        };
    }
}
