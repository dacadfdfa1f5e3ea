package fr.grandlivre.api.certificate;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.session.JuryActForm;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.certificate.CertificateStatus;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a jury may do to a certificate, with a second person. */
enum JuryActs {
    REVOKE,
    SUSPEND,
    REINSTATE;

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

    JuryActKind kind() {
        return switch (this) {
            case REVOKE -> JuryActKind.REVOKE_CERTIFICATE;
            case SUSPEND -> JuryActKind.SUSPEND_CERTIFICATE;
            case REINSTATE -> JuryActKind.REINSTATE_CERTIFICATE;
        };
    }

    /** @return the act that a proposal about a certificate proposes */
    static JuryActs of(JuryActKind kind) {
        return Arrays.stream(values())
                .filter(act -> act.kind() == kind)
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    /**
     * @param fields notes what cannot be accepted: check it before the act is used
     * @param today  civil day, Europe/Paris
     */
    JuryAct read(Fields fields, @Nullable String reasonCode, @Nullable String reason, LocalDate today) {
        return new JuryActForm(WireName.of(kind()), reasonCode, reason, null, null, null, null, null, null)
                .read(fields, today);
    }
}
