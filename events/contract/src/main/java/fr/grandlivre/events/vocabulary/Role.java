package fr.grandlivre.events.vocabulary;

/** In what capacity somebody acts. {@code SYSTEM} is a policy acting on an event. */
public enum Role {
    LEARNER,
    TEACHER,
    HEAD,
    INVIGILATOR,
    JURY,
    AUDITOR,
    OPERATOR,
    PARTNER,
    PUBLIC,
    SYSTEM
}
