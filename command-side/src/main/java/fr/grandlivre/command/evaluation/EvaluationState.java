package fr.grandlivre.command.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What the events of one competence of a learner, or of the learner's tutorials, amount to. */
sealed interface EvaluationState {
    /** One competence of a learner. */
    sealed interface OfCompetence extends EvaluationState {
        /** @return what is known; a stream without events does not tell its competence, the command does */
        Knowledge knowledge(CompetenceCode competence);

        /**
         * @param recordedAt when the event was recorded
         * @return the state after the event
         */
        OfCompetence evolve(EvaluationEvent event, Instant recordedAt);
    }

    /** Nothing has happened. */
    record NotStarted(Frameworks frameworks) implements OfCompetence {
        @Override
        public Knowledge knowledge(CompetenceCode competence) {
            return Knowledge.none(frameworks, competence);
        }

        @Override
        public OfCompetence evolve(EvaluationEvent event, Instant recordedAt) {
            return new Started(knowledge(competenceOf(event))).evolve(event, recordedAt);
        }

        private CompetenceCode competenceOf(EvaluationEvent event) {
            return switch (event) {
                case AnswerRecorded answer -> answer.competence();
                case HistoryAbsorbed absorbed -> absorbed.competence();
                case HistoryHandedOver handed -> handed.competence();
                case TimerStarted(var _, var challenge, var startedAt) ->
                    competenceOf(challenge, frameworks.inForce(startedAt));
                case LevelChanged _,
                        ImprovementStarted _,
                        CompetenceReset _,
                        TutorialSaved _,
                        TutorialUnsaved _,
                        TutorialMarkedUseful _,
                        TutorialUnmarkedUseful _ ->
                    throw new AssertionError("an evaluation begins with a timer, an answer or a merge");
            };
        }

        private static CompetenceCode competenceOf(ChallengeId challenge, Framework framework) {
            return framework
                    .challenge(challenge)
                    .flatMap(asked -> framework.skill(asked.skill()))
                    .orElseThrow(() -> new AssertionError("a timer starts for a challenge of the version in force"))
                    .competence();
        }
    }

    /** Timers started or answers given. */
    record Started(Knowledge knowledge) implements OfCompetence {
        @Override
        public Knowledge knowledge(CompetenceCode competence) {
            return knowledge;
        }

        @Override
        public OfCompetence evolve(EvaluationEvent event, Instant recordedAt) {
            return event instanceof HistoryHandedOver handed
                    ? new HandedOver(knowledge, handed.to())
                    : new Started(knowledge.after(event, recordedAt));
        }
    }

    /** Counts for another account of the same person; nothing more happens here. */
    record HandedOver(Knowledge knowledge, LearnerId to) implements OfCompetence {
        @Override
        public Knowledge knowledge(CompetenceCode competence) {
            return knowledge;
        }

        @Override
        public OfCompetence evolve(EvaluationEvent event, Instant recordedAt) {
            throw new AssertionError("nothing happens to a history that was handed over");
        }
    }

    /**
     * A learner's tutorials.
     *
     * @param saved  put aside
     * @param useful found useful
     */
    record Tutorials(Set<TubeId> saved, Set<TubeId> useful) implements EvaluationState {
        static final Tutorials NONE = new Tutorials(Set.of(), Set.of());

        public Tutorials {
            saved = Set.copyOf(saved);
            useful = Set.copyOf(useful);
        }

        Tutorials evolve(EvaluationEvent event) {
            return switch (event) {
                case TutorialSaved on -> new Tutorials(with(saved, on.tutorial()), useful);
                case TutorialUnsaved off -> new Tutorials(without(saved, off.tutorial()), useful);
                case TutorialMarkedUseful on -> new Tutorials(saved, with(useful, on.tutorial()));
                case TutorialUnmarkedUseful off -> new Tutorials(saved, without(useful, off.tutorial()));
                case AnswerRecorded _,
                        TimerStarted _,
                        LevelChanged _,
                        ImprovementStarted _,
                        CompetenceReset _,
                        HistoryAbsorbed _,
                        HistoryHandedOver _ -> throw new AssertionError("this event belongs to a competence");
            };
        }

        private static Set<TubeId> with(Set<TubeId> tutorials, TubeId more) {
            Set<TubeId> after = new HashSet<>(tutorials);
            after.add(more);
            return after;
        }

        private static Set<TubeId> without(Set<TubeId> tutorials, TubeId less) {
            Set<TubeId> after = new HashSet<>(tutorials);
            after.remove(less);
            return after;
        }
    }
}
