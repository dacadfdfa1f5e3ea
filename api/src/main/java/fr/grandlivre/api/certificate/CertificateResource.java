package fr.grandlivre.api.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.api.session.Proposed;
import fr.grandlivre.api.session.Settlement;
import fr.grandlivre.api.session.SettlementRequest;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.ParisDays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Certificates for programs of holders and juries. */
@RestController
@Tag(name = "certificate")
class CertificateResource {
    private final Dispatch dispatch;
    private final CertificateQueries certificates;
    private final OwnCertificates own;
    private final TwoPersons twoPersons;
    private final Accesses accesses;
    private final ServerClock clock;

    CertificateResource(
            Dispatch dispatch,
            CertificateQueries certificates,
            OwnCertificates own,
            TwoPersons twoPersons,
            Accesses accesses,
            ServerClock clock) {
        this.dispatch = dispatch;
        this.certificates = certificates;
        this.own = own;
        this.twoPersons = twoPersons;
        this.accesses = accesses;
        this.clock = clock;
    }

    /**
     * @param reasonCode fraud, identity-corrected, jury or administrative
     * @param reason     10 to 500 characters
     */
    record ActRequest(@Nullable String reasonCode, @Nullable String reason) {}

    /**
     * A certificate; what the source did not state is absent. Holder and key are there for the holder alone.
     *
     * @param certificate       its id
     * @param code              verification code
     * @param key               printed beside the code
     * @param status            VALID, EXPIRED, REVOKED or SUSPENDED
     * @param holder            identity as printed
     * @param framework         version of the labels
     * @param maxReachableLevel scale of the levels
     * @param levels            by competence
     * @param pix               total
     * @param pixMax            scale of the total
     * @param overallLevel      level of the total
     * @param centre            where the exam took place
     * @param examDate          day of the exam
     * @param deliveredDate     day of delivery
     * @param validUntil        last valid day
     * @param source            of an imported certificate
     * @param replacedBy        what took its place; absent unless replaced
     * @param acts              of the jury, oldest first
     * @param position          of the last event
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            UUID certificate,
            String code,
            @Nullable String key,
            String status,
            @Nullable Holder holder,
            String framework,
            int maxReachableLevel,
            SortedMap<String, Integer> levels,
            @Nullable Integer pix,
            @Nullable Integer pixMax,
            @Nullable Integer overallLevel,
            String centre,
            LocalDate examDate,
            LocalDate deliveredDate,
            LocalDate validUntil,
            @Nullable String source,
            @Nullable Replacement replacedBy,
            List<Act> acts,
            long position) {}

    record Replacement(UUID certificate, String code) {}

    record Holder(String firstName, String lastName, LocalDate birthDate, String birthPlace) {}

    record Act(String act, String reasonCode, LocalDate since, long position) {}

    @PostMapping("/api/v1/certificates/imports")
    @Allowed(Role.JURY)
    @Operation(
            operationId = "importCertificate",
            summary = "Take over a certificate of the time before the ledger",
            description = "Roles: jury. Refusals: code-taken, competence-outside-framework, level-above-scale,"
                    + " dates-inverted, date-in-future. Problems: malformed-request, validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> importCertificate(
            @RequestBody ImportRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return Acknowledged.created(dispatch.send(body.command(ParisDays.of(clock.now())), key, person, Role.JURY));
    }

    @GetMapping("/api/v1/certificates/{id}")
    @Allowed({Role.LEARNER, Role.JURY})
    @Operation(
            operationId = "certificate",
            summary = "A certificate",
            description = "Roles: its holder, who also reads the key; jury. Problems: not-found.")
    ResponseEntity<Answer> certificate(@PathVariable UUID id, @Parameter(hidden = true) SignedIn person) {
        CertificateStatement statement = certificates
                .byId(new CertificateId(id))
                .filter(found -> person.is(Role.JURY) || own.isHolder(found, person))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        accesses.record(person, Role.JURY, Surface.JURY, FieldsClass.RESULTS, List.of(statement.learner()));
        return ResponseEntity.ok()
                .eTag("\"" + statement.seq() + "\"")
                .body(answer(statement, own.isHolder(statement, person)));
    }

    @PostMapping("/api/v1/certificates/{id}/revocations")
    @Allowed(Role.JURY)
    @Impersonal("the position of the act")
    @Operation(
            operationId = "revokeCertificate",
            summary = "Propose to end a certificate, for ever",
            description = "Roles: jury. Another member confirms it within 14 days. Problems: certificate-not-found,"
                    + " validation, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Proposed> revoke(
            @PathVariable UUID id,
            @RequestBody ActRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return propose(JuryActs.REVOKE, id, body, key, person);
    }

    @PostMapping("/api/v1/certificates/{id}/suspensions")
    @Allowed(Role.JURY)
    @Impersonal("the position of the act")
    @Operation(
            operationId = "suspendCertificate",
            summary = "Propose to put a certificate in doubt",
            description = "Roles: jury. Another member confirms it within 14 days. Refusals: already-revoked. Problems:"
                    + " certificate-not-found, validation, refused-by-rule, idempotency-key-missing,"
                    + " idempotency-key-reused.")
    ResponseEntity<Proposed> suspend(
            @PathVariable UUID id,
            @RequestBody ActRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return propose(JuryActs.SUSPEND, id, body, key, person);
    }

    @PostMapping("/api/v1/certificates/{id}/reinstatements")
    @Allowed(Role.JURY)
    @Impersonal("the position of the act")
    @Operation(
            operationId = "reinstateCertificate",
            summary = "Propose to lift the doubt about a certificate",
            description =
                    "Roles: jury. Another member confirms it within 14 days. Refusals: already-revoked, not-suspended."
                            + " Problems: certificate-not-found, validation, refused-by-rule, idempotency-key-missing,"
                            + " idempotency-key-reused.")
    ResponseEntity<Proposed> reinstate(
            @PathVariable UUID id,
            @RequestBody ActRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return propose(JuryActs.REINSTATE, id, body, key, person);
    }

    /** @param visibility nobody, status or status-and-identity */
    record VisibilityRequest(@Nullable String visibility) {}

