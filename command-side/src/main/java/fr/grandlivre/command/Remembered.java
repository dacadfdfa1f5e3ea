package fr.grandlivre.command;

import java.util.function.Supplier;

/**
 * Whether a decision rests on what this node remembers of its streams. An append finds out whether that was still true,
 * a refusal does not: with several nodes it must be decided again on what the ledger holds. For one thread.
 */
final class Remembered {
    private static final ScopedValue<Remembered> CURRENT = ScopedValue.newInstance();

    private final boolean allowed;
    private boolean used;

    private Remembered(boolean allowed) {
        this.allowed = allowed;
    }

    /** @return for a decision that may use what this node remembers */
    static Remembered allowed() {
        return new Remembered(true);
    }

    /** @return for a decision that reads everything from the ledger */
    static Remembered forbidden() {
        return new Remembered(false);
    }

    <R> R during(Supplier<R> decision) {
        return ScopedValue.where(CURRENT, this).call(decision::get);
    }

    /** @return whether an aggregate from memory took part */
    boolean wasUsed() {
        return used;
    }

    /** @return whether an aggregate from memory may take part in the decision under way; then it counts as used */
    static boolean use() {
        if (!CURRENT.isBound()) {
            return true;
        }
        Remembered current = CURRENT.get();
        current.used |= current.allowed;
        return current.allowed;
    }
}
