package fr.grandlivre.command.school;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.school.SchoolCommand.TakeOverPlace;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.util.List;
import java.util.UUID;

/** A pupil's line on a roster names the account that goes on. Thread-safe. */
public final class WhenAccountsMergedThenTakeOverPlaces {
    private final Commands commands;
    private final PlaceDirectory places;

    public WhenAccountsMergedThenTakeOverPlaces(Commands commands, PlaceDirectory places) {
        this.commands = commands;
        this.places = places;
    }

    /**
     * @param eventId       id of the event, from which the ids of the commands are derived
     * @param correlationId first command of the chain
     * @return what became of each roster; a refusal is to be parked, not dropped
     */
    public List<Outcome> on(AccountsMerged merged, UUID eventId, UUID correlationId) {
        LearnerId survivor = new LearnerId(merged.survivor().value());
        LearnerId absorbed = new LearnerId(merged.absorbed().value());
        return places.of(absorbed).stream()
                .map(roster -> commands.dispatch(
                        new TakeOverPlace(roster.school(), roster.schoolYear(), survivor, absorbed),
                        Caller.policy(
                                "take-over-place/" + roster.school() + "/" + roster.schoolYear(),
                                eventId,
                                correlationId)))
                .toList();
    }
}
