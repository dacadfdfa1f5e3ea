package fr.grandlivre.api;

import fr.grandlivre.api.security.DemoAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser or program that talks to the application under test; without JavaScript. */
public final class Visitor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final int port;
    private final HttpClient stepwise;
    private final HttpClient following;
    private String token = "";

    private Visitor(int port) {
        this(port, "127.0.0.1");
    }

    private Visitor(int port, String from) {
        this.port = port;
        CookieManager cookies = new CookieManager();
        InetAddress address = InetAddress.ofLiteral(from);
        this.stepwise = HttpClient.newBuilder()
                .localAddress(address)
                .cookieHandler(cookies)
                .followRedirects(Redirect.NEVER)
                .build();
        this.following = HttpClient.newBuilder()
                .localAddress(address)
                .cookieHandler(cookies)
                .followRedirects(Redirect.ALWAYS)
                .build();
    }

    public static Visitor anonymous(int port) {
        return new Visitor(port);
    }

    /** @param address another one of this machine, 127.x.x.x: the client whose requests are counted */
    public static Visitor anonymousFrom(String address, int port) {
        return new Visitor(port, address);
    }

    /** @return somebody signed in through the identity provider of the demonstration, by its pages */
    public static Visitor signedIn(int port, DemoAccount account) {
        Visitor visitor = new Visitor(port);
        HttpResponse<String> choice = visitor.follow("/oauth2/authorization/demo");
        String form = "compte=" + account.login() + "&mot-de-passe=" + account.password() + "&_csrf="
                + URLEncoder.encode(first(CSRF, choice.body()), StandardCharsets.UTF_8);
        HttpResponse<String> landing = visitor.send(
                visitor.following,
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/demo/connexion"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        if (!landing.body().contains("/deconnexion")) {
            throw new AssertionError(account.login() + " is not signed in: " + landing.uri());
        }
        return visitor;
    }

    /** @return a program with a token of the account */
    public static Visitor program(int port, DemoAccount account) {
        Visitor program = new Visitor(port);
        String basic = Base64.getEncoder()
                .encodeToString((account.login() + ":" + account.password()).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = program.send(
                program.stepwise,
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"
                                + (account.isProgram() ? "&scope=organizations-certifications-result" : ""))));
        program.token = first(ACCESS_TOKEN, answer.body());
        return program;
    }

    public String token() {
        return token;
    }

    /** @return the answer itself; redirects are answers */
    public HttpResponse<String> get(String path, String... headers) {
        return request("GET", path, "", headers);
    }

    /** @return the answer without its body, which may never end: a stream is left as soon as it has begun */
    public HttpResponse<?> headersOf(String path) {
        try {
            HttpResponse<InputStream> answer =
                    stepwise.send(builder(path).GET().timeout(LIMIT).build(), BodyHandlers.ofInputStream());
            answer.body().close();
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public HttpResponse<String> postJson(String path, String body, String... headers) {
        HttpRequest.Builder request = builder(path).header("Content-Type", "application/json");
        return send(stepwise, with(request, headers).POST(BodyPublishers.ofString(body)));
    }

    /** @return the answer to a form; the token against forged requests is added */
    public HttpResponse<String> postForm(String path, Map<String, String> fields, String... headers) {
        return postRaw(
                path,
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")),
                headers);
    }

    /** @param form encoded fields, of which one may stand several times */
    public HttpResponse<String> postRaw(String path, String form, String... headers) {
        String csrf = csrf();
        String whole = csrf.isEmpty()
                ? form
                : form + (form.isEmpty() ? "" : "&") + "_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8);
        HttpRequest.Builder request = builder(path).header("Content-Type", "application/x-www-form-urlencoded");
        return send(stepwise, with(request, headers).POST(BodyPublishers.ofString(whole)));
    }

    /** @return the answer with its body as bytes */
    public HttpResponse<byte[]> download(String path) {
        return send(stepwise, builder(path).GET(), BodyHandlers.ofByteArray());
    }

    /** @return the answer to a form with one file; of somebody signed in, with a command id and the token as well */
    public HttpResponse<String> upload(String path, String field, String fileName, byte[] file) {
        String boundary = "grand-livre-" + UUID.randomUUID();
        byte[] before = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                        + fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        String csrf = csrf();
        String rest = csrf.isEmpty()
                ? ""
                : "?commandId=" + UUID.randomUUID() + "&_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                builder(path + rest).header("Content-Type", "multipart/form-data; boundary=" + boundary);
        return send(stepwise, request.POST(BodyPublishers.ofByteArrays(List.of(before, file, after))));
    }

    public HttpResponse<String> request(String method, String path, String body, String... headers) {
        return send(stepwise, with(builder(path), headers).method(method, BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> follow(String path) {
        return send(following, builder(path).GET());
    }

    private String csrf() {
        Matcher found = CSRF.matcher(follow("/").body());
        return found.find() ? found.group(1) : "";
    }

    private HttpRequest.Builder builder(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        return send(client, request, BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(
            HttpClient client, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.timeout(LIMIT).build(), body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return found.group(1);
    }
}
