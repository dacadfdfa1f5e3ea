package fr.grandlivre.api.session;

import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.session.ExamComment;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.JuryReason;
import fr.grandlivre.events.session.ProposedAct;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.ExamCancelled;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamFraudLifted;
import fr.grandlivre.events.session.SessionEvent.ExamReinstated;
import fr.grandlivre.events.session.SessionEvent.ExamRejectedForFraud;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.QuestionNeutralised;
import fr.grandlivre.events.session.SessionEvent.QuestionReinstated;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.query.session.Examination;
import fr.grandlivre.query.session.Examination.Entry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of an exam's history.
 *
 * @param entry      the event, with author and instant
 * @param key        of the message, {@code question-neutralised}
 * @param kind       what was proposed, confirmed or withdrawn; absent for other lines
 * @param number     of the question, or of the scoring; absent for other lines
 * @param reasonCode absent where there is none
 * @param words      reason, comment or description; empty where there is none, or it was erased
 * @param mine       whether the reader did it
 */
record TimelineLine(
        Entry entry,
        String key,
        @Nullable JuryActKind kind,
        @Nullable Integer number,
        @Nullable ReasonCode reasonCode,
        Optional<String> words,
        boolean mine) {
    private static final int SHORT_ACCOUNT = 8;

    static List<TimelineLine> of(Examination exam, SignedIn reader) {
        return exam.timeline().stream()
                .map(entry ->
                        line(entry, exam, entry.actor().equals(reader.account().value())))
                .toList();
    }

    /** @return enough of the author's pseudonym to tell two people apart */
    public String author() {
        return entry.actor().toString().substring(0, SHORT_ACCOUNT);
    }

    /** @return the event when it is a result; absent for other lines */
    public @Nullable ExamScored scored() {
        return entry.event() instanceof ExamScored scored ? scored : null;
    }

    private static TimelineLine line(Entry entry, Examination exam, boolean mine) {
        LedgerEvent event = entry.event();
        return switch (event) {
            case QuestionNeutralised act ->
                new TimelineLine(
                        entry, "question-neutralised", null, act.number(), act.reasonCode(), words(act.sealed()), mine);
            case QuestionReinstated act ->
                new TimelineLine(
                        entry, "question-reinstated", null, act.number(), act.reasonCode(), words(act.sealed()), mine);
            case ExamCancelled act -> act(entry, "exam-cancelled", act.reasonCode(), act.sealed(), mine);
            case ExamReinstated act -> act(entry, "exam-reinstated", act.reasonCode(), act.sealed(), mine);
            case ExamRejectedForFraud act ->
                act(entry, "exam-rejected-for-fraud", act.reasonCode(), act.sealed(), mine);
            case ExamFraudLifted act -> act(entry, "exam-fraud-lifted", act.reasonCode(), act.sealed(), mine);
            case ExamScored scored ->
                new TimelineLine(entry, "exam-scored", null, scored.scoring(), null, Optional.empty(), mine);
            case ExamCommented comment ->
                new TimelineLine(
                        entry,
                        comment.forOrganisation() ? "exam-commented" : "exam-noted",
                        null,
                        null,
                        null,
                        comment.sealed().value().map(ExamComment::text),
                        mine);
            case JuryActProposed proposed ->
                new TimelineLine(
                        entry,
                        "jury-act-proposed",
                        proposed.kind(),
                        proposed.parameters().number(),
                        proposed.parameters().reasonCode(),
                        proposed.sealed().value().map(ProposedAct::reason),
                        mine);
            case JuryActConfirmed confirmed -> settled(entry, "jury-act-confirmed", confirmed.act(), exam, mine);
            case JuryActWithdrawn withdrawn -> settled(entry, "jury-act-withdrawn", withdrawn.act(), exam, mine);
            case IssueReported issue ->
                new TimelineLine(
                        entry,
                        "issue-reported",
                        null,
                        issue.number(),
                        null,
                        Optional.ofNullable(issue.sealed())
                                .flatMap(personal -> personal.value())
                                .map(IssueDescription::description),
                        mine);
            case IssueResolved issue -> plain(entry, "issue-" + WireName.of(issue.resolution()), mine);
            case CandidateCorrected _ -> plain(entry, "identity-corrected", mine);
            case CertificateIssued issued ->
                plain(entry, issued.replaces() == null ? "certificate-issued" : "replacement-issued", mine);
            case CertificateSuspended _ -> plain(entry, "certificate-suspended", mine);
            case CertificateReinstated _ -> plain(entry, "certificate-reinstated", mine);
            case CertificateRevoked _ -> plain(entry, "certificate-revoked", mine);
            case CertificateReplaced _ -> plain(entry, "certificate-replaced", mine);
            case ExamEnded _ -> plain(entry, "exam-ended", mine);
            case SessionFinalised _ -> plain(entry, "session-finalised", mine);
            case OfficerAssigned _ -> plain(entry, "officer-assigned", mine);
            case SessionPublished _ -> plain(entry, "session-published", mine);
            default -> throw new AssertionError("a timeline holds acts and results only");
        };
    }

    private static TimelineLine act(
            Entry entry, String key, ReasonCode code, Personal<JuryReason> sealed, boolean mine) {
        return new TimelineLine(entry, key, null, null, code, words(sealed), mine);
    }

    private static TimelineLine plain(Entry entry, String key, boolean mine) {
        return new TimelineLine(entry, key, null, null, null, Optional.empty(), mine);
    }

    private static TimelineLine settled(Entry entry, String key, UUID act, Examination exam, boolean mine) {
        var proposal = exam.record().proposals().get(act);
        return new TimelineLine(
                entry,
                key,
                proposal == null ? null : proposal.proposed().kind(),
                proposal == null ? null : proposal.proposed().parameters().number(),
                null,
                Optional.empty(),
                mine);
    }

    private static Optional<String> words(@Nullable Personal<JuryReason> sealed) {
        return Optional.ofNullable(sealed).flatMap(personal -> personal.value()).map(JuryReason::reason);
    }
}