    @PostMapping("/api/v1/certificates/{id}/visibility")
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "chooseVisibility",
            summary = "Choose what the verification code reveals",
            description = "Roles: learner, of own certificates. visibility: nobody, status or status-and-identity."
                    + " Repeating it changes nothing. Refusals: already-revoked. Problems: not-found,"
                    + " validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> chooseVisibility(
            @PathVariable UUID id,
            @RequestBody VisibilityRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        CertificateStatement statement = own.certificate(id, person);
        Fields fields = new Fields();
        Visibility chosen = Visibilities.read(fields, "/visibility", body.visibility());
        fields.check();
        return Acknowledged.done(dispatch.send(Visibilities.command(statement, chosen), key, person, Role.LEARNER));
    }

    private ResponseEntity<Proposed> propose(JuryActs act, UUID id, ActRequest body, CommandKey key, SignedIn person) {
        CertificateId certificate = certificate(id);
        Fields fields = new Fields();
        JuryAct read = act.read(fields, body.reasonCode(), body.reason(), ParisDays.of(clock.now()));
        fields.check();
        return Proposed.answer(
                dispatch.send(twoPersons.propose(certificate, read, key, person), key, person, Role.JURY), key);
    }

    @PostMapping("/api/v1/certificates/{id}/confirmations")
    @Allowed(Role.JURY)
    @Impersonal("the position of the act")
    @Operation(
            operationId = "confirmCertificateAct",
            summary = "Confirm what another member of the jury proposed about a certificate",
            description = "Roles: jury. Refusals: same-person, act-lapsed, state-changed-since-preview. Problems:"
                    + " certificate-not-found, validation, refused-by-rule, idempotency-key-missing,"
                    + " idempotency-key-reused.")
    ResponseEntity<Acknowledged> confirm(
            @PathVariable UUID id,
            @RequestBody SettlementRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return settle(Settlement.CONFIRM, id, body, key, person);
    }

    @PostMapping("/api/v1/certificates/{id}/withdrawals")
    @Allowed(Role.JURY)
    @Impersonal("the position of the act")
    @Operation(
            operationId = "withdrawCertificateAct",
            summary = "Take one's own proposal about a certificate back",
            description = "Roles: jury. Problems: certificate-not-found, validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> withdraw(
            @PathVariable UUID id,
            @RequestBody SettlementRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return settle(Settlement.WITHDRAW, id, body, key, person);
    }

    private ResponseEntity<Acknowledged> settle(
            Settlement how, UUID id, SettlementRequest body, CommandKey key, SignedIn person) {
        CertificateId certificate = certificate(id);
        return Acknowledged.done(
                dispatch.send(twoPersons.settle(certificate, body.read(), how, person), key, person, Role.JURY));
    }

    private CertificateId certificate(UUID id) {
        CertificateId certificate = new CertificateId(id);
        if (certificates.byId(certificate).isEmpty()) {
            throw new ProblemException(Slug.CERTIFICATE_NOT_FOUND);
        }
        return certificate;
    }

    private Answer answer(CertificateStatement found, boolean forHolder) {
        SortedMap<String, Integer> levels = new TreeMap<>();
        found.levels().forEach((code, level) -> levels.put(code.value(), level.value()));
        CertificateHolder holder = forHolder ? found.holder() : null;
        return new Answer(
                found.certificate().value(),
                found.code().value(),
                holder == null ? null : holder.key(),
                found.standing().on(ParisDays.of(clock.now())).name(),
                holder == null
                        ? null
                        : new Holder(holder.firstName(), holder.lastName(), holder.birthDate(), holder.birthPlace()),
                found.framework().value(),
                found.maxReachableLevel(),
                levels,
                found.pix() == null ? null : found.pix().value(),
                found.pixMax() == null ? null : found.pixMax().value(),
                found.overallLevel() == null ? null : found.overallLevel().value(),
                found.centreName(),
                found.examDate(),
                found.deliveredDate(),
                found.standing().validUntil(),
                found.source(),
                Optional.ofNullable(found.replacedBy())
                        .map(by -> new Replacement(
                                by.certificate().value(), by.code().value()))
                        .orElse(null),
                found.acts().stream()
                        .map(act -> new Act(
                                act.kind().name().toLowerCase(Locale.ROOT),
                                WireName.of(act.reason()),
                                act.since(),
                                act.position()))
                        .toList(),
                found.position());
    }
}
