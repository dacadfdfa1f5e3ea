package fr.grandlivre.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A free port, an empty home and an empty ledger for one application under test. */
public final class TestPlace implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** Tests that are not about the limit all come from one address. */
    public static final int LOOK_UPS_PER_MINUTE = 200;

    /** Nor shall they make each other wait. */
    public static final int MISSES_PER_MINUTE = 1_000_000;

    /** Who sends from there says whom it sends for. */
    public static final String PROXY = "127.0.0.9";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "homes")), "home-");
            TestPropertyValues.of(
                            "server.port=" + free.getLocalPort(),
                            "grandlivre.home=" + home.toAbsolutePath(),
                            "grandlivre.demo-data=false",
                            "grandlivre.demo.whole=false",
                            // Tests count events: documents are made when one asks for them.
                            "grandlivre.documents.in-background=false",
                            "grandlivre.verification.look-ups-per-minute=" + LOOK_UPS_PER_MINUTE,
                            "grandlivre.verification.misses-per-minute=" + MISSES_PER_MINUTE,
                            "grandlivre.proxies=" + PROXY)
                    .applyTo(context);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
