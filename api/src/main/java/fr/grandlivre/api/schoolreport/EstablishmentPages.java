package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.schoolreport.Coverage.ClassCoverage;
import fr.grandlivre.api.schoolreport.Coverage.PupilStage;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ExportReceipt;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.rules.campaign.SchoolCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a head of school has to do. */
@Controller
@Allowed(Role.HEAD)
class EstablishmentPages {
    private final ClassReports reports;
    private final SessionQueries sessions;
    private final Exports exports;
    private final Coverage coverage;
    private final Accesses accesses;
    private final Dispatch dispatch;

    EstablishmentPages(
            ClassReports reports,
            SessionQueries sessions,
            Exports exports,
            Coverage coverage,
            Accesses accesses,
            Dispatch dispatch) {
        this.reports = reports;
        this.sessions = sessions;
        this.exports = exports;
        this.coverage = coverage;
        this.accesses = accesses;
        this.dispatch = dispatch;
    }

    /**
     * One class on the dashboard.
     *
     * @param pupils     on its roster
     * @param certified  with the mention
     * @param withoutIne whose line the school-report software cannot match
     * @param differing  pupils of whom the file made last would say something else now; 0 when none was made, or when
     *                   it would be the same
     */
    record ClassRow(String division, int pupils, long certified, long withoutIne, int differing) {}

    /**
     * A session to be closed.
     *
     * @param id     of the session
     * @param number what people call it by
     * @param day    in the reader's language
     * @param room   where
     */
    record OpenSession(UUID id, String number, String day, String room) {}

    /**
     * A stretch of the school year.
     *
     * @param number names its sentence
     * @param when   {@code past}, {@code now} or {@code later}
     */
    record CalendarRow(int number, String audience, LocalDate from, LocalDate to, String when) {}

    @GetMapping("/etablissement")
    @Impersonal("numbers of pupils")
    String establishment(@RequestParam(defaultValue = "0") long atLeast, SignedIn head, Locale language, Model page) {
        Uai own = reports.own(head);
        page.addAttribute("late", !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast));
        page.addAttribute("upToDateAt", SchoolReportPages.SECONDS.format(reports.localTime()));
        SchoolYear year = reports.year(null);
        Map<Division, ExportReceipt> receipts = exports.latest(own, year);
        List<ClassRow> classes = reports.all(own, year).stream()
                .map(report -> row(report, receipts))
                .toList();
        page.addAttribute("schoolName", reports.name(own));
        page.addAttribute("uai", own.value());
        page.addAttribute("year", year.value());
        page.addAttribute(
                "calendar",
                SchoolCalendar.of(year).stream()
                        .map(step -> step(step, reports.today()))
                        .toList());
        page.addAttribute("classes", classes);
        page.addAttribute(
                "withoutIne", classes.stream().mapToLong(ClassRow::withoutIne).sum());
        page.addAttribute(
                "toExport", classes.stream().filter(row -> row.differing() > 0).toList());
        page.addAttribute(
                "openSessions",
                sessions.ofEstablishment(own).stream()
                        .filter(session -> session.status() == SessionView.Status.CREATED
                                && session.plannedDate().isBefore(reports.today()))
                        .map(session -> open(session, language))
                        .toList());
        return "schoolreport/establishment";
    }

    @GetMapping("/etablissement/couverture")
    String coverage(
            @RequestParam(name = "division", required = false) @Nullable Division division,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Model page) {
        Uai own = reports.own(head);
        page.addAttribute("late", !dispatch.caughtUp(ProfileQueries.VIEW, atLeast));
        page.addAttribute("upToDateAt", SchoolReportPages.SECONDS.format(reports.localTime()));
        SchoolYear year = reports.year(null);
        List<ClassCoverage> classes = coverage.of(reports.all(own, year).stream()
                .filter(EstablishmentPages::isCertified)
                .toList());
        page.addAttribute("year", year.value());
        page.addAttribute("classes", classes);
        Optional<ClassCoverage> chosen =
                classes.stream().filter(one -> one.division().equals(division)).findFirst();
        chosen.ifPresent(one -> accesses.record(
                head,
                Role.HEAD,
                Surface.CLASS,
                FieldsClass.IDENTITY_AND_RESULTS,
                one.pupils().stream().map(PupilStage::learner).toList()));
        page.addAttribute("chosen", chosen.orElse(null));
        return "schoolreport/coverage";
    }

    // The levels whose school report carries the mention.
    private static boolean isCertified(ClassReport report) {
        return report.lines().stream()
                .anyMatch(line -> report.rule().book(line.year()).isPresent());
    }

    private ClassRow row(ClassReport report, Map<Division, ExportReceipt> receipts) {
        Division division = Objects.requireNonNull(report.division());
        return new ClassRow(
                division.value(),
                report.lines().size(),
                report.certified(),
                report.lines().stream().filter(line -> line.ine() == null).count(),
                Optional.ofNullable(receipts.get(division))
                        .filter(receipt -> exports.content(receipt, report).isEmpty())
                        .map(receipt -> exports.changedSince(receipt, report).size())
                        .orElse(0));
    }

    private static CalendarRow step(SchoolCalendar.Step step, LocalDate today) {
        String when = today.isAfter(step.to()) ? "past" : today.isBefore(step.from()) ? "later" : "now";
        return new CalendarRow(step.number(), String.join(", ", step.audience()), step.from(), step.to(), when);
    }

    private static OpenSession open(SessionView session, Locale language) {
        return new OpenSession(
                session.session().value(),
                Integer.toString(session.number()),
                SchoolReportPages.days(language).format(session.plannedDate()),
                session.room());
    }
}
