package fr.grandlivre.bench.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between two parties and, when told so, cuts the connection in the moment in which the reply to a write passes, or
 * lets nothing through in either direction as a network does that swallows packets. Thread-safe.
 */
final class Link implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final long LOOK_EVERY_MILLIS = 20;

    /** Who speaks over the link, and so what a write looks like. */
    enum Speech {
        /** A caller and a node. */
        HTTP {
            @Override
            boolean isWrite(byte[] bytes, int count) {
                return has(bytes, count, "POST ");
            }
        },
        /** A node and PostgreSQL: a call of the function that appends, of a connection that has prepared it or not. */
        POSTGRES {
            @Override
            boolean isWrite(byte[] bytes, int count) {
                return count > SHORTEST_APPEND;
            }

            @Override
            boolean makesWriter(byte[] bytes, int count) {
                return has(bytes, count, "application_name = 'ledger-writer'");
            }
        };

        /** Ids, metadata and payload of one event; what else the writer's connection says is shorter. */
        private static final int SHORTEST_APPEND = 400;

        abstract boolean isWrite(byte[] bytes, int count);

        /** @return whether later messages of the connection may be writes */
        boolean makesWriter(byte[] bytes, int count) {
            return false;
        }

        static boolean has(byte[] bytes, int count, String text) {
            return new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    /** Bytes that stand in the place of others of the same length, from the caller to the called. */
    record Forgery(String original, String instead) {
        Forgery {
            if (original.length() != instead.length()) {
                throw new IllegalArgumentException("lengths differ");
            }
        }
    }

    private final ServerSocket listening;
    private final int target;
    private final Speech speech;
    private final @Nullable Forgery forgery;
    private final Random random;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile double share;
    private volatile boolean swallowing;

    /**
     * @param target  a port of this machine
     * @param seed    of the choice which replies are cut
     * @param forgery what is changed on the way, for a fault that is planted
     */
    Link(int target, Speech speech, long seed, @Nullable Forgery forgery) throws IOException {
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.target = target;
        this.speech = speech;
        this.forgery = forgery;
        this.random = new Random(seed);
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** @return replies to writes that were cut so far */
    int cuts() {
        return cuts.get();
    }

    /** @param of the replies to writes, 0..1 */
    void cut(double of) {
        share = of;
    }

    /** Nothing passes until told otherwise; what was sent meanwhile passes then, as the network's retransmissions do. */
    void swallow(boolean everything) {
        swallowing = everything;
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = listening.accept();
                Thread.startVirtualThread(() -> connect(caller));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket caller) {
        try {
            Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
            caller.setTcpNoDelay(true);
            called.setTcpNoDelay(true);
            AtomicLong writes = new AtomicLong();
            Thread.startVirtualThread(() -> forward(caller, called, writes));
            Thread.startVirtualThread(() -> answer(called, caller, writes));
        } catch (IOException _) {
            // Nobody listens there: the caller is told by the end of its connection.
            closeQuietly(caller);
        }
    }

    private void forward(Socket from, Socket to, AtomicLong writes) {
        boolean writer = speech == Speech.HTTP;
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hold();
                if (writer && speech.isWrite(buffer, count)) {
                    writes.incrementAndGet();
                }
                writer |= speech.makesWriter(buffer, count);
                forge(buffer, count);
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // The other direction was cut.
        }
    }

    private void answer(Socket from, Socket to, AtomicLong writes) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hold();
                if (writes.getAndSet(0) > 0 && cut()) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // The other direction was cut.
        }
    }

    private void forge(byte[] buffer, int count) {
        if (forgery == null) {
            return;
        }
        String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(forgery.original());
        if (at >= 0) {
            byte[] instead = forgery.instead().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(instead, 0, buffer, at, instead.length);
        }
    }

    private void hold() throws IOException {
        try {
            while (swallowing) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private synchronized boolean cut() {
        if (random.nextDouble() >= share) {
            return false;
        }
        cuts.incrementAndGet();
        return true;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more.
        }
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
