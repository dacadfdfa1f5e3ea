package fr.grandlivre.store;

import fr.grandlivre.store.log.LastCheckpoint;
import fr.grandlivre.store.log.Sealer;
import fr.grandlivre.store.log.TestSigner;
import fr.grandlivre.store.log.TransparencyLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Main class of a child process that writes and seals until it is killed, and keeps a history of what it tried and what it was
 * answered: {@code I command events} before, then {@code A command position}, {@code R command} for a refusal.
 */
final class WritingProcess {
    private WritingProcess() {}

    /** @param arguments port, database, callers, history file, seed, file of hot streams */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource source =
                TestServer.dataSource(Integer.parseInt(arguments[0]), arguments[1], TestServer.APP_USER);
        int callers = Integer.parseInt(arguments[2]);
        long seed = Long.parseLong(arguments[4]);
        List<UUID> hot = Files.readAllLines(Path.of(arguments[5])).stream()
                .map(UUID::fromString)
                .toList();
        History history = new History(Path.of(arguments[3]));
        LedgerWriter writer = new LedgerWriter(
                source, Clock.systemUTC(), new LedgerTail(), new SimpleMeterRegistry(), WriterSettings.defaults());
        LedgerReader reader = new LedgerReader(source);
        TestSigner signer = TestSigner.known("ledger.test/log1");
        Sealer sealer = new Sealer(
                source,
                reader,
                new LedgerTail(),
                new TransparencyLog(source, List.of(signer.verifier())),
                signer,
                new LastCheckpoint(Path.of(arguments[3] + ".checkpoint")),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            Random random = new Random(seed + caller);
            threads.add(Thread.startVirtualThread(() -> write(writer, reader, hot, random, history)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sealer.close();
    }

    private static void write(
            LedgerWriter writer, LedgerReader reader, List<UUID> hot, Random random, History history) {
        UUID own = UUID.randomUUID();
        int ownSeq = 0;
        while (true) {
            boolean onHot = random.nextInt(10) == 0;
            int events = 1 + random.nextInt(3);
            try {
                UUID stream = onHot ? hot.get(random.nextInt(hot.size())) : own;
                int seq = onHot ? (int) reader.lastSeq(stream).orElse(-1) + 1 : ownSeq;
                List<StreamAppend> appends = new ArrayList<>();
                appends.add(Requests.events(stream, seq, events));
                if (random.nextInt(4) == 0) {
                    appends.add(Requests.events(UUID.randomUUID(), 0, 1));
                }
                AppendRequest request = new AppendRequest(TimeOrderedId.next(), Requests.NO_FINGERPRINT, appends);
                history.add("I " + request.commandId() + " " + request.eventCount());
                if (append(writer, request, history) && !onHot) {
                    ownSeq += events;
                }
            } catch (LedgerUnavailableException _) {
                // The database is down while the next command is prepared: nothing was tried.
                Thread.onSpinWait();
            }
        }
    }

    /** Asks again under the same id until the outcome is known. */
    private static boolean append(LedgerWriter writer, AppendRequest request, History history) {
        while (true) {
            try {
                Appended appended = writer.append(request).join();
                history.add("A " + request.commandId() + " " + appended.firstPosition());
                return true;
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof StreamConflictException) {
                    history.add("R " + request.commandId());
                    return false;
                }
                if (!(failure.getCause() instanceof LedgerUnavailableException)) {
                    throw failure;
                }
            }
        }
    }

    /** Lines survive the death of this process, not that of the machine. */
    private static final class History {
        private final Writer lines;

        History(Path file) throws IOException {
            lines = Files.newBufferedWriter(
                    file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        synchronized void add(String line) {
            try {
                lines.write(line + "\n");
                lines.flush();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
