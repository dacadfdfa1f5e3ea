package fr.grandlivre.bench;

/** One of the callers of a closed loop: it calls again as soon as it is answered. Used by one thread. */
@FunctionalInterface
interface Caller extends AutoCloseable {
    /** Makes one call; it is acknowledged when this returns. */
    void call() throws Exception;

    @Override
    default void close() throws Exception {}
}
