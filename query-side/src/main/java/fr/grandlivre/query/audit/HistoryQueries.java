package fr.grandlivre.query.audit;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.identity.IdentityEvent;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.upcast.Upcasts;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The past of a learner, a certificate, a session, a campaign, a class, a line of a school report or any stream: what
 * happened, event by event, and how everything stood at any position. States are folded from the ledger, never taken from
 * a view; the view {@value TieProjection#VIEW} only says which streams to read. Personal fields stay sealed. Thread-safe.
 */
public final class HistoryQueries {
    private static final String SEALED = "sealed";

    private final JdbcTemplate jdbc;
    private final LedgerReader ledger;
    private final LedgerQueries entries;
    private final EventCodec codec;
    private final RecordedEvents events;
    private final Frameworks frameworks;

    public HistoryQueries(
            JdbcTemplate jdbc, LedgerReader ledger, LedgerQueries entries, EventCodec codec, Frameworks frameworks) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.entries = entries;
        this.codec = codec;
        this.events = RecordedEvents.all(codec, null);
        this.frameworks = frameworks;
    }

    /**
     * One event with what it changed of the subject.
     *
     * @param changes by pointer; empty when it changed nothing that the subject's state shows
     */
    public record Step(EventEntry event, List<Change> changes) {}

    /**
     * One value that an event changed.
     *
     * @param pointer where in the state (RFC 6901)
     * @param before  as text; empty when there was none
     * @param after   as text; empty when there is none any more
     */
    public record Change(String pointer, Optional<String> before, Optional<String> after) {
        private static Change of(Sheet.Change change) {
            return new Change(
                    change.pointer(),
                    Optional.ofNullable(change.before()).map(JsonNode::asString),
                    Optional.ofNullable(change.after()).map(JsonNode::asString));
        }
    }

    /**
     * A subject up to a position.
     *
     * @param upTo   every event up to it counts, none after it
     * @param steps  its events, in position order
     * @param state  nested objects; empty before the first event
     * @param since  position of the event that gave each value of the state, by pointer
     * @param people whose data these are
     */
    @ShowsPeople
    public record Life(
            Subject subject,
            long upTo,
            List<Step> steps,
            ObjectNode state,
            SortedMap<String, Long> since,
            Set<LearnerId> people) {}

    /**
     * What happened to a subject between two positions.
     *
     * @param before     state at the first
     * @param after      state at the second
     * @param operations what leads from one to the other, each with the event that did it
     * @param people     whose data these are
     */
    @ShowsPeople
    public record Difference(
            ObjectNode before, ObjectNode after, List<StateDiff.Operation> operations, Set<LearnerId> people) {}

    /** @return the subject up to a position; empty when the ledger, up to its head, knows nothing of it */
    public Optional<Life> life(Subject subject, long upTo) {
        Run run = new Run(subject);
        List<Step> steps = new ArrayList<>();
        SortedMap<String, Long> since = new TreeMap<>();
        run.upTo(upTo, (stored, changes) -> {
            steps.add(new Step(
                    entries.entry(stored), changes.stream().map(Change::of).toList()));
            changes.forEach(change -> note(change, stored.position(), since));
        });
        ObjectNode state = run.fold.sheet().tree();
        Set<LearnerId> people = run.fold.people();
        return run.isKnown()
                ? Optional.of(new Life(subject, upTo, List.copyOf(steps), state, since, people))
                : Optional.empty();
    }

    private static void note(Sheet.Change change, long position, SortedMap<String, Long> since) {
        if (change.after() == null) {
            since.remove(change.pointer());
        } else {
            since.put(change.pointer(), position);
        }
    }

    /**
     * @param from a position
     * @param to   a later one, or the same
     * @return what happened in between; empty when the ledger knows nothing of the subject
     */
    public Optional<Difference> difference(Subject subject, long from, long to) {
        Run run = new Run(subject);
        run.upTo(from, (_, _) -> {});
        ObjectNode before = run.fold.sheet().tree();
        SortedMap<String, StateDiff.Span> changed = new TreeMap<>();
        run.upTo(
                to,
                (stored, changes) -> changes.forEach(change -> changed.merge(
                        change.pointer(),
                        new StateDiff.Span(stored.position(), stored.position()),
                        StateDiff.Span::and)));
        ObjectNode after = run.fold.sheet().tree();
        Set<LearnerId> people = run.fold.people();
        return run.isKnown()
                ? Optional.of(new Difference(before, after, StateDiff.between(before, after, changed), people))
                : Optional.empty();
    }

    /** A fold on its way through the events of a subject; in streams that it shares, others' events are passed over. */
    private final class Run {
        private final SubjectFold fold;
        private final Iterator<StoredEvent> rest;
        private @Nullable StoredEvent next;
        private boolean known;

        Run(Subject subject) {
            Set<UUID> streams = streams(subject);
            this.fold = new SubjectFold(subject, frameworks, streams);
            this.rest = ledger.streams(streams, Long.MAX_VALUE).iterator();
            this.next = rest.hasNext() ? rest.next() : null;
        }

        /** Goes on; {@code each} is told the subject's events, with what they changed. */
        void upTo(long position, BiConsumer<StoredEvent, List<Sheet.Change>> each) {
            while (next != null && next.position() <= position) {
                step(next, each);
            }
        }

        private void step(StoredEvent stored, BiConsumer<StoredEvent, List<Sheet.Change>> each) {
            boolean concerned = fold.after(events.read(stored), said(stored));
            List<Sheet.Change> changes = fold.sheet().changes();
            if (concerned) {
                known = true;
                each.accept(stored, changes);
            }
            next = rest.hasNext() ? rest.next() : null;
        }

        /** @return whether any event of the ledger is the subject's; goes on until there is one */
        boolean isKnown() {
            while (!known && next != null) {
                step(next, (_, _) -> {});
            }
            return known;
        }
    }

    /** What an event says, as pointers and values: {@code /feature/past-tense/field}. */
    private SortedMap<String, Object> said(StoredEvent stored) {
        SortedMap<String, Object> said = new TreeMap<>();
        int version = codec.catalog().named(stored.type()).orElseThrow().version();
        ObjectNode payload =
                Upcasts.toCurrent(stored.type(), stored.version(), version, codec.readTree(stored.payload()));
        String base = Sheet.at((Object[]) stored.type().split("\\.", 2));
        flatten(base, payload, said);
        if (payload.has(SEALED)) {
            said.put(base + "/sealedAt", stored.position());
        }
        return said;
    }

    private static void flatten(String base, JsonNode node, SortedMap<String, Object> into) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(field -> {
                    if (!field.getKey().equals(SEALED)) {
                        flatten(base + Sheet.at(field.getKey()), field.getValue(), into);
                    }
                });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    flatten(base + Sheet.at(i + 1), array.get(i), into);
                }
            }
            default ->
                into.put(
                        base,
                        node.isBoolean()
                                ? node.asBoolean()
                                : node.isIntegralNumber() ? node.asLong() : node.asString());
        }
    }

    /** @return the streams that hold the subject's events */
    Set<UUID> streams(Subject subject) {
        return switch (subject) {
            case Subject.One(var view, UUID id) ->
                switch (view) {
                    case PROFILE -> evaluations(new LearnerId(id));
                    case PEOPLE -> person(new LearnerId(id));
                    case CERTIFICATE -> certificate(id);
                    case SESSION -> session(id);
                    case CAMPAIGN -> union(Set.of(id), parts(id, Tie.Kind.PARTICIPATION));
                    case STREAM -> Set.of(id);
                    case DIVISION, MENTION -> throw new IllegalStateException("named by more than one id");
                };
            case Subject.SchoolClass(var school, var year, var _) ->
                enrolmentsOf(parts(school.value(), Tie.Kind.ENROLMENT), year.value());
            case Subject.ReportLine(UUID learner, var year) -> {
                Set<UUID> streams = enrolmentsOf(parts(learner, Tie.Kind.ENROLMENT), year.value());
                streams.addAll(parts(learner, Tie.Kind.SESSION));
                streams.addAll(parts(learner, Tie.Kind.EXAM));
                streams.addAll(parts(learner, Tie.Kind.CERTIFICATE));
                yield streams;
            }
        };
    }

    /** @return all streams that hold something about these people */
    public Set<UUID> streamsOf(Collection<LearnerId> people) {
        Set<UUID> streams = new HashSet<>();
        people.forEach(learner -> streams.addAll(person(learner)));
        return streams;
    }

    /** @return ids of all learners that are, or were, tied to a school or a session */
    public Set<LearnerId> learnersOf(UUID whole) {
        Set<LearnerId> learners = new HashSet<>();
        jdbc.query(
                "SELECT DISTINCT o.whole FROM audit.tie o JOIN audit.tie t ON t.part = o.part AND t.kind = o.kind"
                        + " WHERE t.whole = ? AND o.whole <> ?",
                row -> {
                    learners.add(new LearnerId(row.getObject(1, UUID.class)));
                },
                whole,
                whole);
        return learners;
    }

    private Set<UUID> enrolmentsOf(Set<UUID> enrolments, String year) {
        Set<UUID> ofYear = new HashSet<>();
        for (Recorded recorded : events.read(ledger.streams(enrolments, Long.MAX_VALUE))) {
            if (recorded.event() instanceof PupilEnrolled enrolled
                    && enrolled.schoolYear().value().equals(year)) {
                ofYear.add(recorded.stream());
            }
        }
        return ofYear;
    }

    private Set<UUID> evaluations(LearnerId learner) {
        Set<UUID> streams = new HashSet<>();
        frameworks
                .versions()
                .forEach(framework -> framework.competences().stream()
                        .map(Competence::code)
                        .forEach(code -> streams.add(StreamIds.evaluation(learner, code))));
        return streams;
    }

    private Set<UUID> person(LearnerId learner) {
        Set<UUID> streams = new HashSet<>(evaluations(learner));
        streams.add(learner.value());
        streams.add(StreamIds.tutorials(learner));
        streams.add(StreamIds.examSlot(learner));
        streams.add(StreamIds.erasures(new AccountId(learner.value())));
        ties(learner.value()).forEach(tie -> {
            streams.add(tie.part());
            if (tie.kind() == Tie.Kind.CERTIFICATE) {
                streams.addAll(certificate(tie.part()));
            }
        });
        return streams;
    }

    private Set<UUID> certificate(UUID id) {
        CertificateId certificate = new CertificateId(id);
        Set<UUID> streams = new HashSet<>();
        for (Recorded recorded :
                events.read(ledger.stream(id, 0).stream().limit(1).toList())) {
            streams.add(id);
            streams.add(StreamIds.documents(certificate));
            switch (recorded.event()) {
                case CertificateIssued issued -> {
                    streams.add(issued.exam().value());
                    streams.add(StreamIds.verificationCode(issued.code()));
                }
                case CertificateImported imported -> {
                    streams.add(StreamIds.importedSitting(certificate).value());
                    streams.add(StreamIds.verificationCode(imported.code()));
                }
                default -> streams.clear(); // Some other stream.
            }
        }
        return streams;
    }

    private Set<UUID> session(UUID id) {
        Set<UUID> exams = parts(id, Tie.Kind.EXAM);
        Set<UUID> streams = union(Set.of(id), exams);
        exams.forEach(exam -> streams.addAll(parts(exam, Tie.Kind.CERTIFICATE)));
        return streams;
    }

    private Set<UUID> parts(UUID whole, Tie.Kind kind) {
        Set<UUID> parts = new HashSet<>();
        ties(whole).stream().filter(tie -> tie.kind() == kind).forEach(tie -> parts.add(tie.part()));
        return parts;
    }

    private List<Tie> ties(UUID whole) {
        return jdbc.query(
                "SELECT part, kind, position FROM audit.tie WHERE whole = ? ORDER BY position",
                (row, _) -> new Tie(row.getObject(1, UUID.class), Tie.Kind.valueOf(row.getString(2)), row.getLong(3)),
                whole);
    }

    private static Set<UUID> union(Set<UUID> one, Set<UUID> other) {
        Set<UUID> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** @return the certificate that has the code; empty when none has */
    public Optional<Subject> byCode(VerificationCode code) {
        return first(StreamIds.verificationCode(code), CodeReserved.class)
                .map(reserved -> new Subject.One(
                        Subject.View.CERTIFICATE, reserved.certificate().value()));
    }

    /** @return the campaign that has the code; empty when none has */
    public Optional<Subject> byCode(CampaignCode code) {
        return first(StreamIds.campaignCode(code), CampaignCodeReserved.class)
                .map(reserved -> new Subject.One(
                        Subject.View.CAMPAIGN, reserved.campaign().value()));
    }

    /** @return the session that has the number; empty when none has */
    public Optional<Subject> bySessionNumber(int number) {
        return first(StreamIds.sessionNumber(number), SessionNumberReserved.class)
                .map(reserved ->
                        new Subject.One(Subject.View.SESSION, reserved.session().value()));
    }

    /**
     * @param id of a stream, a person, or anything else that is followed
     * @return what it names, the closest first; empty when the ledger does not know it
     */
    public List<Subject> byId(UUID id) {
        Optional<LedgerEvent> first = first(id, LedgerEvent.class);
        List<Subject> found = new ArrayList<>();
        first.flatMap(HistoryQueries::view).ifPresent(view -> found.add(new Subject.One(view, id)));
        if (isPerson(first, id)) {
            found.add(new Subject.One(Subject.View.PEOPLE, id));
        }
        if (first.isPresent()) {
            found.add(new Subject.One(Subject.View.STREAM, id));
        }
        return found;
    }

    /** An account's own stream is the person's; most people have none, and are known by what belongs to them. */
    private boolean isPerson(Optional<LedgerEvent> first, UUID id) {
        return first.map(IdentityEvent.class::isInstance).orElse(true) && isKnown(new LearnerId(id));
    }

    /** @return whether the ledger holds anything about this person */
    public boolean isKnown(LearnerId learner) {
        return !ledger.streams(person(learner), Long.MAX_VALUE).isEmpty();
    }

    private static Optional<Subject.View> view(LedgerEvent first) {
        return switch (first) {
            case CertificateIssued _, CertificateImported _ -> Optional.of(Subject.View.CERTIFICATE);
            case SessionScheduled _ -> Optional.of(Subject.View.SESSION);
            case CampaignOpened _ -> Optional.of(Subject.View.CAMPAIGN);
            default -> Optional.empty();
        };
    }

    private <E> Optional<E> first(UUID stream, Class<E> type) {
        return events.read(ledger.stream(stream, 0).stream().limit(1).toList()).stream()
                .map(Recorded::event)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
