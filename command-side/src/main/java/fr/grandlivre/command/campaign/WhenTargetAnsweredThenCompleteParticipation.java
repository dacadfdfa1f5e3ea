package fr.grandlivre.command.campaign;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.campaign.CampaignCommand.CompleteParticipation;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.ParticipationId;
import java.util.List;
import java.util.UUID;

/**
 * A participation is complete when nothing is left to ask in its target: found after each answer given in it, and at its
 * start for those who knew everything before. Seen twice, an event has one effect. Thread-safe.
 */
public final class WhenTargetAnsweredThenCompleteParticipation {
    private final Commands commands;

    public WhenTargetAnsweredThenCompleteParticipation(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param eventId       id of the event, from which the id of the command is derived
     * @param correlationId first command of the chain
     * @return what became of the participation; empty for an answer outside campaigns
     */
    public List<Outcome> on(AnswerRecorded answer, UUID eventId, UUID correlationId) {
        return answer.participation() == null
                ? List.of()
                : List.of(complete(answer.participation(), eventId, correlationId));
    }

    /** @return what became of the participation */
    public List<Outcome> on(ParticipationStarted started, UUID eventId, UUID correlationId) {
        return List.of(complete(started.participation(), eventId, correlationId));
    }

    private Outcome complete(ParticipationId participation, UUID eventId, UUID correlationId) {
        return commands.dispatch(
                new CompleteParticipation(participation),
                Caller.policy("complete-participation/" + participation, eventId, correlationId));
    }
}
