package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Filed;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.query.schoolreport.ExportReceipt;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * How the results of a class get into the school report, in three steps with addresses of their own: what stands in the
 * way, what the report will say, the file with its receipt.
 */
@Controller
@Allowed(Role.HEAD)
class SchoolReportPages {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ClassReports reports;
    private final SchoolReportQueries queries;
    private final Exports exports;
    private final Dates words;
    private final Dispatch dispatch;

    SchoolReportPages(
            ClassReports reports, SchoolReportQueries queries, Exports exports, Dates words, Dispatch dispatch) {
        this.reports = reports;
        this.queries = queries;
        this.exports = exports;
        this.words = words;
        this.dispatch = dispatch;
    }

    /**
     * One pupil's line as the page words it.
     *
     * @param learner   who
     * @param name      last name, first name; absent when erased
     * @param birthDate in the reader's language; absent when erased
     * @param ine       absent when the school does not know it
     * @param obtained  whether the mention is given
     * @param status    {@code pending}, {@code validated}, {@code rejected}, {@code cancelled}, as in the file; absent
     *                  without a certification
     * @param code      verification code; absent until published and validated
     * @param examDate  in the reader's language; absent without a certification
     */
    record PupilRow(
            UUID learner,
            Optional<String> name,
            Optional<String> birthDate,
            Optional<String> ine,
            boolean obtained,
            Optional<String> status,
            Optional<String> code,
            Optional<String> examDate) {}

    /**
     * What the first step found about one pupil.
     *
     * @param name     last name, first name; empty when erased
     * @param code     names the finding and its sentence
     * @param blocking whether the pupil's line is held back
     */
    record CheckRow(UUID learner, String name, String code, boolean blocking) {}

    /**
     * A receipt as the page words it.
     *
     * @param minute when, in words
     * @param by     pseudonym of who made the file
     */
    record ReceiptRow(
            UUID id, String minute, UUID by, long position, int rows, int skipped, String rule, String sha256) {}

    /** A pupil who is not in a file, and why. */
    record LeftOut(String name, String reason) {}

