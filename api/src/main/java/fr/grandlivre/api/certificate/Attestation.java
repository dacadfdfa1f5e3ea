package fr.grandlivre.api.certificate;

import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.verification.CertifiedLevel;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.framework.Framework;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the attestation of a certificate says, in the order in which it says it.
 *
 * @param name          first and last name as printed
 * @param birthDate     in words
 * @param birthPlace    as printed
 * @param centre        where the exam took place
 * @param examDate      in words
 * @param deliveredDate in words
 * @param validUntil    last valid day, in words
 * @param years         of validity
 * @param code          verification code
 * @param key           printed beside it; empty when the source of an imported certificate stated none
 * @param total         empty when the source of an imported certificate did not state it
 * @param imported      whether it was taken over from an earlier register
 * @param levels        certified levels, by competence
 * @param scale         greatest level
 * @param framework     version of the labels
 */
record Attestation(
        String name,
        String birthDate,
        String birthPlace,
        String centre,
        String examDate,
        String deliveredDate,
        String validUntil,
        long years,
        String code,
        Optional<String> key,
        Optional<Total> total,
        boolean imported,
        List<CertifiedLevel> levels,
        int scale,
        String framework) {
    /**
     * @param pix    total of the certified competences
     * @param pixMax its scale
     * @param level  its level
     */
    record Total(int pix, int pixMax, int level) {}

    static Attestation of(
            CertificateStatement certificate, CertificateHolder holder, Framework framework, Locale language) {
        LocalDate until = certificate.standing().validUntil();
        return new Attestation(
                holder.firstName() + " " + holder.lastName(),
                Dates.day(holder.birthDate(), language),
                holder.birthPlace(),
                certificate.centreName(),
                Dates.day(certificate.examDate(), language),
                Dates.day(certificate.deliveredDate(), language),
                Dates.day(until, language),
                // Last day inclusive: valid from the day of delivery to the same day years later.
                ChronoUnit.YEARS.between(certificate.deliveredDate(), until.plusDays(1)),
                certificate.code().value(),
                Optional.ofNullable(holder.key()),
                total(certificate),
                certificate.source() != null,
                CertifiedLevel.of(certificate.levels(), framework, certificate.maxReachableLevel(), language),
                certificate.maxReachableLevel(),
                certificate.framework().value());
    }

    private static Optional<Total> total(CertificateStatement certificate) {
        return certificate.pix() == null || certificate.pixMax() == null || certificate.overallLevel() == null
                ? Optional.empty()
                : Optional.of(new Total(
                        certificate.pix().value(),
                        certificate.pixMax().value(),
                        certificate.overallLevel().value()));
    }

    /** Never shows whose it is. */
    @Override
    public String toString() {
        return "Attestation[…]";
    }
}
