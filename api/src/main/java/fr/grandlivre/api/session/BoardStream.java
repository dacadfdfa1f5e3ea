package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * Writes the rows of an invigilation board to a browser as they change, as server-sent events. A board costs a virtual
 * thread, which is the request's own: a row is rendered there like any page. Thread-safe.
 */
@Component
class BoardStream {
    /** Longer than the longest slot; a browser that stays asks again. */
    private static final Duration LONGEST = Duration.ofHours(5);

    /** A browser knows within two of them that the connection is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(8);

    /** How soon a stop of the application, a sign-out or a heartbeat is noticed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** At most so often a board asks the database, however many answers come in. */
    private static final Duration PACE = Duration.ofMillis(200);

    private static final int MOST_BOARDS = 500;

    private final SessionQueries sessions;
    private final ViewPositions views;
    private final ViewResolver templates;
    private final ServerClock clock;
    private final Semaphore places = new Semaphore(MOST_BOARDS);
    private volatile boolean closing;

    BoardStream(
            SessionQueries sessions,
            ViewPositions views,
            @Qualifier("thymeleafViewResolver") ViewResolver templates,
            ServerClock clock) {
        this.sessions = sessions;
        this.views = views;
        this.templates = templates;
        this.clock = clock;
    }

    /** Comes before the web server waits for the requests at work. */
    @EventListener
    void close(ContextClosedEvent stop) {
        closing = true;
    }

    /**
     * Writes until the browser leaves or signs out.
     *
     * @param watches whether the reader may still see the session as it is now
     * @param since   ledger position of the last row that the browser has
     * @throws ProblemException 503 {@code overloaded} when too many boards are open
     */
    void follow(
            SessionId session,
            Predicate<SessionView> watches,
            long since,
            HttpSession browser,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!places.tryAcquire()) {
            throw new ProblemException(Slug.OVERLOADED);
        }
        try {
            response.setContentType("text/event-stream;charset=UTF-8");
            // A proxy that collected the answer would show nothing.
            response.setHeader("X-Accel-Buffering", "no");
            run(new Board(session, watches, request, response), since, browser);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // The browser left, or its reader may not see the board any more and is told so when it asks again.
        } finally {
            places.release();
        }
    }

    private void run(Board board, long since, HttpSession browser) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        long beat = 0;
        long seen = -1;
        long sent = since;
        while (!closing && System.nanoTime() < end && isSignedIn(browser)) {
            if (views.of(SessionQueries.VIEW) > seen) {
                seen = views.of(SessionQueries.VIEW);
                sent = board.send(sent);
            }
            if (System.nanoTime() - beat > HEARTBEAT.toNanos() || beat == 0) {
                board.heartbeat();
                beat = System.nanoTime();
            }
            Thread.sleep(PACE);
            boolean _ = views.await(SessionQueries.VIEW, seen + 1, LOOK);
        }
    }

    private static boolean isSignedIn(HttpSession browser) {
        try {
            return browser.getAttributeNames().hasMoreElements();
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /** One browser's board. */
    private final class Board {
        private final SessionId session;
        private final Predicate<SessionView> watches;
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final Locale language = LocaleContextHolder.getLocale();

        Board(
                SessionId session,
                Predicate<SessionView> watches,
                HttpServletRequest request,
                HttpServletResponse response) {
            this.session = session;
            this.watches = watches;
            this.request = request;
            this.response = response;
        }

        /** @return position of the last row sent */
        long send(long since) throws IOException {
            long sent = since;
            SessionView shown = null;
            for (Candidate changed : sessions.changedSince(session, since)) {
                shown = shown == null ? sessions.byId(session).orElseThrow() : shown;
                if (!watches.test(shown)) {
                    throw new IOException("somebody else was named");
                }
                Map<String, Object> row = Map.of(
                        "sitting", shown, "open", shown.status() == Status.CREATED, "seat", Seat.of(shown, changed));
                write("candidat-" + changed.candidate(), changed.position(), render("row", row));
                sent = changed.position();
            }
            if (shown != null) {
                write(
                        "signalements",
                        sent,
                        render("alerts", Map.of("sitting", shown, "alerts", sessions.openAlerts(session))));
            }
            return sent;
        }

        void heartbeat() throws IOException {
            write("heure", null, render("time", Map.of("at", clock.now())));
        }

        private void write(String event, @Nullable Long id, String data) throws IOException {
            StringBuilder message = new StringBuilder();
            if (id != null) {
                message.append("id: ").append(id).append('\n');
            }
            message.append("event: ").append(event).append('\n');
            data.lines().forEach(line -> message.append("data: ").append(line).append('\n'));
            PrintWriter out = response.getWriter();
            out.append(message.append('\n'));
            if (out.checkError()) {
                throw new IOException("the browser left");
            }
        }

        private String render(String fragment, Map<String, Object> model) throws IOException {
            try {
                View view = templates.resolveViewName("session/board :: " + fragment, language);
                Rendered rendered = new Rendered(response);
                if (view == null) {
                    throw new IllegalStateException("templates render every name");
                }
                view.render(model, request, rendered);
                return rendered.text.toString();
            } catch (IOException | RuntimeException failure) {
                throw failure;
            } catch (Exception checked) {
                throw new IllegalStateException(checked);
            }
        }
    }

    /** Takes what a template writes, and nothing of what it would say about the response. */
    private static final class Rendered extends HttpServletResponseWrapper {
        private final StringWriter text = new StringWriter();

        Rendered(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() {
            return new PrintWriter(text);
        }

        @Override
        public void setContentType(String type) {
            // The stream has a type.
        }

        @Override
        public void setCharacterEncoding(String charset) {
            // And an encoding.
        }

        @Override
        public void setLocale(Locale locale) {
            // And a language.
        }
    }
}
