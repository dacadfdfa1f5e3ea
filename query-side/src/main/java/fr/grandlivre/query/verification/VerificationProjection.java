package fr.grandlivre.query.verification;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.query.LevelsText;
import fr.grandlivre.query.PersonalColumns;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps one row a certificate, found by its code. */
public final class VerificationProjection implements Projection {
    private static final String INSERT = """
        INSERT INTO ${schema}.certificate (code, certificate_id, learner, first_name, last_name, birth_date, key_mac,
          framework, max_reachable_level, exam_date, delivered_date, valid_until, centre_name, levels, pix, pix_max,
          overall_level, position)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (code) DO NOTHING\
        """;

    private static final String REPLACED = """
        UPDATE ${schema}.certificate SET replaced_by = ?, position = ? WHERE certificate_id = ?\
        """;

    private static final String VISIBILITY = """
        UPDATE ${schema}.certificate SET visibility = ?, position = ? WHERE certificate_id = ?\
        """;

    private static final String STATUS = """
        UPDATE ${schema}.certificate
        SET suspended = ?, revoked = revoked OR ?, reason = ?, since = ?, position = ? WHERE certificate_id = ?\
        """;

    @Override
    public String name() {
        return VerificationQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                CertificateIssued.class,
                CertificateImported.class,
                CertificateSuspended.class,
                CertificateReinstated.class,
                CertificateRevoked.class,
                CertificateReplaced.class,
                VisibilityChosen.class,
                PersonErased.class);
    }

    @Override
    public boolean readsPersonalFields() {
        return true;
    }

    @Override
    public List<PersonalColumns> personalColumns() {
        return List.of(PersonalColumns.of(
                        DataClass.CERTIFICATE,
                        "certificate",
                        "learner",
                        "first_name",
                        "last_name",
                        "birth_date",
                        "key_mac")
                .withPosition("position"));
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            switch (recorded.event()) {
                case CertificateEvent event -> write(event, recorded.position(), writes);
                case PersonErased erased -> blank(erased, recorded.position(), writes);
                default -> throw new AssertionError("not one of the events it reads");
            }
        }
        writes.into(view);
    }

    private static void write(CertificateEvent event, long position, Writes writes) {
        switch (event) {
            case CertificateIssued issued ->
                writes.add(
                        INSERT,
                        issued.code().value(),
                        issued.certificateId().value(),
                        issued.learner().value(),
                        field(issued.sealed().value(), CertificateHolder::firstName),
                        field(issued.sealed().value(), CertificateHolder::lastName),
                        field(issued.sealed().value(), CertificateHolder::birthDate),
                        issued.keyMac(),
                        issued.framework().value(),
                        issued.maxReachableLevel(),
                        issued.examDate(),
                        issued.deliveredDate(),
                        issued.validUntil(),
                        issued.centre().name(),
                        LevelsText.write(issued.levels()),
                        issued.pix().value(),
                        issued.pixMax().value(),
                        issued.overallLevel().value(),
                        position);
            case CertificateImported imported ->
                writes.add(
                        INSERT,
                        imported.code().value(),
                        imported.certificateId().value(),
                        imported.learner().value(),
                        field(imported.sealed().value(), CertificateHolder::firstName),
                        field(imported.sealed().value(), CertificateHolder::lastName),
                        field(imported.sealed().value(), CertificateHolder::birthDate),
                        imported.keyMac(),
                        imported.framework().value(),
                        imported.maxReachableLevel(),
                        imported.examDate(),
                        imported.deliveredDate(),
                        imported.validUntil(),
                        imported.centre().name(),
                        LevelsText.write(imported.levels()),
                        imported.pix() == null ? null : imported.pix().value(),
                        imported.pixMax() == null ? null : imported.pixMax().value(),
                        imported.overallLevel() == null
                                ? null
                                : imported.overallLevel().value(),
                        position);
            case CertificateSuspended(var id, var reason, var since) ->
                writes.add(STATUS, true, false, reason.name(), since, position, id.value());
            case CertificateReinstated(var id, var _, var _) ->
                writes.add(STATUS, false, false, null, null, position, id.value());
            case CertificateRevoked(var id, var reason, var since) ->
                writes.add(STATUS, false, true, reason.name(), since, position, id.value());
            case CertificateReplaced(var id, var _, var code) ->
                writes.add(REPLACED, code.value(), position, id.value());
            case VisibilityChosen(var id, var visibility) ->
                writes.add(VISIBILITY, visibility.name(), position, id.value());
        }
    }

    private static <T> @Nullable T field(Optional<CertificateHolder> holder, Function<CertificateHolder, T> getter) {
        return holder.map(getter).orElse(null);
    }
}
