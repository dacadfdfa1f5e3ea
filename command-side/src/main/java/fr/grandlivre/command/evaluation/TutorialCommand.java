package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a learner may do with a tutorial. */
public sealed interface TutorialCommand extends Command {
    /** @return whose shelf */
    LearnerId learner();

    /** @return the tube it is about */
    TubeId tutorial();

    @Override
    default UUID stream() {
        return StreamIds.tutorials(learner());
    }

    /** Puts a tutorial aside; {@code skill} is the failed one after which it was shown, absent elsewhere. */
    record SaveTutorial(
            LearnerId learner, TubeId tutorial, @Nullable SkillId skill) implements TutorialCommand {}

    /** Puts a saved tutorial back. */
    record UnsaveTutorial(LearnerId learner, TubeId tutorial) implements TutorialCommand {}

    /** Says that a tutorial was useful; {@code skill} is the failed one after which it was shown, absent elsewhere. */
    record MarkTutorialUseful(
            LearnerId learner, TubeId tutorial, @Nullable SkillId skill) implements TutorialCommand {}

    /** Takes that back. */
    record UnmarkTutorialUseful(LearnerId learner, TubeId tutorial) implements TutorialCommand {}
}
