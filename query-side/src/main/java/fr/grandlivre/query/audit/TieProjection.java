package fr.grandlivre.query.audit;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.privacy.AccessEvent.UnmaskingGranted;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which streams belong to whom, where an id does not follow from another: what an auditor reads of a learner, a campaign, a
 * session or a school is found here and read in the ledger itself.
 */
public final class TieProjection implements Projection {
    /** Name of the view. */
    public static final String VIEW = "audit";

    private static final String TIE = """
        INSERT INTO ${schema}.tie (whole, part, kind, position) VALUES (?, ?, ?, ?)
        ON CONFLICT (whole, part) DO NOTHING\
        """;

    @Override
    public String name() {
        return VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                PupilEnrolled.class,
                CandidateEnrolled.class,
                ParticipationStarted.class,
                CertificateIssued.class,
                CertificateImported.class,
                UnmaskingGranted.class);
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        page.forEach(recorded -> write(recorded, writes));
        writes.into(view);
    }

    private static void write(Recorded recorded, Writes writes) {
        switch (recorded.event()) {
            case PupilEnrolled enrolled -> {
                UUID stream = StreamIds.enrolment(enrolled.school(), enrolled.schoolYear(), enrolled.learner());
                tie(enrolled.learner().value(), stream, Tie.Kind.ENROLMENT, recorded, writes);
                tie(enrolled.school().value(), stream, Tie.Kind.ENROLMENT, recorded, writes);
            }
            case CandidateEnrolled enrolled -> {
                UUID exam =
                        StreamIds.exam(enrolled.session(), enrolled.candidate()).value();
                tie(enrolled.learner().value(), enrolled.session().value(), Tie.Kind.SESSION, recorded, writes);
                tie(enrolled.learner().value(), exam, Tie.Kind.EXAM, recorded, writes);
                tie(enrolled.session().value(), exam, Tie.Kind.EXAM, recorded, writes);
            }
            case ParticipationStarted started -> {
                UUID stream = started.participation().value();
                tie(started.learner().value(), stream, Tie.Kind.PARTICIPATION, recorded, writes);
                tie(started.campaign().value(), stream, Tie.Kind.PARTICIPATION, recorded, writes);
            }
            case CertificateIssued issued -> {
                UUID stream = issued.certificateId().value();
                tie(issued.learner().value(), stream, Tie.Kind.CERTIFICATE, recorded, writes);
                tie(issued.exam().value(), stream, Tie.Kind.CERTIFICATE, recorded, writes);
            }
            case CertificateImported imported ->
                tie(
                        imported.learner().value(),
                        imported.certificateId().value(),
                        Tie.Kind.CERTIFICATE,
                        recorded,
                        writes);
            case UnmaskingGranted granted ->
                tie(granted.person().value(), recorded.stream(), Tie.Kind.UNMASKING, recorded, writes);
            default -> throw new IllegalArgumentException(recorded.event().getClass() + " is not read by this view");
        }
    }

    private static void tie(UUID whole, UUID part, Tie.Kind kind, Recorded recorded, Writes writes) {
        writes.add(TIE, whole, part, kind.name(), recorded.position());
    }
}
