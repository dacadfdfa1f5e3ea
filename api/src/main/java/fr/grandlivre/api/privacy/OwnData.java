package fr.grandlivre.api.privacy;

import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.privacy.Access;
import fr.grandlivre.query.privacy.AccessQueries;
import fr.grandlivre.query.privacy.OwnEvents;
import fr.grandlivre.query.privacy.OwnEvents.OwnEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * All that is recorded about one learner, to take away: one JSON document with everything and three tables for spreadsheets,
 * in one archive. Thread-safe.
 */
@Component
class OwnData {
    /** Stands where a later event put a value right. */
    private static final String CORRECTED = "(corrigé)";

    /** Names first, in the order in which forms ask for them; others after them. */
    private static final List<String> ORDER = List.of(
            "lastName", "firstName", "middleName", "thirdName", "birthDate", "birthPlace", "ine", "email", "key");

    private static final Comparator<String> AS_READ = Comparator.comparingInt(
                    (String name) -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size())
            .thenComparing(Comparator.naturalOrder());

    private static final int READINGS_AT_ONCE = 1_000;

    private final OwnEvents events;
    private final AccessQueries accesses;
    private final ServerClock clock;
    private final PersonAccounts accounts;

    OwnData(OwnEvents events, AccessQueries accesses, ServerClock clock, PersonAccounts accounts) {
        this.events = events;
        this.accesses = accesses;
        this.clock = clock;
        this.accounts = accounts;
    }

    /**
     * What somebody is called somewhere.
     *
     * @param type     of the event that says so: names of sources in messages
     * @param recorded when it was recorded
     * @param fields   name and value, in the order of their names
     * @param corrected whether it took the place of another one
     */
    record Identity(String type, Instant recorded, boolean corrected, SortedMap<String, String> fields) {
        /** @return the same, one field left out */
        Identity without(String field) {
            SortedMap<String, String> others = new TreeMap<>(fields);
            others.remove(field);
            return new Identity(type, recorded, corrected, others);
        }
    }

