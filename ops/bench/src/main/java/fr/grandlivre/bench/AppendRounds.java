package fr.grandlivre.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every way of appending, one after the other at the same number of callers, in a fresh database each round. */
final class AppendRounds {
    private static final List<Integer> CALLERS = List.of(1, 8, 32, 128, 256);
    private static final List<Integer> CALLERS_QUICK = List.of(8, 32);

    /** With how many callers a way is measured at most; the others at all of {@link #CALLERS}. */
    private static final int RAW_AT_MOST = 128;

    private static final int STOCK_AT_MOST = 32;
    private static final List<Integer> WRITER = List.of(32, 256);

    /** Answers a second that nobody reaches: so many are worked out before callers of {@link RecordedAnswers} begin. */
    private static final int ANSWERS_AT_MOST = 25_000;

    private final Server server;
    private final Answers answers = new Answers();
    private final Options options;
    private final Measurements measurements;
    private final ClosedLoop loop;
    private final AnswerScripts scripts;
    private final Path directory;
    private final Path masterKey;

    /** @param directory for the master key and the last checkpoint */
    AppendRounds(Server server, Options options, Measurements measurements, Path directory) {
        this.scripts = new AnswerScripts(Instant.now());
        this.directory = directory;
        this.masterKey = directory.resolve("master-key");
        this.server = server;
        this.options = options;
        this.measurements = measurements;
        this.loop = new ClosedLoop(server.postmaster());
    }

    void round(int round) throws Exception {
        String database = "append_" + round;
        server.createDatabase(database);
        RawInserts raw = new RawInserts(server.owner(database), answers);
        try (StockEngine stock = new StockEngine(server.owner(database), answers, STOCK_AT_MOST);
                Ledger ledger = new Ledger(server, database);
                CommandPath path = new CommandPath(ledger, answers)) {
            AppendSubject writer = WriterAlone.over(ledger, answers, WriterAlone.NAME);
            AppendSubject sealedWriter = WriterAlone.over(ledger, answers, WriterAlone.SEALED);
            Sealing sealing = new Sealing(ledger, directory);
            RecordedAnswers learners = new RecordedAnswers(ledger, scripts, masterKey);
            AppendSubject recordedAnswers = learners.subject();
            Optional<MessageDb> messageDb = MessageDb.install(MessageDb.fetched(), server.owner(database), answers);
            for (int callers : options.quick() ? CALLERS_QUICK : CALLERS) {
                List<AppendSubject> subjects = new ArrayList<>();
                if (callers <= RAW_AT_MOST) {
                    subjects.add(raw);
                }
                if (callers <= STOCK_AT_MOST) {
                    subjects.addAll(stock.subjects());
                    messageDb.map(MessageDb::subjects).ifPresent(subjects::addAll);
                }
                subjects.addAll(path.subjects());
                subjects.add(recordedAnswers);
                if (WRITER.contains(callers)) {
                    subjects.add(writer);
                }
                learners.prepare(callers, ANSWERS_AT_MOST, options.pace());
                for (AppendSubject subject : subjects) {
                    measure(subject, callers, round);
                }
                if (WRITER.contains(callers)) {
                    int count = callers;
                    sealing.during(() -> measure(sealedWriter, count, round));
                }
            }
        }
        server.dropDatabase(database);
    }

    private void measure(AppendSubject subject, int callers, int round) throws Exception {
        Measurement measurement = checked(loop, options.pace(), subject, callers, round);
        measurements.add(measurement);
        Report.progress(measurement);
    }

    /**
     * Measures one subject, and compares what its callers were told with what it stored.
     *
     * @throws IllegalStateException when an acknowledgement has no row, or a row no acknowledgement
     */
    static Measurement checked(ClosedLoop loop, Pace pace, AppendSubject subject, int callers, int round)
            throws Exception {
        long head = subject.head();
        ClosedLoop.Run run = loop.run(subject.callers(callers), pace);
        AppendSubject.Stored stored = subject.storedAfter(head);
        if (stored.calls() != run.acknowledged()) {
            throw new IllegalStateException(
                    "%s: %d acknowledged, %d stored".formatted(subject.name(), run.acknowledged(), stored.calls()));
        }
        return Measurement.of(
                Options.Part.APPEND, subject.name(), callers, round, run, stored.eventsEach(), stored.meanBatch());
    }
}
