package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.query.ViewPositions;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that what they show has changed: a short event, after which the page asks for its part again like
 * anybody else. Nothing is rendered here, so nothing leaks here. Thread-safe.
 */
@Component
public class LiveUpdates implements SmartLifecycle {
    /** Name of the event. */
    public static final String CHANGED = "change";

    /** A proxy closes what is silent for longer; a browser that left is noticed at the next beat. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** A class that works moves the view many times a second; a board needs not more than a few. */
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(400);

    /** Beyond it pages live without: «Actualiser» is always there. */
    private static final int MOST_OPEN_PAGES = 500;

    private final ViewPositions views;
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running = true;

    LiveUpdates(ViewPositions views) {
        this.views = views;
    }

    /** What may change, and how to wait for it. */
    public interface Source {
        /** @return a number that grows with each change */
        long changes();

        /**
         * Waits until there are more changes.
         *
         * @param seen     {@link #changes()} before
         * @param patience at most so long; less, for what changes without saying so
         * @return whether to look at the state again
         */
        boolean await(long seen, Duration patience) throws InterruptedException;
    }

    /**
     * @param view  name of the projection that the page shows
     * @param state what the page shows, compared by {@code equals}; asked again whenever the view moves
     * @throws ProblemException {@code overloaded} when too many pages are open
     */
    public SseEmitter follow(String view, Supplier<?> state) {
        Source source = new Moving(view);
        return open(view, source, state, state.get(), source.changes());
    }

    /**
     * The page is told once at the start: what it waits for may have come while it was on its way.
     *
     * @param name   of the thread that tells the page
     * @param source says when to ask again what the page shows
     * @param state  what the page shows, compared by {@code equals}
     * @throws ProblemException {@code overloaded} when too many pages are open
     */
    public SseEmitter follow(String name, Source source, Supplier<?> state) {
        return open(name, source, state, new Object(), Long.MIN_VALUE);
    }

    private SseEmitter open(String name, Source source, Supplier<?> state, Object first, long from) {
        if (!running || open.size() >= MOST_OPEN_PAGES) {
            throw new ProblemException(Problem.of(Slug.OVERLOADED).retryAfter(HEARTBEAT));
        }
        SseEmitter page = new SseEmitter(0L);
        open.add(page);
        page.onCompletion(() -> open.remove(page));
        page.onError(_ -> open.remove(page));
        Thread.ofVirtual().name("live-" + name).start(() -> tell(page, source, state, first, from));
        return page;
    }

    private void tell(SseEmitter page, Source source, Supplier<?> state, Object first, long from) {
        Object shown = first;
        long seen = from;
        long toldNanos = System.nanoTime();
        try {
            page.send(SseEmitter.event().comment("open"));
            while (running && open.contains(page)) {
                boolean moved = source.await(seen, HEARTBEAT);
                seen = source.changes();
                Object now = moved ? state.get() : shown;
                if (now.equals(shown)) {
                    if (System.nanoTime() - toldNanos >= HEARTBEAT.toNanos()) {
                        toldNanos = System.nanoTime();
                        page.send(SseEmitter.event().comment("beat"));
                    }
                } else {
                    shown = now;
                    toldNanos = System.nanoTime();
                    page.send(SseEmitter.event()
                            .id(Long.toString(seen))
                            .name(CHANGED)
                            .data(seen));
                }
                Thread.sleep(AT_MOST_EVERY);
            }
            page.complete();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException _) {
            // The reader has left, or the view is out of reach: the browser connects again by itself.
            page.complete();
        } finally {
            open.remove(page);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for its requests to end: these never end by themselves. */
    @Override
    public void stop() {
        running = false;
        open.forEach(SseEmitter::complete);
        open.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A view that is folded. */
    private final class Moving implements Source {
        private final String view;

        Moving(String view) {
            this.view = view;
        }

        @Override
        public long changes() {
            return views.of(view);
        }

        @Override
        public boolean await(long seen, Duration patience) throws InterruptedException {
            return views.await(view, seen + 1, patience);
        }
    }
}
