package fr.grandlivre.api.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.verification.LookUps.LookUp;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.rules.framework.Frameworks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Verifies certificates for programs; no account needed. */
@RestController
@Tag(name = "verification")
class VerificationResource {
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final LookUps lookUps;
    private final Frameworks frameworks;
    private final MessageSource messages;

    VerificationResource(LookUps lookUps, Frameworks frameworks, MessageSource messages) {
        this.lookUps = lookUps;
        this.frameworks = frameworks;
        this.messages = messages;
    }

    /** @param code as typed: case, spaces and dashes do not matter */
    record Request(@Nullable String code) {}

    /**
     * What the code alone answers; what the source did not state is absent, never 0.
     *
     * @param tier              1
     * @param code              canonical
     * @param status            VALID, EXPIRED, REVOKED or SUSPENDED
     * @param checkedAt         when
     * @param holder            initials
     * @param framework         version of the labels
     * @param maxReachableLevel scale of the levels
     * @param overall           total, when the source stated it
     * @param competences       certified levels, by code
     * @param centre            where the exam took place
     * @param examDate          day of the exam
     * @param deliveredDate     day of delivery
     * @param validUntil        last valid day
     * @param secondFact        ABSENT
     * @param ledger            last event about the certificate
     * @param hint              present when O, I or L was typed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            int tier,
            String code,
            String status,
            String checkedAt,
            Holder holder,
            String framework,
            int maxReachableLevel,
            Overall overall,
            List<CertifiedCompetence> competences,
            Centre centre,
            LocalDate examDate,
            LocalDate deliveredDate,
            LocalDate validUntil,
            String secondFact,
            Position ledger,
            @Nullable String hint) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Holder(@Nullable String initials) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Overall(
            @Nullable Integer pix,
            @Nullable Integer pixMax,
            @Nullable Integer level) {}

    record CertifiedCompetence(String code, String label, int level) {}

    record Centre(String name) {}

    record Position(long position) {}

    @PostMapping("/api/v1/verifications")
    @Allowed(everyone = true)
    @Operation(
            operationId = "verify",
            summary = "What a verification code answers",
            description =
                    "Roles: everybody, no account. Example: {\"code\":\"p 234 567\"}. Problems: malformed-request,"
                            + " validation, invalid-code, certificate-not-found, rate-limited.")
    Answer verify(
            @RequestBody Request body, HttpServletRequest request, HttpServletResponse response, Locale language) {
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("Content-Language", language.getLanguage());
        if (body.code() == null) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/code", "missing"))));
        }
        return switch (lookUps.lookUp(body.code(), request, response)) {
            case LookUp.Impossible _ -> throw new ProblemException(Slug.INVALID_CODE);
            case LookUp.Answered(var hint, var found, var at) -> {
                String sentence = hint ? messages.getMessage("verification.hint", null, language) : null;
                yield found.map(verification -> answer(verification, at, language, sentence))
                        .orElseThrow(() -> notFound(sentence));
            }
        };
    }

    private static ProblemException notFound(@Nullable String hint) {
        Problem problem = Problem.of(Slug.CERTIFICATE_NOT_FOUND);
        return new ProblemException(hint == null ? problem : problem.with("hint", hint));
    }

    private Answer answer(Verification found, Instant at, Locale language, @Nullable String hint) {
        return new Answer(
                1,
                found.code().value(),
                found.status().name(),
                MILLISECONDS.format(at),
                new Holder(found.initials()),
                found.framework().value(),
                found.maxReachableLevel(),
                new Overall(
                        found.pix() == null ? null : found.pix().value(),
                        found.pixMax() == null ? null : found.pixMax().value(),
                        found.overallLevel() == null
                                ? null
                                : found.overallLevel().value()),
                CertifiedLevel.of(found.levels(), frameworks.of(found.framework()), found.maxReachableLevel(), language)
                        .stream()
                        .map(line -> new CertifiedCompetence(line.code(), line.label(), line.level()))
                        .toList(),
                new Centre(found.centreName()),
                found.examDate(),
                found.deliveredDate(),
                found.validUntil(),
                "ABSENT",
                new Position(found.position()),
                hint);
    }
}
