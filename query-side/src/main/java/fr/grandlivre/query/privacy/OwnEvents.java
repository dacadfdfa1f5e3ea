package fr.grandlivre.query.privacy;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that the ledger holds about one learner, for that learner: the views know in which streams it stands, and the
 * ledger tells what. Thread-safe.
 */
public final class OwnEvents {
    /** Stands where a key is gone. */
    public static final String ERASED = "(effacé)";

    /** HMACs guard codes; they tell a reader nothing. */
    private static final String GUARD = "Mac";

    private final JdbcTemplate jdbc;
    private final Tenants tenants;
    private final LedgerReader ledger;
    private final PersonalVault vault;

    public OwnEvents(JdbcTemplate jdbc, Tenants tenants, LedgerReader ledger, PersonalVault vault) {
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.ledger = ledger;
        this.vault = vault;
    }

    /**
     * One event about the learner.
     *
     * @param position   place in the ledger
     * @param recordedAt when it was recorded
     * @param type       wire name
     * @param version    of the wire form
     * @param role       in what capacity somebody acted, as on the wire
     * @param data       as stored, with the personal fields in clear under {@code personal}, or {@link #ERASED} there
     */
    @ShowsPeople
    public record OwnEvent(long position, Instant recordedAt, String type, int version, String role, ObjectNode data) {}

    /**
     * @param accounts of one person
     * @return all events about the person in position order
     */
    public List<OwnEvent> of(Collection<LearnerId> accounts) {
        long head = ledger.head();
        Set<UUID> streams = new LinkedHashSet<>();
        Map<CandidateId, UUID> candidacies = new HashMap<>();
        accounts.forEach(learner -> {
            streams.addAll(streams(learner));
            candidacies.putAll(candidacies(learner));
        });
        List<StoredEvent> events = new ArrayList<>(ledger.streams(streams, head));
        candidacies.forEach((candidate, session) -> ledger.streams(List.of(session), head).stream()
                .filter(event -> isAbout(event, candidate))
                .forEach(events::add));
        return events.stream()
                .sorted(Comparator.comparingLong(StoredEvent::position))
                .map(this::own)
                .toList();
    }

    private Set<UUID> streams(LearnerId learner) {
        UUID person = learner.value();
        Set<UUID> streams = new LinkedHashSet<>(List.of(
                person,
                StreamIds.tutorials(learner),
                StreamIds.examSlot(learner),
                StreamIds.erasures(new AccountId(person))));
        streams.addAll(jdbc.queryForList(
                "SELECT DISTINCT stream FROM profile.competence WHERE learner = ?", UUID.class, person));
        streams.addAll(tenants.within(
                learner,
                () -> jdbc.queryForList(
                        "SELECT participation FROM campaign.participation WHERE learner = ?", UUID.class, person)));
        streams.addAll(tenants.within(
                learner,
                () -> jdbc.query(
                        "SELECT school, school_year FROM schoolreport.pupil WHERE learner = ?",
                        (row, _) -> StreamIds.enrolment(
                                new SchoolId(row.getObject(1, UUID.class)), new SchoolYear(row.getString(2)), learner),
                        person)));
        candidacies(learner)
                .forEach((candidate, session) -> streams.add(
                        StreamIds.exam(new SessionId(session), candidate).value()));
        for (UUID id : jdbc.queryForList(
                "SELECT certificate_id FROM verification.certificate WHERE learner = ?", UUID.class, person)) {
            CertificateId certificate = new CertificateId(id);
            streams.add(id);
            streams.add(StreamIds.documents(certificate));
            streams.add(StreamIds.importedSitting(certificate).value());
        }
        return streams;
    }

    private Map<CandidateId, UUID> candidacies(LearnerId learner) {
        return tenants.within(learner, () -> {
            Map<CandidateId, UUID> candidacies = new HashMap<>();
            jdbc.query(
                    "SELECT candidate, session FROM session.candidate WHERE learner = ?",
                    row -> {
                        candidacies.put(new CandidateId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class));
                    },
                    learner.value());
            return candidacies;
        });
    }

    /** A session is about many candidates: only what names this one alone. */
    private static boolean isAbout(StoredEvent event, CandidateId candidate) {
        return CanonicalJson.tree(event.payload())
                .path("candidate")
                .asString("")
                .equals(candidate.value().toString());
    }

    private OwnEvent own(StoredEvent event) {
        ObjectNode data = CanonicalJson.tree(event.payload()).asObject();
        JsonNode sealed = data.remove("sealed");
        if (sealed != null) {
            sealed.properties()
                    .forEach(field -> open(event, field.getKey(), field.getValue())
                            .ifPresentOrElse(
                                    fields -> data.set("personal", fields), () -> data.put("personal", ERASED)));
        }
        List<String> guards = data.propertyNames().stream()
                .filter(name -> name.endsWith(GUARD))
                .toList();
        data.remove(guards);
        return new OwnEvent(
                event.position(),
                event.recordedAt(),
                event.type(),
                event.version(),
                CanonicalJson.tree(event.metadata()).path("role").asString(),
                data);
    }

    private Optional<JsonNode> open(StoredEvent event, String dataClass, JsonNode field) {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return vault.open(
                        new FieldContext(event.eventId(), event.type(), event.version(), new DataClass(dataClass)),
                        new SealedField(
                                UUID.fromString(field.path("kid").asString()),
                                base64.decode(field.path("iv").asString()),
                                base64.decode(field.path("ct").asString())))
                .map(opened -> CanonicalJson.tree(opened.plaintext()));
    }
}
