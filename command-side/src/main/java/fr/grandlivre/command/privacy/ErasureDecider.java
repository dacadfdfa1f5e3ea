package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.privacy.ErasureCommand.ErasePerson;
import fr.grandlivre.command.privacy.ErasureCommand.LiftHold;
import fr.grandlivre.command.privacy.ErasureCommand.PlaceHold;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.command.privacy.ErasureCommand.ReceiptErasure;
import fr.grandlivre.command.privacy.ErasureCommand.RequestErasure;
import fr.grandlivre.command.privacy.ErasureCommand.WithdrawErasureRequest;
import fr.grandlivre.command.privacy.ErasureState.Hold;
import fr.grandlivre.command.privacy.ErasureState.Request;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequestWithdrawn;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.HoldLifted;
import fr.grandlivre.events.privacy.ErasureEvent.HoldPlaced;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides about erasing, and keeping, a person's data. Pure. */
final class ErasureDecider {
    private ErasureDecider() {}

    /**
     * @param examRunning whether the person sits an exam at this moment
     * @param today       civil day, Europe/Paris
     * @return {@code legal-hold} with basis, last day and classes, {@code exam-running}, {@code same-person} or
     *     {@code dates-inverted} when refused
     */
    static Decision decide(ErasureState state, ErasureCommand command, boolean examRunning, LocalDate today) {
        return switch (command) {
            case RequestErasure request ->
                held(state, request.classes(), today).orElseGet(() -> request(state, request));
            case WithdrawErasureRequest(var person) ->
                state.request().filter(open -> open.requester().equals(person)).isPresent()
                        ? new Accepted(new ErasureRequestWithdrawn(person))
                        : Accepted.nothing();
            case ErasePerson erase ->
                held(state, erase.classes(), today)
                        .orElseGet(() -> examRunning ? new Refused(Refusal.EXAM_RUNNING) : erase(state, erase));
            // What was erased lawfully stays erased, whatever happened since.
            case ReapplyErasure(var person, var classes, var kids, var basis) ->
                new Accepted(new PersonErased(person, classes, kids, basis));
            case ReceiptErasure(var person, long position, int residual, var receipt) ->
                state.receipted().contains(position)
                        ? Accepted.nothing()
                        : new Accepted(new ErasureReceipted(person, position, residual, receipt));
            case PlaceHold(var person, var dataClass, var basis, var until, var placer) ->
                place(state, new HoldPlaced(person, dataClass, basis, until, placer), today);
            case LiftHold lift -> lift(state, lift, today);
        };
    }

    private static Optional<Decision> held(ErasureState state, List<DataClass> classes, LocalDate today) {
        List<DataClass> held = classes.stream()
                .filter(state.holds()::containsKey)
                .filter(dataClass -> hold(state, dataClass).isInForce(today))
                .toList();
        return held.stream()
                .map(dataClass -> hold(state, dataClass))
                .max(Comparator.comparing(Hold::until))
                .map(last -> new Refused(
                        Refusal.LEGAL_HOLD,
                        Map.of(
                                "basis",
                                last.basis().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                "until",
                                last.until().toString(),
                                "classes",
                                held.stream().map(DataClass::name).sorted().toList())));
    }

    private static Hold hold(ErasureState state, DataClass dataClass) {
        Hold hold = state.holds().get(dataClass);
        if (hold == null) {
            throw new AssertionError("asked only for classes that are held");
        }
        return hold;
    }

    private static Decision request(ErasureState state, RequestErasure request) {
        return ask(state, request.person(), request.classes(), Basis.PERSON_REQUEST, request.person());
    }

    private static Decision erase(ErasureState state, ErasePerson erase) {
        if (erase.kids().isEmpty() && state.erased().containsAll(erase.classes())) {
            return Accepted.nothing();
        }
        Optional<Request> seconded = state.request()
                .filter(open -> !open.requester().equals(erase.actor())
                        && open.classes().containsAll(erase.classes()));
        return seconded.<Decision>map(open ->
                        new Accepted(new PersonErased(erase.person(), erase.classes(), erase.kids(), open.basis())))
                .orElseGet(() -> ask(state, erase.person(), erase.classes(), erase.basis(), erase.actor()));
    }

    private static Decision ask(
            ErasureState state, AccountId person, List<DataClass> classes, Basis basis, AccountId requester) {
        return state.request().equals(Optional.of(new Request(classes, basis, requester)))
                ? Accepted.nothing()
                : new Accepted(new ErasureRequested(person, classes, basis, requester));
    }

    private static Decision place(ErasureState state, HoldPlaced wanted, LocalDate today) {
        if (wanted.until().isBefore(today)) {
            return new Refused(Refusal.DATES_INVERTED);
        }
        Hold standing = state.holds().get(wanted.dataClass());
        if (standing == null) {
            return new Accepted(wanted);
        }
        if (standing.basis() == wanted.basis() && standing.until().equals(wanted.until())) {
            return Accepted.nothing();
        }
        // To shorten a hold is to lift it: not by the person who placed it.
        return standing.isInForce(today)
                        && wanted.until().isBefore(standing.until())
                        && standing.placer().equals(wanted.placer())
                ? new Refused(Refusal.SAME_PERSON)
                : new Accepted(wanted);
    }

    private static Decision lift(ErasureState state, LiftHold lift, LocalDate today) {
        Hold standing = state.holds().get(lift.dataClass());
        if (standing == null || !standing.isInForce(today)) {
            return Accepted.nothing();
        }
        return standing.placer().equals(lift.lifter())
                ? new Refused(Refusal.SAME_PERSON)
                : new Accepted(new HoldLifted(lift.person(), lift.dataClass()));
    }
}
