package fr.grandlivre.api.session;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An act of the jury as typed, in a form or by a program.
 *
 * @param kind       {@code neutralise-question}, {@code reinstate-question}, {@code rescore}, {@code cancel-exam},
 *                   {@code reinstate-exam}, {@code reject-for-fraud}, {@code lift-fraud}, {@code correct-identity},
 *                   {@code suspend-certificate}, {@code reinstate-certificate} or {@code revoke-certificate}
 * @param reasonCode {@code issue-reported}, {@code fraud}, {@code identity-corrected}, {@code jury} or
 *                   {@code administrative}
 * @param reason     10 to 500 characters; a rescoring before publication needs none
 * @param number     of the question
 * @param issue      the reported issue behind it
 * @param firstName  of the corrected identity
 * @param lastName   of the corrected identity
 * @param birthDate  of the corrected identity
 * @param birthPlace of the corrected identity
 */
public record JuryActForm(
        @Nullable String kind,
        @Nullable String reasonCode,
        @Nullable String reason,
        @Nullable String number,
        @Nullable String issue,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String birthDate,
        @Nullable String birthPlace) {

    /** Above the questions of any exam. */
    private static final int MOST_QUESTIONS = 99;

    /**
     * @param today  civil day, Europe/Paris
     * @param fields notes what cannot be accepted: check it before the act is used
     */
    public JuryAct read(Fields fields, LocalDate today) {
        JuryActKind wanted =
                fields.parsed("/kind", kind, text -> constant(JuryActKind.values(), text), JuryActKind.RESCORE);
        if (wanted == JuryActKind.RESCORE && (reason == null || reason.isBlank())) {
            return JuryAct.of(wanted, ReasonCode.JURY, "");
        }
        ReasonCode code = reasonCode(fields, reasonCode);
        String text = reason(fields, reason);
        int question = wanted.isOfQuestion() ? fields.number("/number", number, 1, MOST_QUESTIONS) : 0;
        UUID behind = issue == null || issue.isBlank() ? null : fields.uuid("/issue", issue);
        CandidateIdentity identity = wanted == JuryActKind.CORRECT_IDENTITY ? identity(fields, today) : null;
        boolean unfit = text.codePointCount(0, text.length()) > JuryAct.LONGEST_REASON;
        return new JuryAct(wanted, code, unfit ? "" : text, question == 0 ? null : question, behind, identity);
    }

    private CandidateIdentity identity(Fields fields, LocalDate today) {
        return new CandidateIdentity(
                fields.name("/firstName", firstName),
                fields.name("/lastName", lastName),
                fields.birthDate("/birthDate", birthDate, today),
                fields.name("/birthPlace", birthPlace));
    }

    private static ReasonCode reasonCode(Fields fields, @Nullable String typed) {
        return fields.parsed("/reasonCode", typed, text -> constant(ReasonCode.values(), text), ReasonCode.JURY);
    }

    private static String reason(Fields fields, @Nullable String typed) {
        String reason = fields.text("/reason", typed, JuryAct.LONGEST_REASON);
        String stripped = reason.strip();
        if (!stripped.isEmpty() && stripped.codePointCount(0, stripped.length()) < JuryAct.SHORTEST_REASON) {
            fields.refuse("/reason", "too-short");
        }
        return reason;
    }

    /** @return the constant of that name in kebab case; another case is another name */
    static <E extends Enum<E>> E constant(E[] constants, String text) {
        return Arrays.stream(constants)
                .filter(constant -> WireName.of(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    /** Never shows reason and identity. */
    @Override
    public String toString() {
        return "JuryActForm[kind=" + kind + "]";
    }
}
