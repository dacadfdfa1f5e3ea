package fr.grandlivre.events.schoolreport;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to school reports. Streams: one a version of the mention rule; the school that a file is about. */
public sealed interface SchoolReportEvent extends LedgerEvent {
    /**
     * A version of the rule of the mention is published.
     *
     * @param ruleVersion its name
     * @param labelFr     words of the line in the report
     * @param labelEn     the same in English
     * @param validFrom   first day in force
     * @param definition  the rule in words, French
     */
    @EventType(name = "schoolreport.rule-published", version = 1)
    record MentionRulePublished(
            RulesVersion ruleVersion, String labelFr, String labelEn, LocalDate validFrom, String definition)
            implements SchoolReportEvent {}

    /**
     * Results left the ledger as a file, or as an answer to a partner's program.
     *
     * @param exportId    names the receipt
     * @param profile     its form, {@code csv-class-1}
     * @param uai         establishment; absent when it is about none
     * @param schoolYear  which roster; absent when it is about none
     * @param division    class; absent when it is about the whole establishment
     * @param rows        pupils in it
     * @param skipped     pupils left out, and why
     * @param position    every event up to this ledger position is in it
     * @param ruleVersion rule that decided the mentions
     * @param sha256      of the bytes, 64 hexadecimal digits
     */
    @EventType(name = "export.produced", version = 1)
    record ExportProduced(
            UUID exportId,
            String profile,
            @Nullable Uai uai,
            @Nullable SchoolYear schoolYear,
            @Nullable Division division,
            int rows,
            List<Skipped> skipped,
            long position,
            RulesVersion ruleVersion,
            String sha256)
            implements SchoolReportEvent {}

    /** A pupil who is not in a file. */
    record Skipped(LearnerId learner, SkipReason reason) {}

    /** Why a pupil is not in a file. */
    enum SkipReason {
        /** The school does not know the national number. */
        INE_MISSING,
        /** Another pupil of the class has the same names, and nobody said that both are right. */
        HOMONYM,
        /** The pupil has no certification in that school year. */
        NO_CERTIFICATION,
        /** The person was erased. */
        ERASED
    }
}
