package fr.grandlivre.query.evaluation;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import java.util.List;
import java.util.Set;

/** Keeps which learner finds which tutorial useful: the only thing about evaluations that spans learners. */
public final class EvaluationProjection implements Projection {
    private static final String UPSERT = """
        INSERT INTO ${schema}.useful_tutorial AS u (tutorial, learner, useful, position) VALUES (?, ?, ?, ?)
        ON CONFLICT (tutorial, learner) DO UPDATE SET useful = EXCLUDED.useful, position = EXCLUDED.position
        WHERE u.position < EXCLUDED.position\
        """;

    @Override
    public String name() {
        return EvaluationQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(TutorialMarkedUseful.class, TutorialUnmarkedUseful.class);
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            switch (recorded.event()) {
                case TutorialMarkedUseful on ->
                    writes.add(UPSERT, on.tutorial().value(), on.learner().value(), true, recorded.position());
                case TutorialUnmarkedUseful off ->
                    writes.add(UPSERT, off.tutorial().value(), off.learner().value(), false, recorded.position());
                default -> throw new IllegalArgumentException("not asked for");
            }
        }
        writes.into(view);
    }
}
