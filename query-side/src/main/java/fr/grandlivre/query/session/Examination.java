package fr.grandlivre.query.session;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.certificate.CertificateConsequence;
import fr.grandlivre.rules.certificate.CertificateConsequence.Content;
import fr.grandlivre.rules.certificate.CertificateStanding;
import fr.grandlivre.rules.framework.PixScale;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.ExamScoring;
import fr.grandlivre.rules.session.ExamScoring.Cause;
import fr.grandlivre.rules.session.JuryRecord;
import fr.grandlivre.rules.session.ScoringTable;
import fr.grandlivre.rules.session.SessionDossier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An ended exam of a finalised session as its jury sees it.
 *
 * @param started      what was frozen at the start
 * @param endReason    why the sitting ended
 * @param answers      every question in order, answered or not
 * @param identity     of the candidate, as corrected last; absent when erased
 * @param dossier      of the session
 * @param published    whether the results of the session are
 * @param scored       the latest result; empty as long as there is none
 * @param record       what the jury decided and proposed
 * @param certificates of this exam, oldest first
 * @param timeline     acts and results in the order of the ledger
 * @param scale        of the framework version of the exam day
 * @param position     ledger position of the last event that is shown
 */
@ShowsPeople
public record Examination(
        ExamStarted started,
        EndReason endReason,
        List<Answer> answers,
        @Nullable CandidateIdentity identity,
        SessionDossier dossier,
        boolean published,
        Optional<ExamScored> scored,
        JuryRecord record,
        List<Certified> certificates,
        List<Entry> timeline,
        PixScale scale,
        long position) {
    public Examination {
        answers = List.copyOf(answers);
        certificates = List.copyOf(certificates);
        timeline = List.copyOf(timeline);
    }

    /**
     * A question and what became of it.
     *
     * @param number      from 1
     * @param competence  what it counts for
     * @param skill       what it tests
     * @param challenge   what was asked
     * @param outcome     absent when it was not answered
     * @param focusedOut  whether the candidate left the page; absent where nobody watched
     * @param neutralised whether it counts no longer
     * @param issues      reports about it
     */
    public record Answer(
            int number,
            CompetenceCode competence,
            SkillId skill,
            ChallengeId challenge,
            @Nullable Outcome outcome,
            @Nullable Boolean focusedOut,
            boolean neutralised,
            List<SessionDossier.Issue> issues) {}

    /** A certificate of the exam and what it is worth. */
    public record Certified(CertificateIssued issued, CertificateStanding standing) {}

    /**
     * An act or a result.
     *
     * @param position its place in the ledger
     * @param at       when it was recorded
     * @param actor    who did it, a random pseudonym; of a policy, the account of nobody
     * @param role     in what capacity
     * @param event    what happened
     */
    public record Entry(long position, Instant at, UUID actor, Role role, LedgerEvent event) {}

    /**
     * What an act would change; deciding it gives just this.
     *
     * @param before      the result that stands
     * @param after       the result after the act
     * @param certificate what becomes of the certificate
     */
    public record Preview(ExamScoring before, ExamScoring after, CertificateConsequence certificate) {
        /** @return whether the result stays as it is */
        public boolean isSameResult() {
            return before.equals(after);
        }
    }

    /** @return the result by the rules of the exam day */
    public ExamScoring scoring() {
        return scoring(record, ExamRules.of(started.rules()));
    }

    /** A band of rates with one column of the scoring table; both ends inclusive, whole percent. */
    public record Band(int from, int to) {}

    /** @return the band that the rate falls into; empty below the lowest, where nothing is certified */
    public Optional<Band> band() {
        ScoringTable table = ExamRules.of(started.rules()).table();
        OptionalInt band = table.band(scoring().ratePercent());
        return band.isEmpty()
                ? Optional.empty()
                : Optional.of(new Band(
                        table.bands().get(band.getAsInt()),
                        band.getAsInt() == 0 ? 100 : table.bands().get(band.getAsInt() - 1) - 1));
    }

    /** @return the result that later rules would give, which no event ever records; empty when none came since */
    public Optional<WhatIf> whatIf(Instant now) {
        ExamRules today = ExamRules.inForce(now);
        return today.version().equals(started.rules())
                ? Optional.empty()
                : Optional.of(new WhatIf(today.version(), scoring(record, today)));
    }

    /** What later rules would make of the exam. */
    public record WhatIf(RulesVersion rules, ExamScoring scoring) {}

    /**
     * @param number   of the question; absent for acts that concern none
     * @param identity the candidate's, as it would be; absent unless the act corrects it
     */
    public Preview preview(JuryActKind kind, @Nullable Integer number, @Nullable CandidateIdentity identity) {
        ExamScoring before = scoring();
        ExamScoring after = scoring(record.with(kind, number), ExamRules.of(started.rules()));
        return new Preview(before, after, consequence(kind, after, identity == null ? identity() : identity));
    }

    private CertificateConsequence consequence(
            JuryActKind kind, ExamScoring after, @Nullable CandidateIdentity identity) {
        if (!published || kind.isOfCertificate()) {
            return new CertificateConsequence(CertificateConsequence.Kind.NOTHING, null);
        }
        return CertificateConsequence.of(
                scored.map(result -> result.outcome() == ExamOutcome.VALIDATED).orElse(false),
                after.outcome(),
                after.cause().equals(Optional.of(Cause.FRAUD)),
                standing().map(Examination::content).orElse(null),
                new Content(CertificateConsequence.certified(after.competences()), after.totalPix(), identity));
    }

    /** @return the certificate that is not revoked */
    public Optional<Certified> standing() {
        return certificates.isEmpty() || certificates.getLast().standing().revocation() != null
                ? Optional.empty()
                : Optional.of(certificates.getLast());
    }

    private static Content content(Certified certified) {
        CertificateIssued issued = certified.issued();
        Optional<CertificateHolder> holder = issued.sealed().value();
        return new Content(
                issued.levels(),
                issued.pix(),
                holder.map(printed -> new CandidateIdentity(
                                printed.firstName(), printed.lastName(), printed.birthDate(), printed.birthPlace()))
                        .orElse(null));
    }

    private ExamScoring scoring(JuryRecord jury, ExamRules rules) {
        List<Outcome> outcomes = answers.stream()
                .map(Answer::outcome)
                .takeWhile(outcome -> outcome != null)
                .toList();
        return ExamScoring.of(started, outcomes, endReason, jury, rules, scale);
    }

    /** Never shows whose exam it is. */
    @Override
    public String toString() {
        return "Examination[" + started.exam() + "]";
    }
}
