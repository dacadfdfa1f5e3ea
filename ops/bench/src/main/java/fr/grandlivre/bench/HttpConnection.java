package fr.grandlivre.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The least HTTP/1.1 client: one kept connection, opened again when the server ends it, GET and POST, bodies with a length. It shares the cores with what it measures, so
 * it must cost little. For one thread.
 */
public final class HttpConnection implements AutoCloseable {
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private static final String RETRY_AFTER = "retry-after:";
    private static final String CLOSE = "connection: close";

    private final InetSocketAddress address;
    private final @Nullable InetAddress from;
    private final String host;
    private Socket socket;
    private InputStream in;

    public HttpConnection(InetSocketAddress address) throws IOException {
        this(address, null);
    }

    /** @param from address of this machine to call from; null for any */
    HttpConnection(InetSocketAddress address, @Nullable InetAddress from) throws IOException {
        this.address = address;
        this.from = from;
        host = address.getHostString() + ":" + address.getPort();
        socket = connected(address, from);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private static Socket connected(InetSocketAddress address, @Nullable InetAddress from) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort(), from, 0);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /**
     * @return the body
     * @throws IOException when the answer is not 200, or ends early
     */
    byte[] get(String path) throws IOException {
        return get(path, "");
    }

    /**
     * @param headers more headers, each with its line end
     * @return the body
     * @throws IOException when the answer is not 200, or ends early
     */
    byte[] get(String path, String headers) throws IOException {
        Answer answer = answer(path, headers);
        if (answer.status() != 200) {
            throw new IOException("status " + answer.status());
        }
        return answer.body();
    }

    /** @return the answer, whatever its status */
    Answer post(String path, String json) throws IOException {
        return post(path, "", json);
    }

    /**
     * @param headers more headers, each with its line end
     * @param json    US-ASCII
     * @return the answer, whatever its status
     */
    Answer post(String path, String headers, String json) throws IOException {
        return ask("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + json.length() + "\r\n\r\n" + json);
    }

    /**
     * @param headers more headers, each with its line end
     * @return the answer, whatever its status
     */
    public Answer answer(String path, String headers) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n");
    }

    /**
     * One answer.
     *
     * @param againSeconds when to come again; 0 when it does not say so
     */
    @SuppressWarnings("ArrayRecordComponent") // Short-lived, never compared.
    public record Answer(int status, byte[] body, int againSeconds) {}

    private Answer ask(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        int length = -1;
        boolean chunked = false;
        boolean last = false;
        int againSeconds = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).trim());
            } else if (name.equals(CHUNKED)) {
                chunked = true;
            } else if (name.equals(CLOSE)) {
                last = true;
            } else if (name.startsWith(RETRY_AFTER)) {
                againSeconds =
                        Integer.parseInt(header.substring(RETRY_AFTER.length()).trim());
            }
        }
        byte[] body = chunked ? chunks() : in.readNBytes(Math.max(0, length));
        if (!chunked && body.length < length) {
            throw new EOFException("the answer ended after " + body.length + " bytes");
        }
        if (last) {
            // Servers end a connection after so many requests: 100 with Tomcat as it comes.
            socket.close();
            socket = connected(address, from);
            in = new BufferedInputStream(socket.getInputStream());
        }
        return new Answer(Integer.parseInt(status.substring(9, 12)), body, againSeconds);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
