package fr.grandlivre.events;

/** Classes of personal data: each person has one key per class, and each class its own retention. */
public enum DataClass {
    /** Account identity and INE. */
    IDENTITY,
    /** Free text typed as an answer. */
    ANSWERS,
    /** Identity as printed on a certificate, and its key. */
    CERTIFICATE
}
