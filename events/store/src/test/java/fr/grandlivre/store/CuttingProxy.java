package fr.grandlivre.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and PostgreSQL and cuts the connection in the moment in which the reply to a long message
 * passes: the work is done and durable, and the client does not learn of it.
 */
final class CuttingProxy implements Closeable {
    /** What a client sends at least before the reply to it may be cut: an append, not a setting. */
    private static final int LONG_MESSAGE = 2_000;

    private final ServerSocket listening;
    private final int server;
    private final Random random;
    private final double share;
    private final AtomicInteger cuts = new AtomicInteger();

    /**
     * @param server port of PostgreSQL
     * @param seed   of the choice which replies are cut
     * @param share  of the long messages whose reply is cut, 0..1
     */
    CuttingProxy(int server, long seed, double share) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.random = new Random(seed);
        this.share = share;
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
                AtomicLong sent = new AtomicLong();
                Thread.startVirtualThread(() -> forward(client, database, sent));
                Thread.startVirtualThread(() -> answer(database, client, sent));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void forward(Socket from, Socket to, AtomicLong sent) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sent.addAndGet(count);
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // The other direction was cut.
        }
    }

    private void answer(Socket from, Socket to, AtomicLong sent) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (sent.getAndSet(0) > LONG_MESSAGE && cut()) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // The other direction was cut.
        }
    }

    private synchronized boolean cut() {
        if (random.nextDouble() >= share) {
            return false;
        }
        cuts.incrementAndGet();
        return true;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
