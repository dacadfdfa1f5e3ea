package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a head of school sees of the own establishment: what is to be done, and the lines of each class. */
@Controller
@Allowed(Role.HEAD)
class SchoolReportPages {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** A head looks back at the years that pupils of today spent here. */
    private static final int YEARS_SHOWN = 4;

    private final ClassReports reports;
    private final SchoolReportQueries queries;
    private final SessionQueries sessions;
    private final Accesses accesses;
    private final Dispatch dispatch;

    SchoolReportPages(
            ClassReports reports,
            SchoolReportQueries queries,
            SessionQueries sessions,
            Accesses accesses,
            Dispatch dispatch) {
        this.reports = reports;
        this.queries = queries;
        this.sessions = sessions;
        this.accesses = accesses;
        this.dispatch = dispatch;
    }

    /**
     * One class on the dashboard.
     *
     * @param pupils     on its roster
     * @param certified  with the mention
     * @param withoutIne whose line the school-report software cannot match
     */
    record ClassRow(String division, int pupils, long certified, long withoutIne) {}

    /**
     * One pupil's line as the page words it.
     *
     * @param name       last name, first name; absent when erased
     * @param birthDate  in the reader's language; absent when erased
     * @param ine        absent when the school does not know it
     * @param obtained   whether the mention is given
     * @param status     {@code pending}, {@code validated}, {@code rejected}; absent without a certification
     * @param code       verification code; absent until published and validated
     * @param examDate   in the reader's language; absent without a certification
     */
    record PupilRow(
            Optional<String> name,
            Optional<String> birthDate,
            Optional<String> ine,
            boolean obtained,
            Optional<String> status,
            Optional<String> code,
            Optional<String> examDate) {}

    /**
     * A session to be closed.
     *
     * @param id     of the session
     * @param number what people call it by
     * @param day  in the reader's language
     * @param room where
     */
    record OpenSession(UUID id, String number, String day, String room) {}

    @GetMapping("/etablissement")
    @Impersonal("numbers of pupils")
    String establishment(@RequestParam(defaultValue = "0") long atLeast, SignedIn head, Locale language, Model page) {
        Uai own = reports.own(head);
        freshness(atLeast, page);
        SchoolYear year = reports.year(null);
        List<ClassRow> classes = queries.divisions(own, year).keySet().stream()
                .map(division -> row(reports.of(own, year, division)))
                .toList();
        page.addAttribute("schoolName", reports.name(own));
        page.addAttribute("uai", own.value());
        page.addAttribute("year", year.value());
        page.addAttribute("classes", classes);
        page.addAttribute(
                "withoutIne", classes.stream().mapToLong(ClassRow::withoutIne).sum());
        page.addAttribute(
                "openSessions",
                sessions.ofEstablishment(own.value()).stream()
                        .filter(session -> session.status() == SessionView.Status.CREATED
                                && session.plannedDate().isBefore(reports.today()))
                        .map(session -> open(session, language))
                        .toList());
        return "schoolreport/establishment";
    }

    @GetMapping("/etablissement/livret")
    String report(
            @RequestParam(name = "division", required = false) @Nullable Division division,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Locale language,
            Model page) {
        Uai own = reports.own(head);
        freshness(atLeast, page);
        SchoolYear year = reports.year(asked);
        page.addAttribute("schoolName", reports.name(own));
        page.addAttribute("uai", own.value());
        page.addAttribute("year", year.value());
        page.addAttribute("years", years());
        page.addAttribute(
                "divisions",
                queries.divisions(own, year).keySet().stream()
                        .map(Division::value)
                        .toList());
        page.addAttribute("division", division == null ? null : division.value());
        if (division != null && queries.schoolName(own).isPresent()) {
            ClassReport report = reports.of(own, year, division);
            accesses.record(
                    head, Role.HEAD, Surface.SCHOOL_REPORT, FieldsClass.IDENTITY_AND_RESULTS, report.learners());
            page.addAttribute("lines", lines(report, language));
            page.addAttribute("certified", report.certified());
            page.addAttribute("label", MentionResource.words(report.rule().label(), language));
            page.addAttribute("note", MentionResource.words(report.rule().note(), language));
            page.addAttribute("rule", report.rule().version().value());
            page.addAttribute("position", report.position());
        }
        return "schoolreport/report";
    }

    private void freshness(long atLeast, Model page) {
        page.addAttribute("late", !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast));
        page.addAttribute("upToDateAt", SECONDS.format(LocalTime.ofInstant(reports.now(), ParisDays.ZONE)));
    }

    private List<String> years() {
        return Stream.iterate(reports.today(), day -> day.minusYears(1))
                .limit(YEARS_SHOWN)
                .map(day -> SchoolYear.of(day).value())
                .toList();
    }

    private static ClassRow row(ClassReport report) {
        return new ClassRow(
                report.division().value(),
                report.lines().size(),
                report.certified(),
                report.lines().stream().filter(line -> line.ine() == null).count());
    }

    private static OpenSession open(SessionView session, Locale language) {
        return new OpenSession(
                session.session().value(),
                Integer.toString(session.number()),
                days(language).format(session.plannedDate()),
                session.room());
    }

    private static List<PupilRow> lines(ClassReport report, Locale language) {
        DateTimeFormatter days = days(language);
        return report.lines().stream()
                .map(line -> new PupilRow(
                        line.lastName() == null || line.firstName() == null
                                ? Optional.empty()
                                : Optional.of(line.lastName() + " " + line.firstName()),
                        Optional.ofNullable(line.birthDate()).map(days::format),
                        Optional.ofNullable(line.ine()),
                        line.mention() == Mention.CERTIFICATION_OBTAINED,
                        Optional.ofNullable(line.status())
                                .map(status -> status.name().toLowerCase(Locale.ROOT)),
                        Optional.ofNullable(line.code()).map(code -> code.value()),
                        Optional.ofNullable(line.examDate()).map(days::format)))
                .toList();
    }

    // English dates as in Europe: the day before the month.
    private static DateTimeFormatter days(Locale language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(language.getLanguage().equals("en") ? Locale.UK : Locale.FRANCE);
    }
}
