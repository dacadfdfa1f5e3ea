package fr.grandlivre.query.audit;

import java.util.UUID;

/**
 * A stream that belongs to something.
 *
 * @param part     the stream
 * @param kind     what it is about
 * @param position of the event that tied it
 */
record Tie(UUID part, Kind kind, long position) {
    /** What a stream is about. */
    enum Kind {
        ENROLMENT,
        SESSION,
        EXAM,
        PARTICIPATION,
        CERTIFICATE,
        /** Somebody was let see who the person is, among a day's readings. */
        UNMASKING
    }
}
