package fr.grandlivre.events.privacy;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody read personal data of somebody else. Stream: one a day (Europe/Paris) and person concerned; one a day and
 * reader when several persons are concerned at once; one a batch of sums.
 */
public sealed interface AccessEvent extends LedgerEvent {
    /**
     * A reading, recorded before the data left.
     *
     * @param persons       whose data, each once, 1..500
     * @param certificateId the certificate that was looked up; absent for other readings
     * @param surface       where it was read
     * @param fieldsClass   what was read
     * @param role          in what capacity
     * @param reader        pseudonym of the account; present only when several persons are concerned, because then there is
     *                      no key to seal it with
     * @param sealed        reader and purpose; present only when one person is concerned
     */
    @EventType(name = "access.recorded", version = 1)
    record AccessRecorded(
            List<LearnerId> persons,
            @Nullable CertificateId certificateId,
            Surface surface,
            FieldsClass fieldsClass,
            Role role,
            @Nullable UUID reader,
            @Nullable Personal<AccessReader> sealed)
            implements AccessEvent {
        /** Most persons in one event: more are told in several. */
        public static final int MOST_PERSONS = 500;

        public AccessRecorded {
            persons = List.copyOf(persons);
        }
    }

    /**
     * Answers by code alone about one certificate during one hour, added up. A node may add several sums for an hour.
     *
     * @param person        holder
     * @param certificateId which
     * @param hour          its first instant
     * @param count         answers, at least 1
     */
    @EventType(name = "access.summarised", version = 1)
    record AccessSummarised(LearnerId person, CertificateId certificateId, Instant hour, int count)
            implements AccessEvent {}

    /**
     * An auditor declared why the identity of a person is to be seen, and may see it for a while.
     *
     * @param person whose identity
     * @param until  end of the leave
     * @param sealed who may see it, and why
     */
    @EventType(name = "audit.unmasking-granted", version = 1)
    record UnmaskingGranted(LearnerId person, Instant until, Personal<AccessReader> sealed) implements AccessEvent {}

    /** Where something was read. */
    enum Surface {
        VERIFICATION,
        DOCUMENT_CHECK,
        SCHOOL_REPORT,
        SCHOOL_REPORT_FEED,
        ROSTER,
        CLASS,
        PUPIL,
        CAMPAIGN,
        SESSION,
        INVIGILATION,
        JURY,
        EXPORT,
        AUDIT
    }

    /** What was read. */
    enum FieldsClass {
        /** Names, birth dates, numbers. */
        IDENTITY,
        /** Levels, results, certificates. */
        RESULTS,
        /** Both. */
        IDENTITY_AND_RESULTS,
        /** What somebody answered. */
        ANSWERS
    }
}
