package fr.grandlivre.api.identity;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.ErasedAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.identity.SignInQueries;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.verification.CodeLength;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Codes on paper that attach a way to sign in: nine symbols like a campaign's, of which only an HMAC is kept. Thread-safe. */
@Component
public class AttachCodes {
    private final SignInQueries signIns;
    private final CodeMacs macs;
    private final ErasedAccounts erased;
    private final Dispatch dispatch;

    AttachCodes(SignInQueries signIns, CodeMacs macs, ErasedAccounts erased, Dispatch dispatch) {
        this.signIns = signIns;
        this.macs = macs;
        this.erased = erased;
        this.dispatch = dispatch;
    }

    /**
     * A code that was just drawn.
     *
     * @param code  in groups of three; the same again when the same act is asked for again
     * @param until last instant at which it is accepted
     */
    public record Issued(String code, Instant until, Done done) {}

    /**
     * Draws a code for somebody; the one drawn before is worth nothing from then on.
     *
     * @throws ProblemException {@code not-found} for an account that was erased, 409 {@code code-taken} when no free code was
     *                          drawn
     */
    public Issued issue(AccountId person, CommandKey key, SignedIn drawer, Role as) {
        if (erased.contains(person)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        for (int attempt = 0; attempt < CodeLength.MOST_DRAWS; attempt++) {
            CampaignCode code = CampaignCodeText.draw(macs.attachCodeDraws(key.commandId(), attempt));
            String mac = macs.ofAttachCode(code.value());
            IssueAttachCode command = new IssueAttachCode(person, mac);
            Outcome outcome = dispatch.outcome(command, key, drawer, as);
            boolean taken = outcome instanceof Outcome.Refused(var refusal, var _) && refusal == Refusal.CODE_TAKEN;
            // An act that is repeated is answered as done at whichever attempt: the code is the one that names the
            // person.
            if (!taken && named(mac).filter(person::equals).isPresent()) {
                Done done = dispatch.done(command, outcome);
                return new Issued(
                        CampaignCodeText.spaced(code),
                        signIns.code(person).orElseThrow().until(),
                        done);
            }
        }
        throw new ProblemException(Refusals.problem(Refusal.CODE_TAKEN, Map.of()));
    }

    /**
     * @param mac HMAC of a code
     * @return whose account it names, used or not; empty when nobody drew it, or the account was erased
     */
    Optional<AccountId> named(String mac) {
        return signIns.named(mac).filter(person -> !erased.contains(person));
    }

    /** @return whether a way to sign in leads to the account that does not rest on a school's service alone */
    public boolean hasOwnSignIn(AccountId person) {
        return !signIns.ways(person).isEmpty();
    }

    /** @return whether the code is the latest of the account, not used and not too old */
    boolean isCurrent(String mac, AccountId person, Instant now) {
        return !signIns.isUsed(mac)
                && signIns.code(person)
                        .filter(latest -> latest.codeMac().equals(mac) && !now.isAfter(latest.until()))
                        .isPresent();
    }

    /** @return HMAC of a code as typed; empty when it has another shape */
    Optional<String> mac(String typed) {
        return CampaignCodeText.parse(typed).map(code -> macs.ofAttachCode(code.value()));
    }
}
