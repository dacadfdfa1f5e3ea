package fr.grandlivre.bench;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.profile.ProfileProjection;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.rules.framework.Frameworks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The profile view from nothing, out of one filled ledger: by rebuild and by streaming processor; and the bare reads. */
final class ReplayRounds implements AutoCloseable {
    static final String STREAMING = "Axon's pooled streaming processor, batch 1,000, profile view";
    static final String REBUILD = "rebuild of the profile view";
    static final String CURSOR = "cursor, bytes only";
    static final String DECODED = "cursor and decoding";
    static final String DENOMINATOR = STREAMING;
    static final String EXPLANATION = """
        All from position 1 to the head of the same ledger: answers and levels of 20,000 learners × competences in \
        random order. The streaming processor reads the ledger through the application's own event store and feeds the \
        same projection, one segment, rows and token in one transaction. The cursor writes nothing. Rates are events \
        of the ledger per second.\
        """;

    private static final int EVENTS = 200_000;
    private static final int EVENTS_QUICK = 10_000;
    private static final int FETCH = 5_000;
    private static final String DATABASE = "replay";

    private final Server server;
    private final Measurements measurements;
    private final Ledger ledger;
    private final EventCodec codec = new EventCodec(EventCatalog.standard());
    private final JdbcTemplate jdbc;
    private final JdbcTransactionManager transactions;
    private final long head;

    ReplayRounds(Server server, Options options, Measurements measurements) throws Exception {
        this.server = server;
        this.measurements = measurements;
        server.createDatabase(DATABASE);
        ledger = new Ledger(server, DATABASE);
        head = new Cohort().fill(ledger, options.quick() ? EVENTS_QUICK : EVENTS);
        ledger.storedAfter(0);
        Server.execute(ledger.owner(), "vacuum analyze");
        jdbc = new JdbcTemplate(ledger.ownerPool());
        transactions = new JdbcTransactionManager(ledger.ownerPool());
    }

    void round(int round) throws Exception {
        measure(CURSOR, round, () -> cursor(false));
        measure(DECODED, round, () -> cursor(true));
        measure(STREAMING, round, this::streaming);
        measure(REBUILD, round, this::rebuild);
    }

    private void measure(String subject, int round, Pass pass) throws Exception {
        ProcessorTime before = ProcessorTime.now(server.postmaster());
        long start = System.nanoTime();
        long events = pass.run();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        ProcessorTime used = ProcessorTime.now(server.postmaster()).minus(before);
        if (events != head) {
            throw new IllegalStateException("%s: %d of %d events".formatted(subject, events, head));
        }
        Measurement measurement = Measurement.ofPass(Options.Part.REPLAY, subject, round, events, elapsed, used);
        measurements.add(measurement);
        Report.progress(measurement);
    }

    private long cursor(boolean decoding) throws SQLException {
        try (Connection connection = ledger.owner().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement("""
                select e.position, e.event_id, t.name, t.version, e.payload
                from ledger.event e join ledger.event_type t on t.id = e.type order by e.position\
                """)) {
                select.setFetchSize(FETCH);
                return read(select, decoding);
            }
        }
    }

    private long read(PreparedStatement select, boolean decoding) throws SQLException {
        long events = 0;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                byte[] payload = row.getBytes(5);
                if (decoding) {
                    codec.decode(row.getObject(2, UUID.class), row.getString(3), row.getInt(4), payload, null);
                }
                events++;
            }
        }
        return events;
    }

    private ProfileProjection projection() {
        return new ProfileProjection(Frameworks.shipped(), ledger.reader(), codec);
    }

    private long rebuild() {
        DeadLetters letters = new DeadLetters(jdbc, Clock.systemUTC());
        letters.create();
        return new Rebuild(
                        ledger.reader(),
                        codec,
                        Answers.NothingPersonal.INSTANCE,
                        jdbc,
                        new TransactionTemplate(transactions),
                        letters)
                .replace(projection(), _ -> {})
                .position();
    }

    /** Leaves the view filled up to the head: the rebuild that follows puts its own in its place. */
    private long streaming() throws Exception {
        ViewSchema live = new ViewSchema("profile", jdbc);
        live.drop();
        ProfileProjection projection = projection();
        live.create(projection);
        return new StreamingReplay(ledger, jdbc, transactions, codec).run(projection, live, head);
    }

    @Override
    public void close() {
        ledger.close();
    }

    @FunctionalInterface
    private interface Pass {
        /** @return events replayed */
        long run() throws Exception;
    }
}
