package fr.grandlivre.api.demo;

import fr.grandlivre.api.demo.DemoCampaigns.Planned;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.wiring.DemoClock;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.RegisterSchool;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happened before the first start of the demonstration, from September 2019 to May 2022. */
final class DemoPast {
    /** When the past begins. */
    static final Instant BEGIN = paris("2019-09-02T08:00");

    static final CentreId CENTRE_TILLEULS = new CentreId(DemoSeed.id("centre/tilleuls"));
    static final CentreId CENTRE_PORT = new CentreId(DemoSeed.id("centre/port"));

    static final SchoolId TILLEULS = new SchoolId(DemoSeed.id("school/tilleuls"));
    static final SchoolId PORT = new SchoolId(DemoSeed.id("school/port"));
    private static final UUID HEAD_TILLEULS =
            DemoAccount.accountOf("principale-tilleuls").value();
    private static final UUID HEAD_PORT =
            DemoAccount.accountOf("principal-port").value();
    private static final UUID OPERATOR = DemoAccount.accountOf("exploitant").value();

    /** Answers of each pupil in one lesson. */
    private static final int LESSON = 9;

    private final DemoActs acts;
    private final VirtualLearners learners;
    private final DemoSessions sessions;
    private final DemoCampaigns campaigns;
    private final List<Scene> others;
    private final List<DemoPupil> tilleuls3eA = DemoPupils.tilleuls3eA();
    private final List<DemoPupil> tilleuls5eA = DemoPupils.tilleuls5eA();
    private final List<DemoPupil> port3eB = DemoPupils.port3eB();

    /** @param others what else happened meanwhile; ends before the last candidate of today's session is enrolled */
    DemoPast(
            DemoActs acts,
            VirtualLearners learners,
            DemoSessions sessions,
            DemoCampaigns campaigns,
            List<Scene> others) {
        this.acts = acts;
        this.learners = learners;
        this.sessions = sessions;
        this.campaigns = campaigns;
        this.others = others;
    }

    /** One thing that happened. */
    record Scene(Instant at, Runnable happening) {}

    /** @return the year in which the school year began */
    static int schoolYearOf(Instant at) {
        return SchoolYear.of(LocalDate.ofInstant(at, DemoClock.PARIS))
                .firstDay()
                .getYear();
    }

    /** @return an instant from a time in Paris */
    static Instant paris(String localTime) {
        return LocalDateTime.parse(localTime).atZone(DemoClock.PARIS).toInstant();
    }

    /** @return the first event of all this */
    static UUID firstStream() {
        return TILLEULS.value();
    }

