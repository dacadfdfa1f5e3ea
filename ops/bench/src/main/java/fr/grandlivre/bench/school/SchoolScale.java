package fr.grandlivre.bench.school;

import fr.grandlivre.bench.Arguments;
import fr.grandlivre.bench.learners.RunningApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** One command, one run; see {@link SchoolOptions#USAGE}. */
final class SchoolScale {
    private static final Path DIRECTORY = Path.of("ops/bench/target/school");
    private static final Path PAGE = Path.of("ops/docs/school-scale.md");
    private static final Duration SEEDING = Duration.ofMinutes(90);
    private static final Duration CATCHING_UP = Duration.ofMinutes(30);
    private static final int WARM_UP = 60;
    private static final String TILLEULS = "0990001A";
    private static final String PORT = "0990002B";
    private static final Pattern CLASS = Pattern.compile("href=\"/classes/([^\"/?]+)\"");
    private static final Pattern CAMPAIGN = Pattern.compile("href=\"/campagnes/([0-9a-f-]{36})\"");
    private static final Pattern PUPIL = Pattern.compile("/eleves/([0-9a-f-]{36})");

    private final SchoolOptions options;
    private final List<Loads> pages = new ArrayList<>();
    private final List<SchoolPage.Import> imports = new ArrayList<>();
    private final List<SchoolPage.Export> exports = new ArrayList<>();

    private SchoolScale(SchoolOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        SchoolOptions options = Arguments.read(SchoolOptions.USAGE, SchoolOptions::parse, arguments);
        System.exit(new SchoolScale(options).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        long started = System.nanoTime();
        Duration made;
        Duration caughtUp;
        long events;
        long bytes;
        try (RunningApplication application = RunningApplication.demonstration(
                DIRECTORY, true, List.of(), List.of("--grandlivre.demo.classes=" + options.classes()), SEEDING)) {
            made = since(started);
            Accounts accounts = Accounts.printed(DIRECTORY.resolve(RunningApplication.LOG));
            try (Person operator = program(application.address(), accounts, "exploitant")) {
                long seeded = System.nanoTime();
                JsonNode state = awaitViews(operator);
                caughtUp = since(seeded);
                events = state.get("head").asLong();
                bytes = state.get("database").get("bytes").asLong();
                say("%,d events in %s, views and policies done %s later", events, words(made), words(caughtUp));
                try (Person head = browser(application.address(), accounts, "principale-tilleuls");
                        Person teacher = browser(application.address(), accounts, "professeur-tilleuls")) {
                    ProcessHandle process = ProcessHandle.of(application.pid()).orElseThrow();
                    loadPages(teacher, head, process);
                }
                try (Person head = program(application.address(), accounts, "principal-port")) {
                    imports.add(importList(head, PORT, 3_000, operator));
                }
                try (Person head = program(application.address(), accounts, "principale-tilleuls")) {
                    imports.add(importList(head, TILLEULS, 10_000, operator));
                }
            }
        }
        try (RunningApplication small = RunningApplication.demonstration(
                DIRECTORY, false, List.of("-Xmx256m"), List.of(), Duration.ofMinutes(10))) {
            exportAll(small.address(), Accounts.printed(DIRECTORY.resolve(RunningApplication.LOG)));
        }
        SchoolPage page = new SchoolPage(options, made, caughtUp, events, bytes, pages, imports, exports);
        System.out.println(page.markdown());
        if (options.complete()) {
            Files.writeString(PAGE, page.markdown());
            System.out.println("written to " + PAGE);
        }
        return page.kept();
    }

    private void loadPages(Person teacher, Person head, ProcessHandle application)
            throws IOException, InterruptedException {
        List<String> classes = new ArrayList<>();
        Matcher names = CLASS.matcher(teacher.page("/classes"));
        while (names.find()) {
            classes.add(names.group(1));
        }
        List<String> pupils = new ArrayList<>();
        for (String name : classes) {
            Matcher pupil = PUPIL.matcher(teacher.page("/classes/" + name));
            if (pupil.find()) {
                pupils.add(name + "/eleves/" + pupil.group(1));
            }
        }
        load("class: priorities and heat map", application, teacher, paths("/classes/", classes, ""));
        load("class, numbers, one domain", application, teacher, paths("/classes/", classes, "?vue=nombres&domaine=1"));
        load(
                "class, compared with last autumn",
                application,
                teacher,
                paths("/classes/", classes, "?depuis=2021-11-30"));
        load("class as it was last autumn", application, teacher, paths("/classes/", classes, "?au=2021-11-30"));
        load("pupil of a class", application, teacher, paths("/classes/", pupils, ""));
        load("class as CSV", application, teacher, paths("/classes/", classes, "/resultats.csv"));
        load("all classes", application, teacher, List.of("/classes"));
        load("coverage of a class", application, head, paths("/etablissement/couverture?division=", classes, ""));
        load("school report of a class", application, head, paths("/etablissement/livret?division=", classes, ""));
        load("pupils of a class", application, head, paths("/etablissement/eleves?division=", classes, ""));
        load("establishment", application, head, List.of("/etablissement"));
        List<String> campaigns = new ArrayList<>();
        Matcher ids = CAMPAIGN.matcher(teacher.page("/campagnes"));
        while (ids.find()) {
            campaigns.add(ids.group(1));
        }
        load("campaign of a whole level", application, teacher, paths("/campagnes/", campaigns, ""));
        load("coverage of the school", application, head, List.of("/etablissement/couverture"));
        load("roster of the whole school", application, head, List.of("/etablissement/eleves"));
    }

    private static List<String> paths(String before, List<String> names, String after) {
        return names.stream().map(name -> before + name + after).toList();
    }

    private void load(String page, ProcessHandle application, Person reader, List<String> paths)
            throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            reader.read(paths.get(i % paths.size()));
        }
        double[] millis = new double[options.loads()];
        Duration before = processor(application);
        for (int i = 0; i < millis.length; i++) {
            long started = System.nanoTime();
            reader.read(paths.get(i % paths.size()));
            millis[i] = (System.nanoTime() - started) / 1e6;
        }
        Loads loads = new Loads(page, millis, processor(application).minus(before));
        pages.add(loads);
        say(
                "%s: p50 %.1f ms, p95 %.1f ms, %.1f ms of processor",
                page, loads.percentile(0.5), loads.percentile(0.95), loads.processorMillisALoad());
    }

    private static Duration processor(ProcessHandle application) {
        return application.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Compares and applies a list of new pupils for the next school year, until its roster shows all of them. */
    private static SchoolPage.Import importList(Person head, String uai, int lines, Person operator)
            throws IOException, InterruptedException {
        String path = "/api/v1/schools/" + uai + "/roster-imports";
        String list = list(lines);
        long started = System.nanoTime();
        JsonNode compared =
                head.post(path + "?schoolYear=2022-2023&scope=establishment", "text/csv; charset=utf-8", list);
        Duration compare = since(started);
        if (compared.get("enrolled").asInt() != lines) {
            throw new IOException("the list has " + compared.get("enrolled") + " new pupils and not " + lines);
        }
        long applying = System.nanoTime();
        String one = path + "/" + compared.get("id").asString();
        JsonNode state = head.post(one + "/application", "application/json", "{}");
        while (!state.get("state").asString().equals("applied")
                || state.get("done").asInt() < state.get("total").asInt()) {
            if (state.get("state").asString().equals("failed")
                    || since(applying).compareTo(CATCHING_UP) > 0) {
                throw new IOException("the import failed");
            }
            Thread.sleep(50);
            state = head.json(one);
        }
        Duration apply = since(applying);
        say("import of %,d lines: compared in %s, on the pages after %s more", lines, words(compare), words(apply));
        awaitViews(operator);
        return new SchoolPage.Import(lines, list.getBytes(StandardCharsets.UTF_8).length, compare, apply);
    }

    private static String list(int lines) {
        StringBuilder list = new StringBuilder("Nom;Prénom;Date de naissance;Division;Niveau;INE\n");
        for (int i = 0; i < lines; i++) {
            list.append(String.format(
                    Locale.ROOT,
                    "%s;%s;%02d/%02d/2009;5e%03d;5e;%09dZZ\n",
                    "Nouveau-" + letters(i),
                    "Camille",
                    1 + i % 28,
                    1 + i / 28 % 12,
                    i / 30 + 1,
                    i));
        }
        return list.toString();
    }

    private static String letters(int number) {
        return Integer.toString(number, 26)
                .chars()
                .collect(
                        StringBuilder::new,
                        (name, digit) -> name.append((char) ('a' + Character.digit(digit, 26))),
                        StringBuilder::append)
                .toString();
    }

    private void exportAll(URI address, Accounts accounts) throws IOException, InterruptedException {
        try (Person partner = Person.program(address, "livret-scolaire", accounts.password("livret-scolaire"), true)) {
            export(
                    "certifications of the school for school-report software (JSON)",
                    () -> partner.read("/api/organizations/" + TILLEULS + "/certifications"));
        }
        try (Person head = browser(address, accounts, "principale-tilleuls");
                Person teacher = browser(address, accounts, "professeur-tilleuls")) {
            export(
                    "roster of next year, 10,000 pupils (page)",
                    () -> head.read("/etablissement/eleves?annee=2022-2023"));
            List<String> classes = new ArrayList<>();
            Matcher names = CLASS.matcher(teacher.page("/classes"));
            while (names.find()) {
                classes.add(names.group(1));
            }
            export("results of every class (CSV, one file a class)", () -> {
                long size = 0;
                for (String name : classes) {
                    size += teacher.read("/classes/" + name + "/resultats.csv");
                }
                return size;
            });
        }
        try (Person operator = program(address, accounts, "exploitant")) {
            export("the whole ledger (JSON lines, to the disk, with manifest and checkpoint)", () -> ledger(operator));
        }
    }

    private static long ledger(Person operator) throws IOException, InterruptedException {
        JsonNode job = operator.post("/api/v1/exports", "application/json", "{\"format\":\"jsonl\"}");
        String id = job.get("id").asString();
        while (!job.get("state").asString().equals("succeeded")) {
            if (job.get("state").asString().equals("failed")) {
                throw new IOException("the export failed");
            }
            Thread.sleep(200);
            job = operator.json("/api/v1/jobs/" + id);
        }
        return StreamSupport.stream(
                        operator.json("/api/v1/exports/" + id).get("files").spliterator(), false)
                .mapToLong(file -> file.get("bytes").asLong())
                .sum();
    }

    private interface Reading {
        long size() throws IOException, InterruptedException;
    }

    private void export(String what, Reading reading) throws IOException, InterruptedException {
        long started = System.nanoTime();
        long size = reading.size();
        SchoolPage.Export export = new SchoolPage.Export(what, size, since(started));
        exports.add(export);
        say("%s: %,d bytes in %s", what, size, words(export.took()));
    }

    /** @return the state of the application once views and policies have seen every event */
    private static JsonNode awaitViews(Person operator) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CATCHING_UP.toNanos();
        while (true) {
            JsonNode state = operator.json("/api/v1/operations");
            long behind = StreamSupport.stream(state.get("processors").spliterator(), false)
                    .mapToLong(processor -> processor.get("behind").asLong())
                    .max()
                    .orElse(0);
            if (behind == 0) {
                return state;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("views are still %,d events behind".formatted(behind));
            }
            Thread.sleep(500);
        }
    }

    private static Person browser(URI address, Accounts accounts, String login)
            throws IOException, InterruptedException {
        return Person.browser(address, login, accounts.password(login));
    }

    private static Person program(URI address, Accounts accounts, String login)
            throws IOException, InterruptedException {
        return Person.program(address, login, accounts.password(login), false);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static String words(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private static void say(String line, Object... values) {
        System.err.println(String.format(Locale.ROOT, line, values));
    }
}
