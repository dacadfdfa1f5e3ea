package fr.grandlivre.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The least HTTP/1.1 client: one kept connection, opened again when the server ends it, GET and POST, bodies with a length
 * or in chunks. It shares the cores with what it measures, so it must cost little: the head is read where it lies. For one
 * thread.
 */
public final class HttpConnection implements AutoCloseable {
    private static final byte[] LENGTH = ascii("content-length:");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked");
    private static final byte[] RETRY_AFTER = ascii("retry-after:");
    private static final byte[] CLOSE = ascii("connection: close");

    /** Behind {@code HTTP/1.1} and a space. */
    private static final int STATUS_AT = 9;

    /** More than the longest head of an answer. */
    private static final int BUFFER_BYTES = 16 << 10;

    private final InetSocketAddress address;
    private final @Nullable InetAddress from;
    private final String host;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private Socket socket;

    /** What was read and not taken yet: from here to {@link #filled}. */
    private int next;

    private int filled;
    private int lineBegin;
    private int lineEnd;

    public HttpConnection(InetSocketAddress address) throws IOException {
        this(address, null);
    }

    /** @param from address of this machine to call from; null for any */
    HttpConnection(InetSocketAddress address, @Nullable InetAddress from) throws IOException {
        this.address = address;
        this.from = from;
        host = address.getHostString() + ":" + address.getPort();
        socket = connected();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort(), from, 0);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
        readLine();
        int status = number(STATUS_AT, STATUS_AT + 3);
        int length = -1;
        boolean chunked = false;
        boolean last = false;
        int againSeconds = 0;
        for (readLine(); lineEnd > lineBegin; readLine()) {
            if (lineBeginsWith(LENGTH)) {
                length = number(LENGTH.length, lineEnd - lineBegin);
            } else if (lineBeginsWith(CHUNKED)) {
                chunked = true;
            } else if (lineBeginsWith(CLOSE)) {
                last = true;
            } else if (lineBeginsWith(RETRY_AFTER)) {
                againSeconds = number(RETRY_AFTER.length, lineEnd - lineBegin);
            }
        }
        byte[] body = chunked ? chunks() : bytes(Math.max(0, length));
        if (last) {
            // Servers end a connection after so many requests: 100 with Tomcat as it comes.
            socket.close();
            socket = connected();
            next = 0;
            filled = 0;
        }
        return new Answer(status, body, againSeconds);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(bytes(size));
            readLine();
        }
        readLine();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        readLine();
        return Integer.parseInt(text(0, lineEnd - lineBegin), 16);
    }

    /** Reads up to the end of the next line, which stays in the buffer until the next one is read. */
    private void readLine() throws IOException {
        int end = next;
        while (true) {
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            if (end < filled) {
                break;
            }
            end -= next;
            fill();
        }
        lineBegin = next;
        lineEnd = end > lineBegin && buffer[end - 1] == '\r' ? end - 1 : end;
        next = end + 1;
    }

    /** Reads more behind what has not been taken, which moves to the front. */
    private void fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        filled -= next;
        next = 0;
        if (filled == buffer.length) {
            throw new IOException("a line is longer than " + buffer.length + " bytes");
        }
        int count = socket.getInputStream().read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new EOFException("the connection was closed");
        }
        filled += count;
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int taken = Math.min(length, filled - next);
        System.arraycopy(buffer, next, bytes, 0, taken);
        next += taken;
        int more = socket.getInputStream().readNBytes(bytes, taken, length - taken);
        if (taken + more < length) {
            throw new EOFException("the answer ended after " + (taken + more) + " bytes");
        }
        return bytes;
    }

    /** @param begin of a line, lower case */
    private boolean lineBeginsWith(byte[] begin) {
        if (lineEnd - lineBegin < begin.length) {
            return false;
        }
        for (int i = 0; i < begin.length; i++) {
            byte at = buffer[lineBegin + i];
            if ((at >= 'A' && at <= 'Z' ? at + ('a' - 'A') : at) != begin[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int to) {
        return Integer.parseInt(text(from, to));
    }

    /** @return part of the line, without spaces around it */
    private String text(int from, int to) {
        return new String(buffer, lineBegin + from, to - from, StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
