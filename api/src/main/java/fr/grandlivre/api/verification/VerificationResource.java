package fr.grandlivre.api.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.verification.LookUps.Identity;
import fr.grandlivre.api.verification.LookUps.LookUp;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Frameworks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Verifies certificates for programs; no account needed. */
@RestController
@Tag(name = "verification")
class VerificationResource {
    static final String PATH = "/api/v1/verifications";

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final ClaimedFact.Pointers FIELDS =
            new ClaimedFact.Pointers("/second", "/second/key", "/second/familyName", "/second/birthDate");

    private final LookUps lookUps;
    private final Frameworks frameworks;
    private final MessageSource messages;
    private final ServerClock clock;
    private final PublicAddress address;

    VerificationResource(
            LookUps lookUps, Frameworks frameworks, MessageSource messages, ServerClock clock, PublicAddress address) {
        this.lookUps = lookUps;
        this.frameworks = frameworks;
        this.messages = messages;
        this.clock = clock;
        this.address = address;
    }

    /**
     * @param code    as typed: case, spaces and dashes do not matter
     * @param second  second fact; left out to ask by the code alone
     * @param purpose why the identity is asked for, told to its holder; may be left out
     */
    record Request(
            @Nullable String code,
            @Nullable Second second,
            @Nullable String purpose) {}

    /**
     * The key, or the family name with the birth date.
     *
     * @param key        6 symbols printed beside the code
     * @param familyName whole family name; case, accents and dashes do not matter
     * @param birthDate  {@code 1988-10-05}
     */
    record Second(
            @Nullable String key,
            @Nullable String familyName,
            @Nullable String birthDate) {}

    /**
     * What the code answers; what the source did not state is absent, never 0.
     *
     * @param tier              1 for the code alone, 2 with a right second fact
     * @param code              canonical
     * @param status            VALID, EXPIRED, REVOKED or SUSPENDED
     * @param checkedAt         when
     * @param holder            initials; full name and birth year at tier 2
     * @param framework         version of the labels
     * @param maxReachableLevel scale of the levels
     * @param overall           total, when the source stated it
     * @param competences       certified levels, by code
     * @param centre            where the exam took place
     * @param examDate          day of the exam
     * @param deliveredDate     day of delivery
     * @param validUntil        last valid day
     * @param secondFact        ABSENT, MATCHED or REFUSED
     * @param reason            of a revocation or suspension, at tier 2
     * @param replacedBy        code of the certificate that took its place, at tier 2
     * @param proof             address of the proof that the certificate stands in the log, at tier 2
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
            @Nullable Reason reason,
            @Nullable String replacedBy,
            @Nullable String proof,
            Position ledger,
            @Nullable String hint) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Holder(
            @Nullable String initials,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable Integer birthYear) {}

    /** @param code fraud, identity-corrected, jury or administrative */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reason(String code, @Nullable LocalDate since) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Overall(
            @Nullable Integer pix,
            @Nullable Integer pixMax,
            @Nullable Integer level) {}

    record CertifiedCompetence(String code, String label, int level) {}

    record Centre(String name) {}

    record Position(long position) {}

    @PostMapping(PATH)
    @Allowed(everyone = true)
    @Operation(
            operationId = "verify",
            summary = "What a verification code answers",
            description =
                    "Roles: everybody, no account. The code alone answers with initials; the key, or family name and"
                            + " birth date, add the identity, and the reading is recorded for the holder. Example:"
                            + " {\"code\":\"p 234 567\",\"second\":{\"familyName\":\"Dupuis\","
                            + "\"birthDate\":\"1988-10-05\"},\"purpose\":\"recruitment\"}. Problems:"
                            + " malformed-request, validation, invalid-code, certificate-not-found, rate-limited,"
                            + " overloaded.")
    Answer verify(
            @RequestBody Request body, HttpServletRequest request, HttpServletResponse response, Locale language) {
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("Content-Language", language.getLanguage());
        Fields fields = new Fields();
        if (body.code() == null) {
            fields.refuse("/code", "missing");
        }
        Second second = body.second();
        ClaimedFact claim = second == null
                ? new ClaimedFact.None()
                : ClaimedFact.read(
                        fields,
                        FIELDS,
                        second.key(),
                        second.familyName(),
                        second.birthDate(),
                        ParisDays.of(clock.now()));
        String purpose =
                body.purpose() == null ? null : fields.text("/purpose", body.purpose(), AccessCommand.LONGEST_PURPOSE);
        fields.check();
        return switch (lookUps.lookUp(Objects.requireNonNullElse(body.code(), ""), claim, purpose, request, response)) {
            case LookUp.Impossible _ -> throw new ProblemException(Slug.INVALID_CODE);
            case LookUp.NotFound(var hint) -> throw notFound(hint(hint, language));
            case LookUp.Answered answer -> answer(answer, language);
        };
    }

    private @Nullable String hint(boolean earned, Locale language) {
        return earned ? messages.getMessage("verification.hint", null, language) : null;
    }

    private static ProblemException notFound(@Nullable String hint) {
        Problem problem = Problem.of(Slug.CERTIFICATE_NOT_FOUND);
        return new ProblemException(hint == null ? problem : problem.with("hint", hint));
    }

    private Answer answer(LookUp.Answered answer, Locale language) {
        Verification found = answer.found();
        Identity identity = answer.identity().orElse(null);
        return new Answer(
                identity == null ? 1 : 2,
                found.code().value(),
                found.status().name(),
                MILLISECONDS.format(answer.at()),
                identity == null
                        ? new Holder(found.initials(), null, null, null)
                        : new Holder(found.initials(), identity.firstName(), identity.lastName(), identity.birthYear()),
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
                answer.secondFact().name(),
                identity == null || identity.reason() == null
                        ? null
                        : new Reason(WireName.of(identity.reason()), identity.since()),
                identity == null || identity.replacedBy() == null
                        ? null
                        : identity.replacedBy().value(),
                identity == null ? null : address.at(Proofs.BY_EVENT + identity.event()),
                new Position(found.position()),
                hint(answer.hint(), language));
    }
}
