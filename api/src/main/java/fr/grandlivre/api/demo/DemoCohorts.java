package fr.grandlivre.api.demo;

import fr.grandlivre.api.demo.DemoCampaigns.Planned;
import fr.grandlivre.api.demo.DemoCohort.Establishment;
import fr.grandlivre.api.demo.DemoPast.Scene;
import fr.grandlivre.api.demo.DemoSittings.Papers;
import fr.grandlivre.api.demo.DemoSittings.Place;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.school.SchoolCommand.Arrives;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.ImportRoster;
import fr.grandlivre.command.school.SchoolCommand.RosterEntry;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The other classes of the two establishments in the same three school years: each year pupils come, leave and move up, take
 * the campaign at its beginning, learn together; those who reach the end of the collège are certified.
 */
final class DemoCohorts {
    /** What a level works on in class, in the order of the year. */
    private static final Map<String, List<String>> LESSONS = Map.of(
            "6e", List.of("1.1", "3.1", "2.1"),
            "5e", List.of("1.2", "2.1", "3.1"),
            "4e", List.of("1.3", "2.1", "3.2"),
            "3e", List.of("1.1", "2.2", "4.3"));

    /** What the campaign at the beginning of the year asks. */
    private static final Map<String, String> AT_FIRST = Map.of(
            "5e", "1.1 2.1 3.1 5.2",
            "4e", "1.1 1.2 2.2 4.1",
            "3e", "1.1 1.3 2.1 2.3 4.2 5.1");

    /** What the one before the spring asks again. */
    private static final Map<String, String> IN_WINTER = Map.of(
            "5e", "1.2 2.1 3.1",
            "4e", "1.3 2.1 3.2",
            "3e", "1.1 2.2 4.3");

    private static final int LESSON = 9;
    private static final int CANDIDATES = 10;

    private final DemoActs acts;
    private final VirtualLearners learners;
    private final DemoCampaigns campaigns;
    private final DemoSittings sittings;
    private final DemoLedger ledger;
    private final List<DemoCohort> cohorts;

    /** Candidates of a session: more in a larger school. */
    private final int most;

    /** @param classes how many more classes the Collège des Tilleuls has each year, a multiple of four; 0 to 400 */
    DemoCohorts(
            DemoActs acts,
            VirtualLearners learners,
            DemoCampaigns campaigns,
            DemoSittings sittings,
            DemoLedger ledger,
            int classes) {
        this.acts = acts;
        this.learners = learners;
        this.campaigns = campaigns;
        this.sittings = sittings;
        this.ledger = ledger;
        this.cohorts = DemoCohort.all(classes);
        this.most = CANDIDATES + classes;
    }

    List<Scene> scenes() {
        return Stream.of(
                        years().mapToObj(this::rosters),
                        years().mapToObj(this::arrivals),
                        Stream.of(departures()),
                        years().mapToObj(this::campaigns),
                        years().mapToObj(this::lessons),
                        Stream.of(certifications()))
                .flatMap(stream -> stream)
                .flatMap(List::stream)
                .toList();
    }

    private static IntStream years() {
        return IntStream.rangeClosed(DemoCohort.FIRST_YEAR, DemoCohort.LAST_YEAR);
    }

    private List<Scene> rosters(int year) {
        LocalDate day = LocalDate.of(year, 9, 4);
        return List.of(
                scene(day, "08:30", () -> importRoster(Establishment.TILLEULS, year, day)),
                scene(day, "09:00", () -> importRoster(Establishment.PORT, year, day)));
    }

    /** A head brings in the list of everybody who is new on the roster. */
    private void importRoster(Establishment establishment, int year, LocalDate day) {
        SchoolYear schoolYear = SchoolYear.of(day);
        List<RosterEntry> entries = cohorts.stream()
                .filter(cohort -> cohort.establishment().equals(establishment))
                .flatMap(cohort -> cohort.level(year).stream()
                        .flatMap(level -> cohort.on(day).stream()
                                .<RosterEntry>map(pupil -> new Arrives(
                                        pupil.learner(),
                                        new Division(level + cohort.letter()),
                                        level,
                                        pupil.onRoster()))))
                .toList();
        acts.send(
                "import/" + establishment.name() + "/" + schoolYear,
                new ImportRoster(
                        establishment.school(),
                        schoolYear,
                        ledger.events(StreamIds.roster(establishment.school(), schoolYear), RosterChanged.class)
                                .size(),
                        entries.size(),
                        0,
                        entries),
                establishment.head(),
                Role.HEAD);
    }

    private List<Scene> arrivals(int year) {
        return cohorts.stream()
                .flatMap(cohort -> cohort.members().stream()
                        .filter(member -> member.from().isAfter(LocalDate.of(year, 9, 4))
                                && member.from().isBefore(LocalDate.of(year + 1, 7, 1)))
                        .map(member -> scene(member.from(), "09:00", () -> enrol(cohort, year, member.pupil()))))
                .toList();
    }

