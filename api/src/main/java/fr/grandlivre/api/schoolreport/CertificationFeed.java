package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.request.WireName;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Filed;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of an establishment as school-report software has read them for years; names and shape are that software's.
 *
 * @param data     the results
 * @param included all competences and areas, by id
 */
record CertificationFeed(Data data, List<Included> included) {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    record Data(String type, Attributes attributes, Relationships relationships) {}

    record Attributes(List<Certification> certifications) {}

    record Relationships(Links competences) {}

    record Links(List<Reference> data) {}

    record Reference(String id, String type) {}

    record Included(String id, String type, Map<String, String> attributes, Map<String, Link> relationships) {}

    record Link(Reference data) {}

    record CompetenceResult(String competenceId, int level) {}

    /** One pupil's certification; what there is not is null. */
    record Certification(
            long id,
            String firstName,
            @Schema(types = {"string", "null"}) @Nullable String middleName,
            @Schema(types = {"string", "null"}) @Nullable String thirdName,
            String lastName,
            @Schema(types = {"string", "null"}) @Nullable String nationalStudentId,

            @Schema(
                    types = {"string", "null"},
                    format = "date")
            @Nullable
            LocalDate birthdate,

            String date,
            @Schema(types = {"string", "null"}) @Nullable String deliveredAt,
            @Schema(types = {"string", "null"}) @Nullable VerificationCode verificationCode,
            @Schema(types = {"string", "null"}) @Nullable String certificationCenter,
            String status,
            int pixScore,
            List<CompetenceResult> competenceResults) {}

    /** @param report all classes; empty for an establishment that there is not, or that the program may not ask about */
    static CertificationFeed of(Optional<ClassReport> report, Framework framework) {
        List<Certification> certifications = report.stream()
                .flatMap(all -> all.lines().stream())
                .flatMap(line -> certification(line).stream())
                .sorted(Comparator.comparing(Certification::lastName)
                        .thenComparing(Certification::firstName)
                        .thenComparing(Certification::id))
                .toList();
        List<Competence> competences = framework.competences().stream()
                .sorted(Comparator.comparing(Competence::code))
                .toList();
        return new CertificationFeed(
                new Data(
                        "certificationsResults",
                        new Attributes(certifications),
                        new Relationships(new Links(competences.stream()
                                .map(competence ->
                                        new Reference(competence.code().value(), "competences"))
                                .toList()))),
                included(framework, competences));
    }

    private static List<Included> included(Framework framework, List<Competence> competences) {
        Stream<Included> areas = framework.domains().stream()
                .map(domain -> new Included(
                        domain.code(), "areas", Map.of("name", domain.title().fr()), Map.of()));
        Stream<Included> named = competences.stream()
                .map(competence -> new Included(
                        competence.code().value(),
                        "competences",
                        Map.of("name", competence.title().fr()),
                        Map.of(
                                "area",
                                new Link(new Reference(competence.code().value().substring(0, 1), "areas")))));
        return Stream.concat(areas, named)
                .sorted(Comparator.comparing(Included::id))
                .toList();
    }

    private static Optional<Certification> certification(Line line) {
        Filed filed = line.filed();
        String firstName = line.firstName();
        String lastName = line.lastName();
        if (filed == null || filed.status() == ReportStatus.CANCELLED || firstName == null || lastName == null) {
            return Optional.empty();
        }
        Instant publishedAt = filed.status() == ReportStatus.PENDING ? null : filed.publishedAt();
        return Optional.of(new Certification(
                filed.number(),
                firstName,
                line.middleName(),
                line.thirdName(),
                lastName,
                line.ine(),
                line.birthDate(),
                INSTANT.format(filed.startedAt()),
                publishedAt == null ? null : INSTANT.format(publishedAt),
                filed.code(),
                filed.centre(),
                WireName.of(filed.status()),
                filed.pix(),
                filed.certified().entrySet().stream()
                        .map(entry -> new CompetenceResult(
                                entry.getKey().value(), entry.getValue().value()))
                        .toList()));
    }
}
