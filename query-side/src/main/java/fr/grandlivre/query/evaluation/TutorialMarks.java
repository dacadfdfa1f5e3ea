package fr.grandlivre.query.evaluation;

import fr.grandlivre.events.vocabulary.TubeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * A learner's tutorials.
 *
 * @param saved  put aside, the latest first
 * @param useful found useful
 */
public record TutorialMarks(List<TubeId> saved, Set<TubeId> useful) {
    public TutorialMarks {
        saved = List.copyOf(saved);
        useful = Set.copyOf(useful);
    }

    static TutorialMarks of(SequencedSet<TubeId> savedInOrder, Set<TubeId> useful) {
        return new TutorialMarks(List.copyOf(new LinkedHashSet<>(savedInOrder).reversed()), useful);
    }

    public boolean isSaved(TubeId tutorial) {
        return saved.contains(tutorial);
    }

    public boolean isUseful(TubeId tutorial) {
        return useful.contains(tutorial);
    }
}
