package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.school.SchoolCommand.ProduceExport;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.query.schoolreport.ExportQueries;
import fr.grandlivre.query.schoolreport.ExportReceipt;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.schoolreport.FileProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Files of certifications with their receipts. Thread-safe. */
@Component
class Exports {
    private final ClassReports reports;
    private final SchoolReportQueries queries;
    private final ExportQueries receipts;
    private final LedgerQueries ledger;
    private final Dispatch dispatch;

    Exports(
            ClassReports reports,
            SchoolReportQueries queries,
            ExportQueries receipts,
            LedgerQueries ledger,
            Dispatch dispatch) {
        this.reports = reports;
        this.queries = queries;
        this.receipts = receipts;
        this.ledger = ledger;
        this.dispatch = dispatch;
    }

    /**
     * What was recorded.
     *
     * @param receipt of the file
     * @param done    position up to which the view must have come to show it
     * @param changed false when the very same file was made last
     */
    record Made(ExportReceipt receipt, Done done, boolean changed) {}

    /** @return the file as it would be now; nothing is recorded */
    CertificationFile file(ClassReport report, boolean homonymsChecked) {
        return CertificationFile.of(report, FileProfile.ofClass(), homonymsChecked);
    }

    /**
     * Makes the file of a class and writes a receipt, unless it is byte for byte the one made last.
     *
     * @throws ProblemException {@code not-found} while nobody registered the establishment, and for a class without pupils,
     *                          {@code view-behind} when what was recorded cannot be shown in time
     */
    Made make(SignedIn head, Uai own, SchoolYear year, Division division, boolean homonymsChecked, CommandKey key) {
        ClassReport report = reports.existing(own, year, division);
        CertificationFile file = file(report, homonymsChecked);
        String profile = FileProfile.ofClass().name();
        ProduceExport command = new ProduceExport(
                queries.school(own).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)),
                own,
                year,
                division,
                profile,
                file.rows(),
                file.skipped(),
                report.position(),
                report.rule().version(),
                file.sha256(),
                key.commandId(),
                false);
        Done done = dispatch.send(command, key, head, Role.HEAD);
        dispatch.await(SchoolReportQueries.VIEW, done.position());
        ExportReceipt receipt = receipts.find(own, key.commandId())
                .or(() -> receipts.latest(own, year, division, profile))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return new Made(receipt, done, done.seq() != null);
    }

    /**
     * @return the receipt
     * @throws ProblemException {@code not-found} when it is another establishment's or there is none
     */
    ExportReceipt receipt(Uai own, UUID export) {
        return receipts.find(own, export).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /** @return pseudonym of the account that made the file */
    UUID by(ExportReceipt receipt) {
        return ledger.at(receipt.position()).orElseThrow().metadata().actor();
    }

    /** @return the latest receipt of a class; empty when no file was made of it */
    Optional<ExportReceipt> latest(Uai own, SchoolYear year, Division division) {
        return receipts.latest(own, year, division, FileProfile.ofClass().name());
    }

    /** @return the latest receipt of every class of a year of which a file was made */
    Map<Division, ExportReceipt> latest(Uai own, SchoolYear year) {
        return receipts.latest(own, year, FileProfile.ofClass().name());
    }

    /**
     * @return the very bytes that the receipt is about; empty when the class has changed since, so that they would be others
     */
    Optional<CertificationFile> content(ExportReceipt receipt) {
        return content(receipt, reports.of(receipt.uai(), receipt.schoolYear(), receipt.division()));
    }

    /** The same of a class that was read already. */
    Optional<CertificationFile> content(ExportReceipt receipt, ClassReport report) {
        return Stream.of(true, false)
                .map(checked -> file(report, checked))
                .filter(file -> file.sha256().equals(receipt.sha256()))
                .findFirst();
    }

    /**
     * @return the pupils of whom something changed since the file of the receipt was made, and those who are no longer in the
     *         class; by name, empty when nothing did
     */
    List<Changed> changedSince(ExportReceipt receipt, ClassReport report) {
        Set<LearnerId> before = receipts.pupils(receipt);
        Set<LearnerId> now = report.lines().stream().map(Line::learner).collect(Collectors.toSet());
        Stream<Changed> here = report.lines().stream()
                .filter(line -> line.changed() > receipt.readTo())
                .map(line -> new Changed(
                        line.learner(),
                        name(line.lastName(), line.firstName()),
                        before.contains(line.learner()) ? Changed.How.CHANGED : Changed.How.CAME));
        Stream<Changed> gone = before.stream()
                .filter(learner -> !now.contains(learner))
                .map(learner -> new Changed(learner, nameOf(receipt, learner), Changed.How.GONE));
        return Stream.concat(here, gone).toList();
    }

    /**
     * A pupil of whom a file would say something else now.
     *
     * @param name last name, first name; empty when erased
     * @param how  what became of the line
     */
    record Changed(LearnerId learner, String name, How how) {
        enum How {
            CHANGED,
            CAME,
            GONE
        }
    }

    private String nameOf(ExportReceipt receipt, LearnerId learner) {
        return queries.pupil(receipt.uai(), receipt.schoolYear(), learner)
                .map(pupil -> name(pupil.lastName(), pupil.firstName()))
                .orElse("");
    }

    private static String name(@Nullable String lastName, @Nullable String firstName) {
        return lastName == null || firstName == null ? "" : lastName + " " + firstName;
    }
}
