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

    /**
     * @param view  name of the projection that the page shows
     * @param state what the page shows, compared by {@code equals}; asked again whenever the view moves
     * @throws ProblemException {@code overloaded} when too many pages are open
     */
    public SseEmitter follow(String view, Supplier<?> state) {
        if (!running || open.size() >= MOST_OPEN_PAGES) {
            throw new ProblemException(Problem.of(Slug.OVERLOADED).retryAfter(HEARTBEAT));
        }
        SseEmitter page = new SseEmitter(0L);
        open.add(page);
        page.onCompletion(() -> open.remove(page));
        page.onError(_ -> open.remove(page));
        Object shown = state.get();
        long seen = views.of(view);
        Thread.ofVirtual().name("live-" + view).start(() -> tell(page, view, state, shown, seen));
        return page;
    }

    private void tell(SseEmitter page, String view, Supplier<?> state, Object first, long from) {
        Object shown = first;
        long seen = from;
        try {
            page.send(SseEmitter.event().comment("open"));
            while (running && open.contains(page)) {
                boolean moved = views.await(view, seen + 1, HEARTBEAT);
                seen = views.of(view);
                Object now = moved ? state.get() : shown;
                if (now.equals(shown)) {
                    if (!moved) {
                        page.send(SseEmitter.event().comment("beat"));
                    }
                } else {
                    shown = now;
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
}
