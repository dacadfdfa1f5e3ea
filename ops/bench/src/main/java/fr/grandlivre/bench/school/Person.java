package fr.grandlivre.bench.school;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
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
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody of the demonstration with a browser, or a program that acts for them. For one thread. */
final class Person implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI address;
    private final HttpClient client;
    private String token = "";

    private Person(URI address) {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .followRedirects(Redirect.ALWAYS)
                .build();
    }

    /** @return a browser, signed in by the pages of the demonstration */
    static Person browser(URI address, String login, String password) throws IOException, InterruptedException {
        Person person = new Person(address);
        Matcher csrf = CSRF.matcher(person.page("/oauth2/authorization/demo"));
        if (!csrf.find()) {
            throw new IOException("the sign-in page has no form");
        }
        HttpResponse<String> landing = person.client.send(
                HttpRequest.newBuilder(person.provider("/demo/connexion"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("compte=" + login + "&mot-de-passe=" + password + "&_csrf="
                                + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
        if (!landing.body().contains("/deconnexion")) {
            throw new IOException(login + " could not sign in: " + landing.uri());
        }
        return person;
    }

    /** @return a program with a token of the demonstration's provider; a partner's program has a token of its own kind */
    static Person program(URI address, String login, String password, boolean partner)
            throws IOException, InterruptedException {
        Person person = new Person(address);
        String basic = Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
        String body = "grant_type=client_credentials"
                + (partner
                        ? "&scope=organizations-certifications-result&client_id=" + login + "&client_secret=" + password
                        : "");
        URI tokens = partner ? address.resolve("/api/application/token") : person.provider("/oauth2/token");
        HttpRequest.Builder asking = HttpRequest.newBuilder(tokens)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (!partner) {
            asking.header("Authorization", "Basic " + basic);
        }
        person.token = person.json(asking.POST(BodyPublishers.ofString(body)))
                .get("access_token")
                .asString();
        return person;
    }

    // The provider is the same process under another name, so that its cookies are its own.
    private URI provider(String path) {
        return URI.create("http://localhost:" + address.getPort() + path);
    }

    /** @return the whole page */
    String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request(path).GET().build(), BodyHandlers.ofString());
        expectSuccess(path, answer);
        return answer.body();
    }

    /** @return size of the answer in bytes, none of which is kept */
    long read(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            long size = body.transferTo(java.io.OutputStream.nullOutputStream());
            expectSuccess(path, answer);
            return size;
        }
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return json(request(path).GET());
    }

    /** @return the answer to a command of a program */
    JsonNode post(String path, String type, String body) throws IOException, InterruptedException {
        return json(request(path)
                .header("Content-Type", type)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        expectSuccess(answer.uri().getPath(), answer);
        return JSON.readTree(answer.body());
    }

    private static void expectSuccess(String path, HttpResponse<?> answer) throws IOException {
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " answers " + answer.statusCode());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
