package fr.grandlivre.query.live;

import fr.grandlivre.query.LongStatements;
import fr.grandlivre.query.ViewSchema;

/**
 * The lock under which a live view is folded (shared) or exchanged for a rebuilt one (exclusive), on every node.
 * Held until the end of the transaction.
 */
public final class ViewLock {
    private ViewLock() {}

    /** Waits while the view is being exchanged. */
    public static void shared(ViewSchema view) {
        take("pg_advisory_xact_lock_shared", view);
    }

    /** Waits until no batch is being folded into the view, then keeps new ones out. */
    public static void exclusive(ViewSchema view) {
        take("pg_advisory_xact_lock", view);
    }

    private static void take(String function, ViewSchema view) {
        String statement = "SELECT " + function + "(hashtext('grand-livre/view'), hashtext(?))";
        LongStatements.during(view.jdbc(), () -> {
            view.jdbc().query(statement, row -> {}, view.name());
            return view;
        });
    }
}