    @GetMapping("/etablissement/livret")
    String check(
            @RequestParam(name = "division", required = false) @Nullable Division division,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "homonymes", defaultValue = "false") boolean homonyms,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        Uai own = reports.own(head);
        SchoolYear year = reports.year(asked);
        frame(own, year, division, homonyms, atLeast, page);
        if (!reports.isKnown(own, year)) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        if (division != null && queries.schoolName(own).isPresent()) {
            ClassReport report = reports.shownTo(head, own, year, division, Surface.SCHOOL_REPORT);
            if (report.lines().isEmpty()) {
                // The page says so and offers the classes that there are.
                response.setStatus(HttpStatus.NOT_FOUND.value());
            }
            List<CheckRow> found = found(report, homonyms);
            page.addAttribute("pupils", report.lines().size());
            page.addAttribute(
                    "blocking", found.stream().filter(CheckRow::blocking).toList());
            page.addAttribute(
                    "others", found.stream().filter(row -> !row.blocking()).toList());
            page.addAttribute(
                    "blocked",
                    found.stream()
                            .filter(CheckRow::blocking)
                            .map(CheckRow::learner)
                            .distinct()
                            .count());
            page.addAttribute("hasHomonyms", !Checks.of(report).homonyms().isEmpty());
            since(own, report, division, homonyms, page);
        }
        return "schoolreport/check";
    }

    @GetMapping("/etablissement/livret/apercu")
    String preview(
            @RequestParam(name = "division") Division division,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "homonymes", defaultValue = "false") boolean homonyms,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Locale language,
            Model page) {
        Uai own = reports.own(head);
        SchoolYear year = reports.year(asked);
        frame(own, year, division, homonyms, atLeast, page);
        ClassReport report = reports.shownTo(head, reports.existing(own, year, division), Surface.SCHOOL_REPORT);
        Checks checks = Checks.of(report);
        page.addAttribute("lines", lines(report, language));
        page.addAttribute(
                "heldBack",
                report.lines().stream()
                        .filter(line -> checks.reason(line, homonyms)
                                .filter(reason -> reason != SkipReason.NO_CERTIFICATION)
                                .isPresent())
                        .map(line -> line.learner().value())
                        .collect(Collectors.toSet()));
        page.addAttribute("certified", report.certified());
        page.addAttribute("label", MentionResource.words(report.rule().label(), language));
        page.addAttribute("note", MentionResource.words(report.rule().note(), language));
        page.addAttribute("definition", MentionResource.words(report.rule().definition(), language));
        page.addAttribute("rule", report.rule().version().value());
        page.addAttribute("position", report.position());
        page.addAttribute("book", book(report));
        return "schoolreport/preview";
    }

    @GetMapping("/etablissement/livret/export")
    String export(
            @RequestParam(name = "division") Division division,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "homonymes", defaultValue = "false") boolean homonyms,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Model page) {
        Uai own = reports.own(head);
        SchoolYear year = reports.year(asked);
        frame(own, year, division, homonyms, atLeast, page);
        ClassReport report = reports.shownTo(head, reports.existing(own, year, division), Surface.SCHOOL_REPORT);
        CertificationFile file = exports.file(report, homonyms);
        page.addAttribute("rows", file.rows());
        page.addAttribute("leftOut", leftOut(report, file.skipped()));
        since(own, report, division, homonyms, page);
        return "schoolreport/export";
    }

    @PostMapping("/etablissement/livret/export")
    @Impersonal("the address of a receipt")
    String make(
            CommandKey key,
            @RequestParam(name = "division", required = false) @Nullable String division,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "homonymes", defaultValue = "false") boolean homonyms,
            SignedIn head) {
        Fields fields = new Fields();
        Division of = fields.parsed("/division", division, Division::new, new Division("-"));
        fields.check();
        Exports.Made made = exports.make(head, reports.own(head), reports.year(asked), of, homonyms, key);
        return "redirect:/etablissement/livret/recus/" + made.receipt().exportId()
                + (made.changed() ? "?atLeast=" + made.done().position() : "?inchange=true");
    }

    @GetMapping("/etablissement/livret/recus/{export}")
    String receipt(
            @PathVariable UUID export,
            @RequestParam(name = "inchange", defaultValue = "false") boolean unchanged,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Model page) {
        Uai own = reports.own(head);
        boolean late = !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast);
        ExportReceipt receipt = exports.receipt(own, export);
        ClassReport report =
                reports.shownTo(head, own, receipt.schoolYear(), receipt.division(), Surface.SCHOOL_REPORT);
        frame(own, receipt.schoolYear(), receipt.division(), false, 0, page);
        page.addAttribute("late", late);
        page.addAttribute("receipt", row(receipt));
        page.addAttribute("leftOut", leftOut(report, receipt.skipped()));
        page.addAttribute("unchanged", unchanged);
        page.addAttribute("current", exports.content(receipt).isPresent());
        page.addAttribute("changed", exports.changedSince(receipt, report));
        return "schoolreport/receipt";
    }

    /** The very bytes of the receipt; a class that changed since needs a new file. */
    @GetMapping("/etablissement/livret/recus/{export}/certifications.csv")
    ResponseEntity<byte[]> csv(@PathVariable UUID export, SignedIn head) {
        Uai own = reports.own(head);
        ExportReceipt receipt = exports.receipt(own, export);
        reports.shownTo(head, own, receipt.schoolYear(), receipt.division(), Surface.EXPORT);
        return exports.content(receipt)
                .map(file -> file.csv()
                        .download(
                                CertificationFile.name(receipt.uai(), receipt.division(), ParisDays.of(receipt.at()))))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create("/etablissement/livret/recus/" + export))
                        .build());
    }

    private void frame(
            Uai own, SchoolYear year, @Nullable Division division, boolean homonyms, long atLeast, Model page) {
        page.addAttribute("late", !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast));
        page.addAttribute("upToDateAt", SECONDS.format(reports.localTime()));
        page.addAttribute("schoolName", reports.name(own));
        page.addAttribute("uai", own.value());
        page.addAttribute("year", year.value());
        page.addAttribute("years", reports.years());
        page.addAttribute(
                "divisions",
                queries.divisions(own, year).keySet().stream()
                        .map(Division::value)
                        .toList());
        page.addAttribute("division", division == null ? null : division.value());
        page.addAttribute("homonyms", homonyms);
    }

    private void since(Uai own, ClassReport report, Division division, boolean homonyms, Model page) {
        Optional<ExportReceipt> last = exports.latest(own, report.schoolYear(), division);
        page.addAttribute("last", last.map(this::row).orElse(null));
        page.addAttribute(
                "same",
                last.filter(receipt -> receipt.sha256()
                                .equals(exports.file(report, homonyms).sha256()))
                        .isPresent());
        page.addAttribute(
                "changed",
                last.map(receipt -> exports.changedSince(receipt, report)).orElse(List.of()));
    }

    private ReceiptRow row(ExportReceipt receipt) {
        return new ReceiptRow(
                receipt.exportId(),
                words.minute(receipt.at()),
                exports.by(receipt),
                receipt.readTo(),
                receipt.rows(),
                receipt.skipped().size(),
                receipt.rule().value(),
                receipt.sha256());
    }

    private static List<LeftOut> leftOut(ClassReport report, List<Skipped> skipped) {
        Map<LearnerId, Line> lines = report.lines().stream().collect(Collectors.toMap(Line::learner, line -> line));
        return skipped.stream()
                .map(one -> new LeftOut(
                        Optional.ofNullable(lines.get(one.learner()))
                                .map(SchoolReportPages::name)
                                .orElse(""),
                        WireName.of(one.reason())))
                .toList();
    }

    private static List<CheckRow> found(ClassReport report, boolean homonymsChecked) {
        Checks checks = Checks.of(report);
        List<CheckRow> found = new ArrayList<>();
        for (Line line : report.lines()) {
            if (line.erased()) {
                found.add(row(line, "erased", true));
                continue;
            }
            if (line.ine() == null) {
                found.add(row(line, "ine-missing", true));
            }
            if (checks.homonyms().contains(line.learner())) {
                found.add(row(line, "homonym", !homonymsChecked));
            }
            Filed filed = line.filed();
            if (filed == null) {
                found.add(row(line, "no-certification", false));
            } else if (filed.status() != ReportStatus.VALIDATED) {
                found.add(row(line, WireName.of(filed.status()), false));
            }
        }
        return found;
    }

    private static CheckRow row(Line line, String code, boolean blocking) {
        return new CheckRow(line.learner().value(), name(line), code, blocking);
    }

    /** @return last name, first name; empty when erased */
    static String name(Line line) {
        return line.erased() ? "" : line.lastName() + " " + line.firstName();
    }

    /** @return {@code lsu}, {@code lsl}, or {@code none} when no report carries the line of this class */
    private static String book(ClassReport report) {
        return report.lines().stream()
                .flatMap(line -> report.rule().book(line.year()).stream())
                .findFirst()
                .map(WireName::of)
                .orElse("none");
    }

    private static List<PupilRow> lines(ClassReport report, Locale language) {
        DateTimeFormatter days = days(language);
        return report.lines().stream()
                .map(line -> new PupilRow(
                        line.learner().value(),
                        line.erased() ? Optional.empty() : Optional.of(name(line)),
                        Optional.ofNullable(line.birthDate()).map(days::format),
                        Optional.ofNullable(line.ine()),
                        line.mention() == Mention.CERTIFICATION_OBTAINED,
                        Optional.ofNullable(line.filed()).map(Filed::status).map(WireName::of),
                        Optional.ofNullable(line.code()).map(code -> code.value()),
                        Optional.ofNullable(line.filed()).map(Filed::examDate).map(days::format)))
                .toList();
    }

    // English dates as in Europe: the day before the month.
    static DateTimeFormatter days(Locale language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(language.getLanguage().equals("en") ? Locale.UK : Locale.FRANCE);
    }
}
