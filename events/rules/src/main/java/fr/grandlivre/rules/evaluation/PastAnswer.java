package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import java.time.Instant;

/**
 * An answer of the past.
 *
 * @param recorded the event
 * @param at       when it was recorded
 */
public record PastAnswer(AnswerRecorded recorded, Instant at) {}
