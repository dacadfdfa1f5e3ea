package fr.grandlivre.rules.certificate;

import java.time.LocalDate;

/** What a certificate is worth on a day; the first that applies is shown (domain rules, states of a certificate). */
public enum CertificateStatus {
    REVOKED,
    SUSPENDED,
    EXPIRED,
    VALID;

    /**
     * @param revoked    whether it is revoked for ever
     * @param suspended  whether it is in doubt now
     * @param validUntil last valid day, inclusive
     * @param day        the day of reading, Europe/Paris
     */
    public static CertificateStatus on(LocalDate day, LocalDate validUntil, boolean revoked, boolean suspended) {
        if (revoked) {
            return REVOKED;
        }
        if (suspended) {
            return SUSPENDED;
        }
        return day.isAfter(validUntil) ? EXPIRED : VALID;
    }
}
