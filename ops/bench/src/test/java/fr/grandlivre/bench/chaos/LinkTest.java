package fr.grandlivre.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes a link and what does not, with somebody behind it who says everything again. */
class LinkTest {
    private static final String POST = "POST /answers\n";
    private static final String GET = "GET /answers\n";

    private ServerSocket echo;

    @BeforeEach
    void listen() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        echo.close();
    }

    private void serve() {
        try {
            while (true) {
                Socket caller = echo.accept();
                Thread.startVirtualThread(() -> {
                    try (caller) {
                        caller.getInputStream().transferTo(caller.getOutputStream());
                    } catch (IOException _) {
                        // Cut.
                    }
                });
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private static String ask(Socket link, String said) throws IOException {
        byte[] bytes = said.getBytes(StandardCharsets.US_ASCII);
        link.getOutputStream().write(bytes);
        return new String(link.getInputStream().readNBytes(bytes.length), StandardCharsets.US_ASCII);
    }

    private Socket connected(Link link) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), link.port());
    }

    @Test
    void only_replies_to_writes_are_cut_and_counted() throws IOException {
        try (Link link = new Link(echo.getLocalPort(), Link.Speech.HTTP, 1, null);
                Socket caller = connected(link)) {
            assertThat(ask(caller, POST)).isEqualTo(POST);
            link.cut(1);
            assertThat(ask(caller, GET)).isEqualTo(GET);
            assertThat(ask(caller, POST)).isEmpty();
            assertThat(link.cuts()).isEqualTo(1);
        }
    }

    @Test
    void of_a_database_only_the_writer_s_replies_are_cut() throws IOException {
        String append = "x".repeat(500);
        try (Link link = new Link(echo.getLocalPort(), Link.Speech.POSTGRES, 1, null);
                Socket reader = connected(link);
                Socket writer = connected(link)) {
            link.cut(1);
            assertThat(ask(reader, append)).isEqualTo(append);
            ask(writer, "set application_name = 'ledger-writer'");
            assertThat(ask(writer, append)).isEmpty();
        }
    }

    @Test
    void what_was_swallowed_passes_when_the_network_is_back() throws IOException {
        try (Link link = new Link(echo.getLocalPort(), Link.Speech.HTTP, 1, null);
                Socket caller = connected(link)) {
            link.swallow(true);
            caller.setSoTimeout(200);
            assertThatThrownBy(() -> ask(caller, GET)).isInstanceOf(SocketTimeoutException.class);
            link.swallow(false);
            caller.setSoTimeout(0);
            assertThat(caller.getInputStream().readNBytes(GET.length()))
                    .isEqualTo(GET.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_forgery_changes_what_the_called_is_told() throws IOException {
        Link.Forgery forgery = new Link.Forgery("commit = on", "commit =off");
        try (Link link = new Link(echo.getLocalPort(), Link.Speech.POSTGRES, 1, forgery);
                Socket caller = connected(link)) {
            assertThat(ask(caller, "set synchronous_commit = on;")).isEqualTo("set synchronous_commit =off;");
        }
        assertThatThrownBy(() -> new Link.Forgery("on", "off")).isInstanceOf(IllegalArgumentException.class);
    }
}
