package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.evaluation.EvaluationCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnmarkTutorialUseful;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * The tutorials that somebody saved or found useful in the absorbed account are saved and useful in the surviving one. What
 * one person finds useful counts once. Thread-safe.
 */
public final class WhenAccountsMergedThenMoveTutorials {
    private final Commands commands;
    private final LedgerHistory history;

    public WhenAccountsMergedThenMoveTutorials(Commands commands, LedgerHistory history) {
        this.commands = commands;
        this.history = history;
    }

    /**
     * @param eventId       id of the event, from which the ids of the commands are derived
     * @param correlationId first command of the chain
     * @return what became of each tutorial that is still there; a refusal is to be parked, not dropped
     */
    public List<Outcome> on(AccountsMerged merged, UUID eventId, UUID correlationId) {
        LearnerId survivor = new LearnerId(merged.survivor().value());
        LearnerId absorbed = new LearnerId(merged.absorbed().value());
        return moves(history.of(StreamIds.tutorials(absorbed)), survivor, absorbed).stream()
                .map(move -> commands.dispatch(
                        move,
                        Caller.policy(
                                "move-tutorial/" + move.getClass().getSimpleName() + "/" + move.tutorial(),
                                eventId,
                                correlationId)))
                .filter(outcome ->
                        !(outcome instanceof Outcome.Refused(var code, var _) && code == Refusal.UNKNOWN_TUTORIAL))
                .toList();
    }

    /** @return the commands, those saved first saved first again */
    private static List<OfTutorial> moves(List<LedgerEvent> events, LearnerId survivor, LearnerId absorbed) {
        SequencedMap<TubeId, TutorialSaved> saved = new LinkedHashMap<>();
        SequencedMap<TubeId, TutorialMarkedUseful> useful = new LinkedHashMap<>();
        for (LedgerEvent event : events) {
            switch (event) {
                case TutorialSaved on -> saved.put(on.tutorial(), on);
                case TutorialUnsaved off -> saved.remove(off.tutorial());
                case TutorialMarkedUseful on -> useful.put(on.tutorial(), on);
                case TutorialUnmarkedUseful off -> useful.remove(off.tutorial());
                default -> throw new AssertionError("no event of a learner's tutorials");
            }
        }
        List<OfTutorial> moves = new ArrayList<>();
        saved.values().forEach(on -> moves.add(new SaveTutorial(survivor, on.tutorial(), on.skill())));
        useful.values().forEach(on -> {
            moves.add(new MarkTutorialUseful(survivor, on.tutorial(), on.skill()));
            moves.add(new UnmarkTutorialUseful(absorbed, on.tutorial()));
        });
        return moves;
    }
}
