package fr.grandlivre.api.framework;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Etag;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.framework.FrameworkEvent;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Domain;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Text;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells programs what the ledger measures, without any solution. */
@RestController
@Tag(name = "framework")
class FrameworkResource {
    private static final List<String> LANGUAGES = List.of("fr", "en");

    private final Frameworks frameworks;
    private final ServerClock clock;
    private final String release;

    FrameworkResource(Frameworks frameworks, ServerClock clock, Optional<BuildProperties> build) {
        this.frameworks = frameworks;
        this.clock = clock;
        this.release = build.map(BuildProperties::getVersion).orElse("0");
    }

    /**
     * One version of the framework.
     *
     * @param version           its name
     * @param release           version of the program that serves it
     * @param validFrom         first day in force
     * @param inForce           whether it is the version in force today
     * @param maxReachableLevel greatest level
     * @param contentSha256     of the canonical JSON of its content, as the ledger's publication event records it
     * @param counts            what it holds
     * @param languages         in which all its texts exist
     * @param delays            waiting times in days
     * @param versions          names of all versions, earliest first
     * @param domains           in the order in which this version shows them
     */
    record Release(
            String version,
            String release,
            LocalDate validFrom,
            boolean inForce,
            int maxReachableLevel,
            String contentSha256,
            Counts counts,
            List<String> languages,
            FrameworkEvent.Delays delays,
            List<String> versions,
            List<ShownDomain> domains) {}

    /** How much of each there is. */
    record Counts(int domains, int competences, int tubes, int skills, int challenges, int documents, int tutorials) {}

    /** A group of competences. */
    record ShownDomain(String code, Text title, List<ShownCompetence> competences) {}

    /**
     * One competence.
     *
     * @param code    1.1 to 5.2
     * @param title   its name in this version
     * @param crcn    its code in the French framework CRCN
     * @param digComp competences of DigComp 2.2 that it corresponds to, each with the source of the correspondence
     * @param tubes   number of its series of skills
     * @param skills  number of its skills
     */
    record ShownCompetence(
            String code, Text title, String crcn, List<Competence.DigComp> digComp, int tubes, int skills) {}

    @GetMapping("/api/v1/framework")
    @Allowed(everyone = true)
    @SecurityRequirements
    @Operation(
            operationId = "framework",
            summary = "One version of the reference framework",
            description = "Roles: everyone. Without version: the one in force today. Problems: not-found.")
    ResponseEntity<Release> framework(@RequestParam(required = false) @Nullable String version) {
        Framework inForce = frameworks.inForce(clock.now());
        Framework shown = version == null
                ? inForce
                : frameworks.versions().stream()
                        .filter(known -> known.version().value().equals(version))
                        .findFirst()
                        .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return ResponseEntity.ok()
                .eTag(Etag.of(shown.contentSha256(), release, inForce.version()))
                .body(new Release(
                        shown.version().value(),
                        release,
                        shown.validFrom(),
                        shown.version().equals(inForce.version()),
                        shown.maxReachableLevel(),
                        shown.contentSha256(),
                        counts(shown),
                        LANGUAGES,
                        shown.delays(),
                        frameworks.versions().stream()
                                .map(known -> known.version().value())
                                .toList(),
                        shown.domains().stream().map(FrameworkResource::domain).toList()));
    }

    static Counts counts(Framework framework) {
        var counts = framework.counts();
        long documents = framework.challenges().stream()
                .map(Challenge::document)
                .filter(Optional::isPresent)
                .count();
        return new Counts(
                counts.domains(),
                counts.competences(),
                counts.tubes(),
                counts.skills(),
                counts.challenges(),
                Math.toIntExact(documents),
                framework.tutorials().size());
    }

    private static ShownDomain domain(Domain domain) {
        return new ShownDomain(
                domain.code(),
                domain.title(),
                domain.competences().stream()
                        .map(competence -> new ShownCompetence(
                                competence.code().value(),
                                competence.title(),
                                competence.crcn(),
                                competence.digComp(),
                                competence.tubes().size(),
                                competence.skills().size()))
                        .toList());
    }
}
