package fr.grandlivre.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Look-ups of existing verification codes at 8 callers, over one filled view: uncached, then remembered. */
final class LookupRounds implements AutoCloseable {
    static final String DENOMINATOR = Lookups.SELECT;
    static final String EXPLANATION = """
        Closed loop, existing codes at random in a view of 200,000 certificates; nothing is cached in the application \
        unless the subject says so. \
        The HTTP server is the JDK's over the application's query class, without the application's filters, limits and \
        equal-time rule: the application itself costs more. Callers share the cores.\
        """;

    static final int CALLERS = 8;
    private static final int CERTIFICATES = 200_000;
    private static final int CERTIFICATES_QUICK = 5_000;
    private static final String DATABASE = "lookups";

    private final Server server;
    private final Options options;
    private final Measurements measurements;
    private final Lookups lookups;

    LookupRounds(Server server, Options options, Measurements measurements) throws SQLException, IOException {
        this.server = server;
        this.options = options;
        this.measurements = measurements;
        server.createDatabase(DATABASE);
        lookups = new Lookups(server.owner(DATABASE), options.quick() ? CERTIFICATES_QUICK : CERTIFICATES, CALLERS);
    }

    void round(int round) throws Exception {
        ClosedLoop loop = new ClosedLoop(server.postmaster());
        for (String way : List.of(Lookups.SELECT, Lookups.QUERIES, Lookups.HTTP, Lookups.REMEMBERED)) {
            ClosedLoop.Run run = loop.run(lookups.callers(way, CALLERS), options.pace());
            Measurement measurement = Measurement.of(Options.Part.LOOKUP, way, CALLERS, round, run, 1, 0);
            measurements.add(measurement);
            Report.progress(measurement);
        }
    }

    @Override
    public void close() {
        lookups.close();
    }
}
