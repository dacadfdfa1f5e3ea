package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of a certificate. */
public sealed interface CertificateCommand extends Command {
    /** @return which certificate */
    CertificateId certificateId();

    @Override
    default UUID stream() {
        return certificateId().value();
    }

    /**
     * Issues the first certificate of an exam whose result is published; issuing it again changes nothing.
     *
     * @param session the session of the exam
     * @param exam    the sitting
     */
    record IssueCertificate(SessionId session, ExamId exam) implements CertificateCommand {
        @Override
        public CertificateId certificateId() {
            return StreamIds.certificate(exam, 1);
        }
    }

    /**
     * Takes over a certificate of the time before the ledger. What its source does not state is absent.
     *
     * @param certificateId random
     * @param learner       whose
     * @param code          verification code as typed
     * @param examDate      day of the exam
     * @param deliveredDate day of delivery
     * @param validUntil    last valid day, inclusive
     * @param centre        where the exam took place
     * @param levels        certified levels, 1..8
     * @param pix           absent when not stated
     * @param pixMax        absent when not stated
     * @param overallLevel  absent when not stated
     * @param source        where it comes from, 1..120 characters
     * @param holder        identity as printed; the key is absent when not stated
     */
    record ImportCertificate(
            CertificateId certificateId,
            LearnerId learner,
            String code,
            LocalDate examDate,
            LocalDate deliveredDate,
            LocalDate validUntil,
            Centre centre,
            SortedMap<CompetenceCode, Level> levels,
            @Nullable Pix pix,
            @Nullable Pix pixMax,
            @Nullable Level overallLevel,
            String source,
            CertificateHolder holder)
            implements CertificateCommand {
        /** Longest name of a source, code points. */
        public static final int LONGEST_SOURCE = 120;

        /** @throws IllegalArgumentException when a level is below 1, or the source is blank or too long */
        public ImportCertificate {
            if (levels.values().stream().anyMatch(level -> level.value() < 1)) {
                throw new IllegalArgumentException("a certified level is at least 1");
            }
            if (source.isBlank() || source.codePointCount(0, source.length()) > LONGEST_SOURCE) {
                throw new IllegalArgumentException("a source has 1 to 120 characters");
            }
            levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
        }
    }

    /**
     * Brings the certificates of an exam in line with an act that a second person confirmed; what is in line already
     * changes nothing.
     *
     * @param exam the sitting
     * @param act  the confirmed act
     */
    record AmendCertificate(ExamId exam, UUID act) implements CertificateCommand {
        @Override
        public CertificateId certificateId() {
            return StreamIds.certificate(exam, 1);
        }
    }

    /**
     * Chooses what the verification code reveals.
     *
     * @param holder     who chooses
     * @param visibility what it reveals from now on
     */
    record ChooseVisibility(CertificateId certificateId, LearnerId holder, Visibility visibility)
            implements CertificateCommand {}

    /**
     * An act of the jury on a certificate. Why it is done stands in the proposal, which a second person confirmed.
     */
    sealed interface AgreedAct extends CertificateCommand {
        /** @return the stream that holds the proposal: the exam, or what stands for it for an imported certificate */
        ExamId sitting();

        /** @return id of the proposed act */
        UUID act();
    }

    /** Puts a certificate in doubt. */
    record SuspendCertificate(CertificateId certificateId, ExamId sitting, UUID act) implements AgreedAct {}

    /** Lifts the doubt. */
    record ReinstateCertificate(CertificateId certificateId, ExamId sitting, UUID act) implements AgreedAct {}

    /** Ends a certificate, for ever. */
    record RevokeCertificate(CertificateId certificateId, ExamId sitting, UUID act) implements AgreedAct {}
}
