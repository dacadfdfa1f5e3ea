package fr.grandlivre.query.privacy;

import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading, or the sum of an hour's readings by code alone, as the person concerned sees it.
 *
 * @param position    of the event
 * @param hour        first instant of the hour in which it was read
 * @param role        in what capacity
 * @param surface     where it was read
 * @param fieldsClass what was read
 * @param purpose     as declared; absent when none was, or when it has lapsed
 * @param certificate that was looked up; absent for other readings
 * @param readings    how many, at least 1
 */
public record Access(
        long position,
        Instant hour,
        Role role,
        Surface surface,
        FieldsClass fieldsClass,
        @Nullable String purpose,
        @Nullable CertificateId certificate,
        int readings) {}