    private void enrol(DemoCohort cohort, int year, DemoPupil pupil) {
        cohort.level(year).ifPresent(level -> {
            SchoolYear schoolYear = SchoolYear.of(LocalDate.of(year, 9, 1));
            acts.pass(Duration.ofSeconds(2));
            acts.send(
                    "enrol/" + cohort.establishment().name() + "/" + schoolYear + "/" + pupil.name(),
                    new EnrolPupil(
                            cohort.establishment().school(),
                            schoolYear,
                            pupil.learner(),
                            new Division(level + cohort.letter()),
                            level,
                            pupil.onRoster(),
                            null),
                    cohort.establishment().head(),
                    Role.HEAD);
        });
    }

    private List<Scene> departures() {
        return cohorts.stream()
                .flatMap(cohort -> cohort.members().stream()
                        .flatMap(member -> Optional.ofNullable(member.until()).stream()
                                .map(last -> scene(last, "18:00", () -> leave(cohort, member.pupil(), last)))))
                .toList();
    }

    private void leave(DemoCohort cohort, DemoPupil pupil, LocalDate lastDay) {
        acts.send(
                "leave/" + cohort.establishment().name() + "/" + pupil.name(),
                new EndEnrolment(
                        cohort.establishment().school(),
                        SchoolYear.of(lastDay),
                        pupil.learner(),
                        lastDay,
                        LeavingReason.MOVED),
                cohort.establishment().head(),
                Role.HEAD);
    }

    /** One campaign for a level of a school, in September; in the last year another one before the spring. */
    private List<Scene> campaigns(int year) {
        LocalDate september = LocalDate.of(year, 9, 13).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        LocalDate winter = LocalDate.of(year + 1, 2, 7);
        List<Scene> scenes = new ArrayList<>();
        for (Establishment establishment : List.of(Establishment.TILLEULS, Establishment.PORT)) {
            for (String level : AT_FIRST.keySet().stream().sorted().toList()) {
                boolean ofLastYear = year == DemoCohort.LAST_YEAR;
                scenes.addAll(campaign(
                        planned(
                                "rentree",
                                establishment,
                                "Parcours de rentrée " + level,
                                level,
                                september,
                                LocalDate.of(year, 10, 31),
                                ofLastYear ? 1 : null,
                                AT_FIRST),
                        establishment,
                        september));
                if (ofLastYear) {
                    scenes.addAll(campaign(
                            planned(
                                    "hiver",
                                    establishment,
                                    "Bilan de mi-année " + level,
                                    level,
                                    winter,
                                    LocalDate.of(year + 1, 2, 28),
                                    2,
                                    IN_WINTER),
                            establishment,
                            winter));
                }
            }
        }
        return scenes;
    }

    private static Planned planned(
            String name,
            Establishment establishment,
            String title,
            String level,
            LocalDate opens,
            LocalDate closes,
            @Nullable Integer step,
            Map<String, String> target) {
        return new Planned(
                name + "-" + establishment.name() + "-" + level + "-" + opens.getYear(),
                establishment.school(),
                establishment.teacher(),
                title,
                level,
                opens.toString(),
                closes.toString(),
                step,
                Objects.requireNonNull(target.get(level)));
    }

    private List<Scene> campaign(Planned planned, Establishment establishment, LocalDate first) {
        // Each level has a day of its own.
        LocalDate day = first.plusDays(DemoCohort.LEVELS.indexOf(planned.year()));
        List<DemoPupil> pupils = pupils(establishment, planned.year(), day);
        return pupils.isEmpty()
                ? List.of()
                : List.of(
                        scene(first.minusDays(3), "17:30", () -> campaigns.open(planned)),
                        scene(
                                day,
                                establishment.equals(Establishment.PORT) ? "13:00" : "14:30",
                                () -> campaigns.takePart(planned, pupils)));
    }

    private List<DemoPupil> pupils(Establishment establishment, String level, LocalDate day) {
        return pupils(establishment, level, day, 0);
    }

    /** @param lesson of the year, from 0; only pupils who take it */
    private List<DemoPupil> pupils(Establishment establishment, String level, LocalDate day, int lesson) {
        int year = SchoolYear.of(day).firstDay().getYear();
        return cohorts.stream()
                .filter(cohort -> cohort.establishment().equals(establishment)
                        && cohort.lessons() > lesson
                        && cohort.level(year).filter(level::equals).isPresent())
                .flatMap(cohort -> cohort.on(day).stream())
                .toList();
    }

