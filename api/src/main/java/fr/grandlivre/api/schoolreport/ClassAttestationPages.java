package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.certificate.ClassAttestations;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * All attestations of a class, for its head of school: one PDF to print, and an archive of the sealed files. What is missing
 * is made in the background; how far that has come is read from what is kept, so a restart loses nothing.
 */
@Controller
@Allowed(Role.HEAD)
class ClassAttestationPages {
    private static final String PATH = "/etablissement/livret/attestations";
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final ClassReports reports;
    private final VerificationQueries certificates;
    private final ClassAttestations attestations;
    private final Accesses accesses;
    private final ServerClock clock;

    ClassAttestationPages(
            ClassReports reports,
            VerificationQueries certificates,
            ClassAttestations attestations,
            Accesses accesses,
            ServerClock clock) {
        this.reports = reports;
        this.certificates = certificates;
        this.attestations = attestations;
        this.accesses = accesses;
        this.clock = clock;
    }

    @GetMapping(PATH)
    @Impersonal("numbers of attestations")
    String show(@RequestParam Division division, @RequestParam("annee") SchoolYear year, SignedIn head, Model page) {
        List<Line> certified = certified(reports.own(head), year, division);
        SequencedMap<CertificateId, String> wanted = wanted(certified);
        page.addAttribute("erased", certified.size() - wanted.size());
        page.addAttribute("division", division.value());
        page.addAttribute("year", year.value());
        page.addAttribute("total", wanted.size());
        page.addAttribute("ready", attestations.ready(wanted.keySet()));
        page.addAttribute("underWay", attestations.isUnderWay(wanted.keySet()));
        return "schoolreport/attestations";
    }

    @PostMapping(PATH)
    @Impersonal("nothing: it leads back to the page")
    String prepare(@RequestParam Division division, @RequestParam("annee") SchoolYear year, SignedIn head) {
        attestations.prepare(
                wanted(certified(reports.own(head), year, division)).keySet());
        return "redirect:" + PATH + "?division=" + URLEncoder.encode(division.value(), StandardCharsets.UTF_8)
                + "&annee=" + year.value();
    }

    @GetMapping(PATH + ".pdf")
    ResponseEntity<byte[]> printed(
            @RequestParam Division division, @RequestParam("annee") SchoolYear year, SignedIn head) {
        SequencedMap<CertificateId, String> wanted = some(head, year, division);
        return file(MediaType.APPLICATION_PDF, "pdf", division, year)
                .body(attestations.printed(division.value(), wanted.keySet()));
    }

    @GetMapping(PATH + ".zip")
    ResponseEntity<StreamingResponseBody> archive(
            @RequestParam Division division, @RequestParam("annee") SchoolYear year, SignedIn head) {
        SequencedMap<CertificateId, String> wanted = some(head, year, division);
        return file(ZIP, "zip", division, year).body(out -> attestations.archive(wanted, out));
    }

    private SequencedMap<CertificateId, String> some(SignedIn head, SchoolYear year, Division division) {
        List<Line> certified = certified(reports.own(head), year, division);
        SequencedMap<CertificateId, String> wanted = wanted(certified);
        if (wanted.isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        accesses.record(
                head,
                Role.HEAD,
                Surface.EXPORT,
                FieldsClass.IDENTITY_AND_RESULTS,
                certified.stream().map(Line::learner).toList());
        return wanted;
    }

    /** @return lines with a validated certificate that stands today, also erased ones, in the order of the class */
    private List<Line> certified(Uai own, SchoolYear year, Division division) {
        return reports.existing(own, year, division).lines().stream()
                .filter(line -> line.status() == ReportStatus.VALIDATED)
                .toList();
    }

    /** @return the certificates of the lines that still name their holder, with the pupil's name, in their order */
    private SequencedMap<CertificateId, String> wanted(List<Line> certified) {
        SequencedMap<CertificateId, String> wanted = new LinkedHashMap<>();
        for (Line line : certified) {
            if (line.code() != null && line.lastName() != null) {
                certificates
                        .idOf(line.code())
                        .filter(this::namesHolder)
                        .ifPresent(id -> wanted.put(id, line.lastName() + " " + line.firstName()));
            }
        }
        return wanted;
    }

    /** An erased certificate keeps its levels, and nobody whose attestation could be made. */
    private boolean namesHolder(CertificateId certificate) {
        return certificates
                .byId(certificate, ParisDays.of(clock.now()))
                .map(held -> held.verification().initials())
                .isPresent();
    }

    private static ResponseEntity.BodyBuilder file(MediaType type, String ending, Division division, SchoolYear year) {
        return FileAnswer.kept(type, "attestations_" + division.value() + "_" + year.value() + "." + ending);
    }
}
