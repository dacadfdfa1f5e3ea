package fr.grandlivre.api.certificate;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.command.certificate.CertificateCommand.JuryAct;
import fr.grandlivre.command.certificate.CertificateCommand.ReinstateCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.RevokeCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.SuspendCertificate;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.certificate.CertificateStatus;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a jury may do to a certificate. */
enum JuryActs {
    REVOKE,
    SUSPEND,
    REINSTATE;

    private static final int SHORTEST_REASON = 10;

    /** @return name in addresses of forms and in messages, in kebab case */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for no act */
    static JuryActs of(String text) {
        return Arrays.stream(values())
                .filter(act -> act.text().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    /** @return the acts that would change something */
    static List<JuryActs> possible(CertificateStatement certificate) {
        if (certificate.standing().revocation() != null) {
            return List.of();
        }
        return certificate.standing().suspension() == null ? List.of(REVOKE, SUSPEND) : List.of(REVOKE, REINSTATE);
    }

    /** @return what the certificate would be worth on the day */
    CertificateStatus preview(CertificateStatement certificate, LocalDate day) {
        return CertificateStatus.on(day, certificate.standing().validUntil(), this == REVOKE, this == SUSPEND);
    }

    JuryAct command(CertificateId certificate, ReasonCode code, String reason) {
        return switch (this) {
            case REVOKE -> new RevokeCertificate(certificate, code, reason);
            case SUSPEND -> new SuspendCertificate(certificate, code, reason);
            case REINSTATE -> new ReinstateCertificate(certificate, code, reason);
        };
    }

    /** @return the reason code; reads it without taking its case for meaning */
    static ReasonCode reasonCode(Fields fields, @Nullable String typed) {
        return fields.parsed(
                "/reasonCode",
                typed,
                text -> Arrays.stream(ReasonCode.values())
                        .filter(code -> wireName(code).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                ReasonCode.JURY);
    }

    /** @return the reason, 10 to 500 characters */
    static String reason(Fields fields, @Nullable String typed) {
        String reason = fields.text("/reason", typed, JuryAct.LONGEST_REASON);
        String stripped = reason.strip();
        if (!stripped.isEmpty() && stripped.codePointCount(0, stripped.length()) < SHORTEST_REASON) {
            fields.refuse("/reason", "too-short");
        }
        return reason;
    }

    /** @return {@code identity-corrected} */
    static String wireName(ReasonCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
