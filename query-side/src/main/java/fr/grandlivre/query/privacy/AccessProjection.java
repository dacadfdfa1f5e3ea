package fr.grandlivre.query.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.privacy.AccessEvent;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.privacy.AccessEvent.UnmaskingGranted;
import fr.grandlivre.events.privacy.AccessReader;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.PersonalColumns;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps one row a reading and person concerned. */
public final class AccessProjection implements Projection {
    private static final String INSERT = """
        INSERT INTO ${schema}.access
          (person, position, at, certificate_id, surface, fields_class, role, reader, purpose, readings,
           lapses)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (person, position) DO NOTHING\
        """;

    private static final String UNMASKING = """
        INSERT INTO ${schema}.unmasking (person, position, until, reader, purpose, lapses) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (person, position) DO NOTHING\
        """;

    @Override
    public String name() {
        return AccessQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(AccessRecorded.class, AccessSummarised.class, UnmaskingGranted.class, PersonErased.class);
    }

    /** 2: an erasure takes what it did not take before. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public boolean readsPersonalFields() {
        return true;
    }

    @Override
    public List<PersonalColumns> personalColumns() {
        return List.of(
                PersonalColumns.byRow("lapses", "access", "person", "reader", "purpose", "lapses"),
                PersonalColumns.byRow("lapses", "unmasking", "person", "reader", "purpose", "lapses"));
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            switch (recorded.event()) {
                case AccessEvent event -> write(event, recorded, writes);
                case PersonErased erased -> blank(erased, recorded.position(), writes);
                default -> throw new AssertionError("not one of the events it reads");
            }
        }
        writes.into(view);
    }

    private static void write(AccessEvent event, Recorded recorded, Writes writes) {
        switch (event) {
            case AccessRecorded read -> {
                Optional<AccessReader> sealed =
                        read.sealed() == null ? Optional.empty() : read.sealed().value();
                UUID reader = sealed.map(AccessReader::reader).orElse(read.reader());
                String purpose = sealed.map(AccessReader::purpose).orElse(null);
                for (LearnerId person : read.persons()) {
                    add(
                            writes,
                            person,
                            recorded.position(),
                            recorded.recordedAt(),
                            read.certificateId(),
                            read.surface(),
                            read.fieldsClass(),
                            read.role(),
                            reader,
                            purpose,
                            1,
                            sealed.map(AccessReader::dataClass).orElse(ofYear(read, recorded)));
                }
            }
            case UnmaskingGranted(var person, var until, var sealed) ->
                writes.add(
                        UNMASKING,
                        person.value(),
                        recorded.position(),
                        until.atOffset(ZoneOffset.UTC),
                        sealed.value().map(AccessReader::reader).orElse(null),
                        sealed.value().map(AccessReader::purpose).orElse(null),
                        sealed.value().map(reader -> reader.dataClass().name()).orElse(null));
            case AccessSummarised(var person, var certificate, var hour, int count) ->
                add(
                        writes,
                        person,
                        recorded.position(),
                        hour,
                        certificate,
                        Surface.VERIFICATION,
                        FieldsClass.RESULTS,
                        Role.PUBLIC,
                        null,
                        null,
                        count,
                        null);
        }
    }

    /** The reader of several persons stands in clear in the event; each person's row loses it like a sealed one. */
    private static @Nullable DataClass ofYear(AccessRecorded read, Recorded recorded) {
        return read.reader() == null
                ? null
                : DataClass.access(ParisDays.of(recorded.recordedAt()).getYear());
    }

    private static void add(
            Writes writes,
            LearnerId person,
            long position,
            Instant at,
            @Nullable CertificateId certificate,
            Surface surface,
            FieldsClass fields,
            Role role,
            @Nullable UUID reader,
            @Nullable String purpose,
            int readings,
            @Nullable DataClass lapses) {
        writes.add(
                INSERT,
                person.value(),
                position,
                at.atOffset(ZoneOffset.UTC),
                certificate == null ? null : certificate.value(),
                surface.name(),
                fields.name(),
                role.name(),
                reader,
                purpose,
                readings,
                lapses == null ? null : lapses.name());
    }
}
