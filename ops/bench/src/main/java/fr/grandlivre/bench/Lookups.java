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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

    /** All columns, as the queries read them. */
    private static final String ROW = "select * from verification.certificate where code = ?";

    private static final String FILL = """
        insert into verification.certificate (code, certificate_id, learner, first_name, last_name, birth_date,
            key_mac, framework, max_reachable_level, exam_date, delivered_date, valid_until, centre_name, levels,
            pix, pix_max, overall_level, position)
        select code, gen_random_uuid(), gen_random_uuid(), 'Camille', 'Exemple', date '2010-05-04',
               'c2lnbmF0dXJlLW9mLTQzLWNoYXJhY3RlcnMtYmFzZTY0', '2026', 8, date '2026-04-02', date '2026-06-01',
               date '2029-06-01', 'Collège Exemple, Lille', '1.1=3 1.2=4 2.1=2 2.2=5 3.1=3 4.1=4 5.1=2', 371, 1024,
               3, place
        from unnest(?) with ordinality as c (code, place)\
        """;

    private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";
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
        codes = codes(certificates);
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

    private static List<String> codes(int count) {
        Random random = new Random(Answers.SEED);
        return random.ints(2L * count, 0, Integer.MAX_VALUE)
                .mapToObj(Lookups::code)
                .distinct()
                .limit(count)
                .toList();
    }

    private static String code(int seed) {
        Random random = new Random(seed);
        StringBuilder code = new StringBuilder("P-");
        for (int i = 0; i < 8; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    private void fill() throws SQLException {
        ViewSchema view = new ViewSchema("verification", new JdbcTemplate(pool));
        view.create(new VerificationProjection());
        try (Connection connection = unpooled.getConnection();
                PreparedStatement insert = connection.prepareStatement(FILL)) {
            insert.setArray(1, connection.createArrayOf("text", codes.toArray()));
            insert.executeUpdate();
        }
        Server.execute(unpooled, "vacuum analyze verification.certificate");
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
                        case SELECT -> selecting();
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

    private Caller selecting() throws SQLException {
        Connection connection = unpooled.getConnection();
        PreparedStatement select = connection.prepareStatement(ROW);
        return new Caller() {
            @Override
            public void call() throws SQLException {
                select.setString(1, anyCode());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("a code that was filled in is not there");
                    }
                }
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
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
