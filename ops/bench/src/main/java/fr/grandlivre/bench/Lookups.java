package fr.grandlivre.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.verification.RememberedCertificates;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.query.verification.VerificationProjection;
import fr.grandlivre.query.verification.VerificationQueries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A filled verification view, and ways to look a code up in it. Thread-safe. */
final class Lookups implements AutoCloseable {
    static final String SELECT = "primary-key SELECT by JDBC";
    static final String QUERIES = "VerificationQueries in the process";
    static final String HTTP = "VerificationQueries behind a bare HTTP server, keep-alive";
    static final String REMEMBERED = "RememberedCertificates behind the same server, 10,000 codes";

    private static final String UNCACHED = "/verifications/";
    private static final String CACHED = "/remembered/";

    /** As many certificates as are asked for again and again on a day of results, on one node. */
    private static final int OFTEN_ASKED = 10_000;

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

    private final DataSource unpooled;
    private final HikariDataSource pool;
    private final List<String> codes;
    private final VerificationQueries queries;
    private final RememberedCertificates remembered;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;

    /**
     * @param owner        connections to an empty database
     * @param certificates rows in the view
     * @param callersAtMost connections of the pool
     */
    Lookups(DataSource owner, int certificates, int callersAtMost) throws SQLException, IOException {
        unpooled = owner;
        HikariConfig config = new HikariConfig();
        config.setDataSource(owner);
        config.setMaximumPoolSize(callersAtMost);
        pool = new HikariDataSource(config);
        codes = CertificateRows.codes(certificates);
        fill();
        queries = new VerificationQueries(new JdbcTemplate(pool));
        remembered = new RememberedCertificates(queries);
        long pause = RememberedCertificates.REFRESHED_EVERY.toMillis();
        var _ = refreshing.scheduleWithFixedDelay(remembered::refresh, 0, pause, TimeUnit.MILLISECONDS);
        // The server writes head and body apart: without this the client's delayed acknowledgement costs 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(requests);
        http.createContext(UNCACHED, exchange -> answer(exchange, this::answer));
        http.createContext(
                CACHED,
                exchange -> answer(
                        exchange,
                        code -> remembered.answering(code).orElseThrow().on(TODAY)));
        http.start();
    }

    private static void answer(HttpExchange exchange, Function<VerificationCode, Verification> look)
            throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body =
                    CanonicalJson.bytes(look.apply(new VerificationCode(path.substring(path.lastIndexOf('/') + 1))));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void fill() throws SQLException {
        ViewSchema view = new ViewSchema("verification", new JdbcTemplate(pool));
        view.create(new VerificationProjection());
        CertificateRows.fill(unpooled, codes);
    }

    private String anyCode() {
        return anyOf(codes);
    }

    private static String anyOf(List<String> codes) {
        return codes.get(ThreadLocalRandom.current().nextInt(codes.size()));
    }

    /** @return callers of one way */
    List<Caller> callers(String way, int count) throws SQLException, IOException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(
                    switch (way) {
                        case SELECT -> CertificateRows.selecting(unpooled, this::anyCode);
                        case QUERIES -> this::ask;
                        case HTTP -> requesting(UNCACHED, codes);
                        case REMEMBERED -> requesting(CACHED, codes.subList(0, Math.min(codes.size(), OFTEN_ASKED)));
                        default -> throw new IllegalArgumentException(way);
                    });
        }
        return callers;
    }

    private Verification answer(VerificationCode code) {
        return queries.byCode(code, TODAY).orElseThrow();
    }

    private void ask() {
        VerificationCode code = new VerificationCode(anyCode());
        if (!answer(code).code().equals(code)) {
            throw new IllegalStateException("the answer is about another code");
        }
    }

    private Caller requesting(String path, List<String> asked) throws IOException {
        HttpConnection connection = new HttpConnection(http.getAddress());
        return new Caller() {
            @Override
            public void call() throws IOException {
                connection.get(path + anyOf(asked));
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    @Override
    public void close() {
        http.stop(0);
        refreshing.shutdownNow();
        requests.close();
        pool.close();
    }
}
