package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
    private static final String WITH_LENGTH = "HTTP/1.1 200 \r\nX: y\r\nContent-Length: 5\r\n\r\nhello";
    private static final String IN_CHUNKS =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\nA\r\nlo, lo, lo\r\n0\r\n\r\n";
    private static final String REFUSED = "HTTP/1.1 429 \r\nRetry-After: 12\r\ncontent-length:0\r\n\r\n";
    private static final String LAST = "HTTP/1.1 503 \r\nConnection: close\r\nContent-Length: 3\r\n\r\nbye";
    private static final String CUT = "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhel";

    /** Answers of one connection each, whatever is asked, so many bytes at a time. */
    private static ServerSocket answering(int bytesAtATime, List<String> connections) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            for (String answers : connections) {
                try (Socket socket = server.accept()) {
                    socket.setTcpNoDelay(true);
                    OutputStream out = socket.getOutputStream();
                    byte[] bytes = answers.getBytes(StandardCharsets.US_ASCII);
                    for (int from = 0; from < bytes.length; from += bytesAtATime) {
                        out.write(bytes, from, Math.min(bytesAtATime, bytes.length - from));
                    }
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException _) {
                    return;
                }
            }
        });
        return server;
    }

    private static String text(HttpConnection.Answer answer) {
        return answer.status() + " " + new String(answer.body(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    void answers_are_read_one_by_one_however_they_arrive(int bytesAtATime) throws IOException {
        List<String> connections = List.of(WITH_LENGTH + IN_CHUNKS + REFUSED + LAST, WITH_LENGTH + CUT);
        try (ServerSocket server = answering(bytesAtATime, connections);
                HttpConnection connection =
                        new HttpConnection(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))) {
            assertThat(text(connection.answer("/", ""))).isEqualTo("200 hello");
            assertThat(text(connection.answer("/", ""))).isEqualTo("200 hello, lo, lo");
            HttpConnection.Answer refused = connection.answer("/", "");
            assertThat(text(refused)).isEqualTo("429 ");
            assertThat(refused.againSeconds()).isEqualTo(12);
            assertThat(text(connection.answer("/", ""))).isEqualTo("503 bye");
            assertThat(text(connection.answer("/", ""))).as("a new connection").isEqualTo("200 hello");
            assertThatThrownBy(() -> connection.answer("/", "")).isInstanceOf(EOFException.class);
        }
    }
}