    /** Writes the archive, entry after entry: it never stands in memory as a whole. */
    void archive(LearnerId person, OutputStream out) throws IOException {
        List<OwnEvent> own = corrected(events.of(accounts.learners(person)));
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("donnees.json"));
            json(person, own, zip);
            zip.closeEntry();
            table(zip, "evenements.csv", eventTable(own));
            table(zip, "donnees-personnelles.csv", personalTable(own));
            table(zip, "lectures.csv", readingTable(person));
        }
    }

    private void json(LearnerId person, List<OwnEvent> events, OutputStream out) throws IOException {
        write(out, "{\"person\":\"" + person + "\",\"exportedAt\":");
        out.write(CanonicalJson.bytes(clock.now().truncatedTo(ChronoUnit.MILLIS)));
        write(out, ",\"events\":[");
        String before = "\n";
        for (OwnEvent event : events) {
            write(out, before);
            out.write(CanonicalJson.bytes(event));
            before = ",\n";
        }
        write(out, "\n],\"readings\":[");
        before = "\n";
        List<LearnerId> own = accounts.learners(person);
        for (long below = Long.MAX_VALUE; below > 0; ) {
            List<Access> some = accesses.of(own, below, READINGS_AT_ONCE);
            for (Access reading : some) {
                write(out, before);
                out.write(CanonicalJson.bytes(reading));
                before = ",\n";
            }
            below = some.isEmpty() ? 0 : some.getLast().position();
        }
        write(out, "\n]}\n");
    }

    private static CsvFile eventTable(List<OwnEvent> own) {
        CsvFile table = new CsvFile(List.of("position", "recordedAt", "type", "role", "data"));
        own.forEach(event -> table.row(List.of(
                Long.toString(event.position()),
                event.recordedAt().toString(),
                event.type(),
                event.role(),
                CsvFile.typed(new String(CanonicalJson.bytes(event.data()), StandardCharsets.UTF_8)))));
        return table;
    }

    private static CsvFile personalTable(List<OwnEvent> own) {
        CsvFile table = new CsvFile(List.of("position", "recordedAt", "type", "field", "value"));
        own.forEach(event -> fields(event)
                .forEach((name, value) -> table.row(List.of(
                        Long.toString(event.position()),
                        event.recordedAt().toString(),
                        event.type(),
                        name,
                        CsvFile.typed(value)))));
        return table;
    }

    private CsvFile readingTable(LearnerId person) {
        CsvFile table = new CsvFile(
                List.of("position", "hour", "role", "surface", "fieldsClass", "purpose", "certificate", "count"));
        List<LearnerId> own = accounts.learners(person);
        for (long below = Long.MAX_VALUE; below > 0; ) {
            List<Access> some = accesses.of(own, below, READINGS_AT_ONCE);
            some.forEach(reading -> table.row(List.of(
                    Long.toString(reading.position()),
                    reading.hour().toString(),
                    WireName.of(reading.role()),
                    WireName.of(reading.surface()),
                    WireName.of(reading.fieldsClass()),
                    CsvFile.typed(Optional.ofNullable(reading.purpose()).orElse("")),
                    Optional.ofNullable(reading.certificate())
                            .map(id -> id.toString())
                            .orElse(""),
                    Integer.toString(reading.readings()))));
            below = some.isEmpty() ? 0 : some.getLast().position();
        }
        return table;
    }

    private static SortedMap<String, String> fields(OwnEvent event) {
        SortedMap<String, String> fields = new TreeMap<>(AS_READ);
        JsonNode personal = event.data().path("personal");
        if (personal.isString()) {
            fields.put("personal", personal.asString());
        }
        personal.properties().forEach(field -> fields.put(field.getKey(), text(field.getValue())));
        return fields;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? String.join(" | ", value.valueStream().map(JsonNode::asString).toList())
                : value.asString();
    }

    private static void table(ZipOutputStream zip, String name, CsvFile table) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        write(zip, table.text());
        zip.closeEntry();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return what the person is called where, the latest first; a value that was corrected is not shown again */
    List<Identity> identities(LearnerId person) {
        return corrected(events.of(accounts.learners(person))).reversed().stream()
                .filter(event -> event.data().path("personal").isObject()
                        && subject(event).isPresent())
                .filter(event -> !fields(event).containsValue(CORRECTED))
                .map(event -> new Identity(
                        event.type(), event.recordedAt(), event.type().endsWith("corrected"), fields(event)))
                .toList();
    }

    /** What a later event put right stays in the ledger, sealed; nobody is shown it any more. */
    private static List<OwnEvent> corrected(List<OwnEvent> own) {
        Set<String> said = new HashSet<>();
        List<OwnEvent> shown = new ArrayList<>();
        for (OwnEvent event : own.reversed()) {
            boolean former =
                    subject(event).filter(subject -> !said.add(subject)).isPresent();
            if (former) {
                event.data().set("personal", CanonicalJson.tree(CanonicalJson.bytes(Map.of("identity", CORRECTED))));
            }
            shown.add(event);
        }
        return shown.reversed();
    }

    /** @return whose identity an event states, and where; empty for other events */
    private static Optional<String> subject(OwnEvent event) {
        JsonNode data = event.data();
        return switch (event.type()) {
            case "identity.account-opened", "identity.corrected" ->
                Optional.of("account" + data.path("person").asString());
            case "school.pupil-enrolled", "school.pupil-corrected" ->
                Optional.of(data.path("school").asString()
                        + data.path("schoolYear").asString()
                        + data.path("learner").asString());
            case "session.candidate-enrolled", "session.candidate-corrected" ->
                Optional.of(data.path("candidate").asString());
            case "certificate.issued", "certificate.imported" ->
                Optional.of(data.path("certificateId").asString());
            default -> Optional.empty();
        };
    }
}
