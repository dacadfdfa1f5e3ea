package fr.grandlivre.api.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** One browser for all tests: the system's own, never a downloaded one. */
final class Chromium {
    private static final Path EXECUTABLE = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final boolean REQUIRED = Boolean.getBoolean("chromium.required");

    private static Playwright playwright;
    private static Browser browser;

    private Chromium() {}

    /** Without a browser the test is skipped with its reason, or fails where {@code -Dchromium.required=true} says so. */
    static synchronized Browser open() {
        if (!Files.isExecutable(EXECUTABLE)) {
            String reason = "no Chromium at " + EXECUTABLE + " (-Dchromium=…): browser tests are skipped";
            System.out.println(reason);
            if (REQUIRED) {
                throw new AssertionError(reason);
            }
            Assumptions.abort(reason);
        }
        if (browser == null) {
            playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(EXECUTABLE)
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--disable-sync",
                                    "--disable-background-networking")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> playwright.close()));
        }
        return browser;
    }
}
