package fr.grandlivre.query.verification;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.certificate.CertificateStatus;
import java.time.LocalDate;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a verification code alone answers: whether a certificate stands and what it says, with initials in the place of
 * the name.
 *
 * @param code              canonical code
 * @param status            on the day asked for
 * @param initials          of the holder, {@code M. D.}; absent when erased
 * @param framework         version whose labels are shown
 * @param maxReachableLevel scale of the levels
 * @param levels            certified levels by competence, never empty
 * @param pix               absent when the source did not state it
 * @param pixMax            absent with it
 * @param overallLevel      absent when the source did not state it
 * @param centreName        where the exam took place
 * @param examDate          day of the exam
 * @param deliveredDate     day of delivery
 * @param validUntil        last valid day, inclusive
 * @param position          ledger position of the last event about the certificate
 */
public record Verification(
        VerificationCode code,
        CertificateStatus status,
        @Nullable String initials,
        FrameworkVersion framework,
        int maxReachableLevel,
        SortedMap<CompetenceCode, Level> levels,
        @Nullable Pix pix,
        @Nullable Pix pixMax,
        @Nullable Level overallLevel,
        String centreName,
        LocalDate examDate,
        LocalDate deliveredDate,
        LocalDate validUntil,
        long position) {}