    private List<Scene> lessons(int year) {
        List<LocalDate> days = Stream.of(
                        LocalDate.of(year, 11, 12), LocalDate.of(year + 1, 1, 12), LocalDate.of(year + 1, 3, 1))
                .map(first -> first.with(TemporalAdjusters.nextOrSame(DayOfWeek.THURSDAY)))
                .toList();
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            int lesson = i;
            LocalDate day = days.get(i);
            for (String level : DemoCohort.LEVELS) {
                CompetenceCode competence = new CompetenceCode(
                        Objects.requireNonNull(LESSONS.get(level)).get(i));
                scenes.add(scene(
                        day,
                        "15:%02d".formatted(10 * DemoCohort.LEVELS.indexOf(level)),
                        () -> learners.lesson(
                                "lesson/" + day + "/" + level,
                                acts.now(),
                                Stream.of(Establishment.TILLEULS, Establishment.PORT)
                                        .flatMap(establishment -> pupils(establishment, level, day, lesson).stream())
                                        .toList(),
                                competence,
                                LESSON)));
            }
        }
        return scenes;
    }

    private static final Papers OF_2020 = papers("200609", "2020-06-09T14:00", "HTVX37", "M4R9K", Place.TILLEULS);
    private static final Papers OF_2021 = papers("210518", "2021-05-18T14:00", "JKMP29", "K3D7W", Place.TILLEULS);
    private static final Papers PORT_2021 = papers("210520", "2021-05-20T14:00", "RWXT64", "D9C4H", Place.PORT);
    private static final Papers PORT_2022 = papers("220405", "2022-04-05T14:00", "VGHM73", "R7W3C", Place.PORT);
    private static final Papers PORT_NEXT = papers("220524", "2022-05-24T14:00", "PKJT92", "H4D9M", Place.PORT);

    private static Papers papers(String number, String planned, String access, String invigilators, Place place) {
        return new Papers(
                new SessionId(DemoSeed.id("session/" + number)),
                Integer.parseInt(number),
                LocalDateTime.parse(planned),
                access,
                invigilators,
                place);
    }

    static final CertificateId EXPIRED = new CertificateId(DemoSeed.id("certificate/expired"));
    static final String EXPIRED_CODE = "P-345678";

    /** Of the time before the ledger, and over since June 2021. */
    private void importExpired() {
        SortedMap<CompetenceCode, Level> levels = new TreeMap<>();
        Map.of("1.1", 3, "1.2", 2, "2.1", 3, "3.1", 1, "5.2", 2)
                .forEach((code, level) -> levels.put(new CompetenceCode(code), new Level(level)));
        acts.send(
                "import-expired",
                new ImportCertificate(
                        EXPIRED,
                        new LearnerId(DemoSeed.id("learner/expired")),
                        EXPIRED_CODE,
                        day("2018-05-29"),
                        day("2018-06-19"),
                        day("2021-06-19"),
                        new Centre(null, "Lycée des Salines"),
                        levels,
                        null,
                        null,
                        null,
                        "demo",
                        new CertificateHolder("Solène", "Kerbrat", day("2002-03-14"), "Brest", null)),
                DemoAccount.accountOf("exploitant").value(),
                Role.OPERATOR);
    }

    private List<Scene> certifications() {
        List<DemoPupil> planned = new ArrayList<>();
        return Stream.of(
                        certification(OF_2020, Establishment.TILLEULS, planned),
                        certification(OF_2021, Establishment.TILLEULS, planned),
                        certification(PORT_2021, Establishment.PORT, planned),
                        certification(PORT_2022, Establishment.PORT, planned),
                        List.of(
                                scene(day("2020-07-15"), "10:00", this::importExpired),
                                scene(day("2022-05-05"), "16:00", () -> sittings.plan(PORT_NEXT)),
                                scene(
                                        day("2022-05-06"),
                                        "10:00",
                                        () -> sittings.enrol(
                                                PORT_NEXT,
                                                candidates(Establishment.PORT, day("2022-05-06"), planned)))))
                .flatMap(List::stream)
                .toList();
    }

    /** @param planned who sat before, or is about to */
    private List<Scene> certification(Papers papers, Establishment establishment, List<DemoPupil> planned) {
        LocalDate day = papers.planned().toLocalDate();
        SequencedMap<DemoPupil, ExamId> exams = new LinkedHashMap<>();
        return List.of(
                scene(day.minusDays(14), "15:00", () -> sittings.plan(papers)),
                scene(
                        day.minusDays(7),
                        "15:00",
                        () -> exams.putAll(sittings.enrol(papers, candidates(establishment, day, planned)))),
                scene(day, "13:45", () -> sittings.sit(papers, exams)),
                scene(day, "16:30", () -> sittings.finalise(papers, exams, null)),
                scene(day.plusDays(14), "09:00", () -> {
                    sittings.assignOfficer(papers);
                    sittings.publish(papers, exams.values());
                }));
    }

    private List<DemoPupil> candidates(Establishment establishment, LocalDate day, List<DemoPupil> planned) {
        List<DemoPupil> candidates = pupils(establishment, "3e", day).stream()
                .filter(pupil -> !planned.contains(pupil))
                .filter(learners::certifiable)
                .limit(most)
                .toList();
        planned.addAll(candidates);
        return candidates;
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Scene scene(LocalDate day, String time, Runnable happening) {
        return new Scene(DemoPast.paris(day + "T" + time), happening);
    }
}
