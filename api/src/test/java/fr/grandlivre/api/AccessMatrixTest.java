package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every route × every role × whose object, against the committed table {@code access-matrix.csv}. A route without a row, a
 * row without a route and a cell that answers otherwise fail.
 *
 * <p>To add a route: one row for a path without variables ({@code -}); rows {@code own} and {@code absent} for a public
 * catalogue; rows {@code own}, {@code same}, {@code other} and {@code absent} for an object that belongs to a school or a
 * person. Values of path variables stand in {@link MatrixSubjects}.
 */
@GrandLivreTest
// It leaves sittings and sessions behind that other tests must not meet.
@DirtiesContext
class AccessMatrixTest {
    private static final List<Role> ROLES = List.of(
            Role.PUBLIC,
            Role.LEARNER,
            Role.TEACHER,
            Role.HEAD,
            Role.INVIGILATOR,
            Role.JURY,
            Role.AUDITOR,
            Role.OPERATOR,
            Role.PARTNER);
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)[^}]*}");
    private static final Set<Set<String>> SITUATIONS =
            Set.of(Set.of("-"), Set.of("own", "absent"), Set.of("own", "same", "other", "absent"));

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;

    private final Map<Role, Visitor> people = new EnumMap<>(Role.class);
    private final Map<Role, Visitor> programs = new EnumMap<>(Role.class);

    private MatrixSubjects subjects;

    private record Route(String method, String path) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return path + " " + method;
        }
    }

    private record Row(Route route, String situation, List<String> cells) {}

    private static List<Row> table() {
        return Repository.text(Repository.root().resolve("api/src/test/resources/access-matrix.csv"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .skip(1)
                .map(line ->
                        Arrays.stream(line.split(",", -1)).map(String::strip).toList())
                .map(cells ->
                        new Row(new Route(cells.get(0), cells.get(1)), cells.get(2), cells.subList(3, cells.size())))
                .toList();
    }

    private Set<Route> served() {
        Set<Route> routes = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                Stream<String> names =
                        methods.isEmpty() ? Stream.of("GET") : methods.stream().map(Enum::name);
                names.forEach(name -> info.getPatternValues().forEach(path -> routes.add(new Route(name, path))));
            }
        }
        return routes;
    }

    @Test
    void every_route_is_in_the_table_and_the_table_holds_nothing_else() {
        Map<Route, Set<String>> declared = new TreeMap<>();
        table().forEach(row ->
                declared.computeIfAbsent(row.route(), _ -> new TreeSet<>()).add(row.situation()));
        assertThat(declared.keySet()).containsExactlyInAnyOrderElementsOf(served());
        declared.forEach((route, situations) -> {
            assertThat(SITUATIONS).as(route.toString()).contains(situations);
            assertThat(situations.contains("-"))
                    .as(route.toString())
                    .isEqualTo(!VARIABLE.matcher(route.path()).find());
        });
        assertThat(table()).allSatisfy(row -> assertThat(row.cells()).hasSize(ROLES.size()));
    }

    @Test
    void every_cell_answers_as_the_table_says() {
        subjects = MatrixSubjects.make(application);
        List<String> differences = new ArrayList<>();
        for (Row row : table()) {
            for (int column = 0; column < ROLES.size(); column++) {
                Role role = ROLES.get(column);
                String answered = ask(row, role);
                if (!answered.equals(row.cells().get(column))) {
                    differences.add(row.route() + " " + row.situation() + " " + role + ": " + answered + ", not "
                            + row.cells().get(column));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private String ask(Row row, Role role) {
        String path = path(row, role);
        Visitor visitor = path.startsWith("/api/") || path.startsWith("/actuator") || path.startsWith("/v3/")
                ? programs.computeIfAbsent(role, this::program)
                : people.computeIfAbsent(role, this::person);
        HttpResponse<?> answer = switch (row.route().method()) {
            case "GET" -> path.endsWith("/flux") ? visitor.headersOf(path) : visitor.get(path);
            case "POST" ->
                path.startsWith("/api/")
                        ? visitor.postJson(
                                path, "{}", CommandKey.HEADER, CommandKey.draw().toString())
                        : visitor.postForm(
                                path, Map.of(CommandKey.FIELD, CommandKey.draw().toString()));
            default -> visitor.request(row.route().method(), path, "");
        };
        return word(answer);
    }

    // Past the door anything may happen: an empty form is refused for what it lacks, not for who sends it.
    private static String word(HttpResponse<?> answer) {
        boolean toSignIn = answer.headers()
                .firstValue("Location")
                .filter(target -> target.endsWith("/connexion"))
                .isPresent();
        return switch (answer.statusCode()) {
            case 401 -> "sign-in";
            case 403 -> "refused";
            case 404 -> "absent";
            default -> toSignIn ? "sign-in" : answer.statusCode() >= 500 ? "broken" : "pass";
        };
    }

    private String path(Row row, Role role) {
        Matcher variable = VARIABLE.matcher(row.route().path().replace("/**", "/liveness"));
        return variable.replaceAll(
                found -> Matcher.quoteReplacement(value(row.route().path(), found.group(1), row.situation(), role)));
    }

    private Visitor person(Role role) {
        return role == Role.PUBLIC || role == Role.PARTNER
                ? Visitor.anonymous(port)
                : Visitor.signedIn(port, DemoLogins.of(application, role));
    }

    private Visitor program(Role role) {
        return role == Role.PUBLIC ? Visitor.anonymous(port) : Visitor.program(port, DemoLogins.of(application, role));
    }

    @Test
    void every_role_has_an_account() {
        assertThat(DemoLogins.of(application).stream().map(DemoAccount::role).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        ROLES.stream().filter(role -> role != Role.PUBLIC).toList());
    }

    /** Public catalogues, by path variable. */
    private static final Map<String, String> CATALOGUES = Map.ofEntries(
            Map.entry("slug", "validation"),
            Map.entry("code", "en"),
            Map.entry("requiredMetricName", "jvm.memory.used"),
            Map.entry("competence", "2.1"),
            Map.entry("tutorial", "mediaFileQuality"),
            Map.entry("position", "1"),
            Map.entry("dataClass", "answers"),
            Map.entry("achievement", "2021-5"),
            Map.entry("purpose", "revocation"),
            Map.entry("list", "1"),
            Map.entry("level", "0"),
            Map.entry("index", "000.p/1"));

    // Whose object a path names. Made when the first is asked for, and kept for the whole table.
    private String value(String path, String variable, String situation, Role role) {
        if (situation.equals("absent")) {
            return "00000000-0000-4000-8000-000000000000";
        }
        boolean ofAnswer = path.contains("{answer}");
        if (!ofAnswer && path.contains("/competences/{code}")) {
            return CATALOGUES.get("competence");
        }
        if (!ofAnswer && CATALOGUES.containsKey(variable)) {
            return CATALOGUES.get(variable);
        }
        return subjects.of(path, variable, situation)
                .orElseThrow(() ->
                        new AssertionError("no value for " + variable + " in " + path + " " + situation + " " + role));
    }
}
