package fr.grandlivre.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import fr.grandlivre.api.security.DemoAccount;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One person at one screen. Remembers what went wrong in the browser: errors, refusals of the policy, foreign hosts. */
public final class Visit implements AutoCloseable {
    private static final double LIMIT_MS = 15_000;

    private final BrowserContext context;
    private final Page page;
    private final Screen screen;
    private final String address;
    private final List<String> faults = new ArrayList<>();

    private Visit(int port, Screen screen, boolean javaScript) {
        this.screen = screen;
        this.address = "http://127.0.0.1:" + port;
        this.context = Chromium.open()
                .newContext(new NewContextOptions()
                        .setViewportSize(screen.width, screen.height)
                        .setLocale(screen.language)
                        .setHasTouch(screen.touch)
                        .setJavaScriptEnabled(javaScript));
        context.setDefaultTimeout(LIMIT_MS);
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            // A page that reports an error of its own has that status: the browser mentions it, nothing is wrong.
            boolean ownStatus = message.text().startsWith("Failed to load resource")
                    && message.location().startsWith(page.url());
            if (message.type().equals("error") && !ownStatus) {
                faults.add("console: " + message.text());
            }
        });
        page.onPageError(error -> faults.add("script: " + error));
        page.onRequest(request -> {
            URI target = URI.create(request.url());
            boolean local = List.of("127.0.0.1", "localhost").contains(target.getHost()) && target.getPort() == port;
            if (!local && !List.of("about", "data", "blob").contains(target.getScheme())) {
                faults.add("foreign host: " + request.url());
            }
        });
    }

    public static Visit at(int port, Screen screen) {
        return new Visit(port, screen, true);
    }

    public static Visit withoutJavaScript(int port, Screen screen) {
        return new Visit(port, screen, false);
    }

    /** @return status of the answer */
    public int open(String path) {
        Response answer = page.navigate(path.startsWith("http") ? path : address + path);
        return answer.status();
    }

    /** Signs in as a person does: from the home page, by the button of the account. */
    public Visit signIn(DemoAccount account) {
        open("/connexion");
        page.locator("main a.button").click();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile(account.login() + "$")))
                .click();
        assertThat(page).hasURL(Pattern.compile("^http://127\\.0\\.0\\.1:"));
        assertThat(page.locator("form[action='/deconnexion'] button")).isVisible();
        return this;
    }

    public Page page() {
        return page;
    }

    Screen screen() {
        return screen;
    }

    /** @return what went wrong in the browser since the visit began */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Forgets what a tool of the tests provoked after the first {@code count} faults. */
    void forgetAfter(int count) {
        faults.subList(count, faults.size()).clear();
    }

    /** Kept where {@code -Dscreenshots=<directory>} says, for human eyes. */
    void photograph(String name) {
        String directory = System.getProperty("screenshots", "");
        if (!directory.isEmpty()) {
            page.screenshot(new ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(directory, name + "-" + screen.width + ".png")));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