    /** @param told of the instant that the past has reached, after every scene */
    void happen(Consumer<Instant> told) {
        Stream.of(
                        beginnings(),
                        rosters(),
                        lessonsOf3eA(),
                        lessonsOf5eA(),
                        lessonsOf3eB(),
                        certifications(),
                        campaigns(),
                        others)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Scene::at))
                .forEach(scene -> {
                    acts.at(scene.at());
                    scene.happening().run();
                    told.accept(acts.now());
                });
    }

    private List<Scene> beginnings() {
        return List.of(new Scene(BEGIN, this::foundSchools), scene("2020-07-13T10:00", this::importCertificate));
    }

    private void foundSchools() {
        join("tilleuls", TILLEULS, DemoAccount.TILLEULS, "Collège des Tilleuls", CENTRE_TILLEULS);
        join("port", PORT, DemoAccount.PORT, "Collège du Port", CENTRE_PORT);
    }

    private void join(String name, SchoolId school, Uai uai, String title, CentreId centre) {
        acts.pass(Duration.ofMinutes(1));
        acts.send(
                "school/" + name,
                new RegisterSchool(school, uai, title, Kind.COLLEGE, centre),
                OPERATOR,
                Role.OPERATOR);
        acts.pass(Duration.ofMinutes(1));
        acts.send("centre/" + name, new OpenCentre(centre, title, uai), OPERATOR, Role.OPERATOR);
    }

    private List<Scene> rosters() {
        return List.of(
                roster("2019-09-03T09:00", TILLEULS, HEAD_TILLEULS, tilleuls3eA, "5eA", "5e"),
                roster("2020-09-01T09:00", TILLEULS, HEAD_TILLEULS, tilleuls3eA, "4eA", "4e"),
                roster("2021-09-02T09:00", TILLEULS, HEAD_TILLEULS, tilleuls3eA, "3eA", "3e"),
                roster("2020-09-01T11:00", TILLEULS, HEAD_TILLEULS, tilleuls5eA, "6eA", "6e"),
                roster("2021-09-02T11:00", TILLEULS, HEAD_TILLEULS, tilleuls5eA, "5eA", "5e"),
                roster("2019-09-03T14:00", PORT, HEAD_PORT, port3eB, "5eB", "5e"),
                roster("2020-09-01T14:00", PORT, HEAD_PORT, port3eB, "4eB", "4e"),
                roster("2021-09-02T14:00", PORT, HEAD_PORT, port3eB, "3eB", "3e"));
    }

    private Scene roster(String at, SchoolId school, UUID head, List<DemoPupil> pupils, String division, String year) {
        return scene(at, () -> {
            SchoolYear schoolYear = SchoolYear.of(LocalDate.ofInstant(acts.now(), DemoClock.PARIS));
            for (DemoPupil pupil : pupils) {
                acts.pass(Duration.ofSeconds(20));
                acts.send(
                        "enrol/" + schoolYear + "/" + pupil.name(),
                        new EnrolPupil(
                                school,
                                schoolYear,
                                pupil.learner(),
                                new Division(division),
                                year,
                                pupil.onRoster(),
                                null),
                        head,
                        Role.HEAD);
            }
        });
    }

    private List<Scene> lessonsOf3eA() {
        return lessons(
                tilleuls3eA,
                "2019-11-12T09:00 1.1",
                "2019-12-03T09:00 2.1",
                "2020-01-14T09:00 3.1",
                "2020-02-04T09:00 1.2",
                "2020-03-03T09:00 5.2",
                "2020-10-06T10:00 1.3",
                "2020-11-10T10:00 2.2",
                "2020-12-08T10:00 3.2",
                "2021-01-19T10:00 4.1",
                "2021-02-23T10:00 2.3",
                "2021-10-05T08:00 1.1",
                "2021-11-09T08:00 4.2",
                "2021-12-07T08:00 4.3",
                "2022-01-11T08:00 3.3",
                "2022-01-25T08:00 2.1",
                "2022-02-08T08:00 5.1",
                "2022-03-01T08:00 1.2",
                "2022-05-10T08:00 5.2");
    }

    private List<Scene> lessonsOf5eA() {
        return lessons(
                tilleuls5eA,
                "2021-03-16T11:00 1.1",
                "2021-11-16T11:00 2.1",
                "2022-01-18T11:00 3.1",
                "2022-03-22T11:00 1.1");
    }

    private List<Scene> lessonsOf3eB() {
        return lessons(
                port3eB,
                "2019-12-10T14:00 1.1",
                "2020-01-21T14:00 2.1",
                "2020-11-17T14:00 1.2",
                "2021-01-12T14:00 3.1",
                "2021-03-09T14:00 5.2",
                "2021-11-23T14:00 4.1",
                "2022-01-31T14:00 1.3",
                "2022-02-28T14:00 2.2");
    }

    private List<Scene> lessons(List<DemoPupil> pupils, String... times) {
        return Stream.of(times)
                .map(line -> line.split(" "))
                .map(line -> scene(
                        line[0],
                        () -> learners.lesson(
                                "lesson/" + line[0], paris(line[0]), pupils, new CompetenceCode(line[1]), LESSON)))
                .toList();
    }

    private List<Scene> certifications() {
        return List.of(
                scene("2022-02-15T10:00", sessions::planMarch),
                scene("2022-03-08T10:00", () -> sessions.enrolForMarch(candidatesOfMarch())),
                scene("2022-03-15T13:45", sessions::sitMarch),
                scene("2022-03-15T16:30", sessions::finaliseMarch),
                scene("2022-03-21T10:00", sessions::examineMarch),
                scene("2022-03-22T09:00", sessions::commentMarch),
                scene("2022-04-04T09:00", sessions::publishMarch),
                scene("2022-04-13T17:30", sessions::hide),
                scene("2022-04-20T14:00", sessions::revoke),
                scene("2022-05-03T11:00", sessions::suspend),
                scene("2022-05-04T09:00", sessions::correctIdentity),
                scene("2022-05-04T15:00", sessions::planMay),
                scene("2022-05-05T09:00", () -> sessions.enrolForMay(candidatesOfMay())),
                scene("2022-05-10T13:45", sessions::sitMay),
                scene("2022-05-10T16:30", sessions::finaliseMay),
                scene("2022-05-11T10:00", sessions::planToday),
                scene("2022-05-12T10:00", () -> sessions.enrolForToday(candidatesOfToday())),
                scene("2022-05-13T15:00", sessions::propose));
    }

    private static final Planned BACK_TO_SCHOOL = new Planned(
            "rentree-3e",
            TILLEULS,
            "professeur-tilleuls",
            "Parcours de rentrée 3e",
            "3e",
            "2021-09-13",
            "2021-10-31",
            1,
            "1.1 1.2 1.3 2.1 2.2 3.1 4.1 5.2");
    private static final Planned WINTER = new Planned(
            "hiver-3e",
            TILLEULS,
            "professeur-tilleuls",
            "Bilan avant la certification",
            "3e",
            "2022-02-14",
            "2022-02-28",
            2,
            "1.1 2.1 2.3 3.2 3.3 4.2 4.3 5.1");
    private static final Planned SPRING = new Planned(
            "printemps-3e",
            TILLEULS,
            "professeur-tilleuls",
            "Derniers réglages 3e",
            "3e",
            "2022-05-02",
            "2022-06-30",
            null,
            "1.2 5.2");
    private static final Planned SUMMER = new Planned(
            "ete-5e",
            TILLEULS,
            "professeur-tilleuls",
            "Bilan de fin d’année 5e",
            "5e",
            "2022-06-07",
            "2022-06-24",
            null,
            "1.1 2.1 3.1");
    private static final Planned FIFTH = new Planned(
            "accompagnement-5e",
            TILLEULS,
            "professeur-tilleuls",
            "Accompagnement 5e",
            "5e",
            "2022-05-02",
            "2022-06-17",
            null,
            "1.1 2.1");
    private static final Planned HARBOUR = new Planned(
            "port-3e",
            PORT,
            "professeur-port",
            "Bilan des 3e du Port",
            "3e",
            "2022-03-01",
            "2022-04-15",
            null,
            "1.1 2.1 1.2");

    /** Closed, open and not yet open; the pupils who can sign in have an open campaign before them. */
    private List<Scene> campaigns() {
        return List.of(
                scene("2021-09-10T17:00", () -> campaigns.open(BACK_TO_SCHOOL)),
                scene("2021-09-20T10:00", () -> campaigns.takePart(BACK_TO_SCHOOL, tilleuls3eA.subList(0, 27))),
                scene("2022-02-10T17:00", () -> campaigns.open(WINTER)),
                scene("2022-02-22T10:00", () -> campaigns.takePart(WINTER, tilleuls3eA.subList(1, 28))),
                scene("2022-03-01T17:00", () -> campaigns.open(HARBOUR)),
                scene("2022-03-10T14:00", () -> campaigns.takePart(HARBOUR, port3eB.subList(1, 5))),
                scene("2022-04-08T17:00", () -> campaigns.close(HARBOUR)),
                scene("2022-04-29T17:00", () -> {
                    campaigns.open(SPRING);
                    campaigns.open(FIFTH);
                    campaigns.open(SUMMER);
                }),
                scene("2022-05-11T14:00", () -> {
                    campaigns.takePart(SPRING, tilleuls3eA.subList(1, 10));
                    campaigns.begin(SPRING, tilleuls3eA.subList(10, 14));
                    campaigns.takePart(FIFTH, tilleuls5eA.subList(1, 5));
                }));
    }

    /** The pupil of Port who can sign in sits the exam in the centre of Tilleuls, and has a certificate. */
    private List<DemoPupil> candidatesOfMarch() {
        return Stream.concat(
                        port3eB.stream().limit(1),
                        // The pupil of Tilleuls who can sign in waits for today's session.
                        tilleuls3eA.stream().skip(1))
                .filter(learners::certifiable)
                .limit(DemoSessions.CANDIDATES)
                .toList();
    }

    private List<DemoPupil> candidatesOfMay() {
        return port3eB.stream()
                .skip(1)
                .filter(learners::certifiable)
                .limit(DemoSessions.CANDIDATES_OF_MAY)
                .toList();
    }

    /** Those who may be certified come first; the others will learn at the door what they lack. */
    private List<DemoPupil> candidatesOfToday() {
        List<DemoPupil> others = tilleuls3eA.stream()
                .filter(pupil -> !sessions.satInMarch(pupil))
                .toList();
        return Stream.concat(
                        others.stream().filter(learners::certifiable),
                        others.stream().filter(pupil -> !learners.certifiable(pupil)))
                .limit(DemoSessions.CANDIDATES)
                .toList();
    }

    /** The certificate of the brief, of the time before the ledger. */
    private void importCertificate() {
        JsonNode file = briefCertificate();
        JsonNode holder = file.get("holder");
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        file.get("competences")
                .forEach(line -> levels.put(
                        new CompetenceCode(line.get("code").asString()),
                        new Level(line.get("level").asInt())));
        acts.send(
                "import-certificate",
                new ImportCertificate(
                        new CertificateId(DemoSeed.id("certificate/brief")),
                        new LearnerId(DemoSeed.id("learner/brief")),
                        file.get("code").asString(),
                        day(file, "examDate"),
                        day(file, "deliveredDate"),
                        day(file, "validUntil"),
                        new Centre(null, file.get("centre").get("name").asString()),
                        levels,
                        null,
                        null,
                        null,
                        file.get("source").asString(),
                        new CertificateHolder(
                                holder.get("firstName").asString(),
                                holder.get("lastName").asString(),
                                day(holder, "birthDate"),
                                holder.get("birthPlace").asString(),
                                null)),
                OPERATOR,
                Role.OPERATOR);
    }

    private static JsonNode briefCertificate() {
        try (InputStream file = DemoPast.class.getResourceAsStream("/demo/brief-certificate.json")) {
            if (file == null) {
                throw new IllegalStateException("demo/brief-certificate.json is missing");
            }
            return JsonMapper.shared().readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static LocalDate day(JsonNode node, String name) {
        return LocalDate.parse(node.get(name).asString());
    }

    private static Scene scene(String at, Runnable happening) {
        return new Scene(paris(at), happening);
    }
}
