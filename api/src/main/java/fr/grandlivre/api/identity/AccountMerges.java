package fr.grandlivre.api.identity;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignIns;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.IdentityCommand.MergeAccounts;
import fr.grandlivre.command.identity.WayIn;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.identity.SignInQueries;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignTerms.Phase;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the other account of a person, shows what joining it would change, and joins it. Thread-safe. */
@Component
class AccountMerges {
    private final AttachCodes codes;
    private final SignInQueries ways;
    private final SignIns signIns;
    private final PersonAccounts accounts;
    private final ProfileQueries profiles;
    private final VerificationQueries certificates;
    private final SchoolReportQueries rosters;
    private final EvaluationQueries evaluations;
    private final CampaignQueries campaigns;
    private final Frameworks frameworks;
    private final Dispatch dispatch;
    private final ServerClock clock;

    AccountMerges(
            AttachCodes codes,
            SignInQueries ways,
            SignIns signIns,
            PersonAccounts accounts,
            ProfileQueries profiles,
            VerificationQueries certificates,
            SchoolReportQueries rosters,
            EvaluationQueries evaluations,
            CampaignQueries campaigns,
            Frameworks frameworks,
            Dispatch dispatch,
            ServerClock clock) {
        this.codes = codes;
        this.ways = ways;
        this.signIns = signIns;
        this.accounts = accounts;
        this.profiles = profiles;
        this.certificates = certificates;
        this.rosters = rosters;
        this.evaluations = evaluations;
        this.campaigns = campaigns;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** What a code leads to. */
    sealed interface Found {
        /** Another account, which is proved to be the caller's by the code with this HMAC. */
        record Other(AccountId account, String mac) implements Found {}

        /** An account that was joined to the caller's before. */
        record Done() implements Found {}

        record Refused(Refusal refusal) implements Found {}
    }

    /**
     * What joining would change.
     *
     * @param answers      counted answers of the other account
     * @param certificates of the other account
     * @param tutorials    that the other account saved
     * @param begun        titles of the open campaigns that the other account began and did not send: they begin again
     * @param ways         to sign in that lead to the other account, by their providers
     * @param rosters      of this school year that name the other account
     * @param levels       that would rise, by competence
     */
    record Preview(
            int answers,
            int certificates,
            int tutorials,
            List<String> begun,
            List<String> ways,
            int rosters,
            List<Rise> levels) {}

    /** A level that would rise, with points before and after. */
    record Rise(String competence, String title, int from, int to, int pixFrom, int pixTo) {}

    /** @param mac HMAC of the code; empty when what was typed is none */
    Found find(Optional<String> mac, SignedIn person) {
        Optional<AccountId> named = mac.flatMap(codes::named);
        if (named.isEmpty()) {
            return new Found.Refused(Refusal.ATTACH_CODE_REFUSED);
        }
        if (named.get().equals(person.account())) {
            return new Found.Refused(Refusal.SAME_ACCOUNT);
        }
        AccountId survivor = accounts.survivor(named.get());
        if (survivor.equals(person.account())) {
            return new Found.Done();
        }
        if (!survivor.equals(named.get())) {
            return new Found.Refused(Refusal.ALREADY_MERGED);
        }
        return codes.isCurrent(mac.get(), named.get(), clock.now())
                ? new Found.Other(named.get(), mac.get())
                : new Found.Refused(Refusal.ATTACH_CODE_REFUSED);
    }

    Preview preview(AccountId own, AccountId other, Locale language) {
        Instant now = clock.now();
        LocalDate today = ParisDays.of(now);
        Map<CompetenceCode, Knowledge> mine = profiles.knowledge(learner(own));
        Map<CompetenceCode, Knowledge> theirs = profiles.knowledge(learner(other));
        List<Rise> rises = new ArrayList<>();
        for (Competence competence : frameworks.inForce(now).competences()) {
            rise(competence, mine, theirs, language, now).ifPresent(rises::add);
        }
        return new Preview(
                theirs.values().stream()
                        .mapToInt(knowledge -> knowledge.answers().size())
                        .sum(),
                certificates.ofLearner(accounts.learners(learner(other)), today).size(),
                evaluations.tutorials(learner(other)).saved().size(),
                begun(learner(other), now),
                ways.ways(other).stream().map(SignInQueries.Way::provider).toList(),
                rosters.schoolsOf(learner(other), SchoolYear.of(today)).size(),
                rises);
    }

    private List<String> begun(LearnerId learner, Instant now) {
        return campaigns.of(List.of(learner)).stream()
                .filter(own -> !own.passage().isShared() && own.terms().phase(now) != Phase.CLOSED)
                .map(own -> own.terms().title())
                .toList();
    }

    private static Optional<Rise> rise(
            Competence competence,
            Map<CompetenceCode, Knowledge> mine,
            Map<CompetenceCode, Knowledge> theirs,
            Locale language,
            Instant now) {
        Knowledge before = mine.get(competence.code());
        Knowledge other = theirs.get(competence.code());
        if (before == null || other == null) {
            return Optional.empty();
        }
        // The same rule as the one by which it will be joined; neither id says anything about the sum.
        UUID nothing = new UUID(0, 0);
        return other.absorbedBy(nothing, new LearnerId(nothing), nothing, 0)
                .map(absorbed -> before.after(absorbed, now))
                .filter(after -> !after.score().pix().equals(before.score().pix()))
                .map(after -> new Rise(
                        competence.code().value(),
                        competence.title().in(language),
                        before.score().level().value(),
                        after.score().level().value(),
                        before.score().pix().value(),
                        after.score().pix().value()));
    }

    /** @return what became of the wish; afterwards every way of both accounts leads to the caller's, at once on this node */
    Outcome merge(SignedIn person, AccountId other, String mac, CommandKey key) {
        List<WayIn> led = ways.ways(other).stream().map(signIns::stored).toList();
        Outcome outcome =
                dispatch.outcome(new MergeAccounts(person.account(), other, mac, led), key, person, Role.LEARNER);
        led.forEach(signIns::forget);
        accounts.forget(other);
        return outcome;
    }

    private static LearnerId learner(AccountId account) {
        return new LearnerId(account.value());
    }
}
