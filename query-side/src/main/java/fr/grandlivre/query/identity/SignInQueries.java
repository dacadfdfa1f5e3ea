package fr.grandlivre.query.identity;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.IdentityEvent.SignInDetached;
import fr.grandlivre.events.identity.SignInEvent;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.store.LedgerReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads ways to sign in and codes on paper straight from the ledger: what was detached is closed at once. Thread-safe. */
public final class SignInQueries {
    private final LedgerReader ledger;
    private final RecordedEvents signIns;
    private final RecordedEvents codes;
    private final RecordedEvents accounts;

    /** @param vault opens the providers' names for a person */
    public SignInQueries(LedgerReader ledger, EventCodec codec, PersonalVault vault) {
        this.ledger = ledger;
        this.signIns = RecordedEvents.of(codec, null, Set.of(SignInTaken.class, SignInFreed.class));
        this.codes = RecordedEvents.of(codec, null, Set.of(AttachCodeReserved.class));
        this.accounts = RecordedEvents.of(
                codec, vault, Set.of(SignInAttached.class, SignInDetached.class, AttachCodeIssued.class));
    }

    /**
     * A way that leads to an account.
     *
     * @param provider registration name of the identity provider
     * @param subject  the provider's name for the person
     * @param since    when it was attached
     */
    @ShowsPeople
    public record Way(String provider, SignInSubject subject, Instant since) {}

    /** @return what happened last to a way; empty when the ledger never heard of it */
    public Optional<SignInEvent> last(UUID signIn) {
        return signIns.read(ledger.stream(signIn, 0)).stream()
                .map(recorded -> (SignInEvent) recorded.event())
                .reduce((_, later) -> later);
    }

    /** @return the ways that lead to an account, oldest first; erased ones are left out */
    public List<Way> ways(AccountId person) {
        List<Way> ways = new ArrayList<>();
        for (Recorded recorded : accounts.read(ledger.stream(person.value(), 0))) {
            switch (recorded.event()) {
                case SignInAttached(var _, var provider, var sealed) ->
                    sealed.value().ifPresent(subject -> ways.add(new Way(provider, subject, recorded.recordedAt())));
                case SignInDetached(var _, var provider, var sealed) ->
                    sealed.value()
                            .ifPresent(subject ->
                                    ways.removeIf(way -> way.provider().equals(provider)
                                            && way.subject().equals(subject)));
                default -> {}
            }
        }
        return List.copyOf(ways);
    }

    /**
     * @param mac HMAC of a code
     * @return whom the code names, whether it is still accepted or not; empty when nobody drew it
     */
    public Optional<AccountId> named(String mac) {
        return codes.read(ledger.stream(StreamIds.attachCode(mac), 0)).stream()
                .map(recorded -> ((AttachCodeReserved) recorded.event()).person())
                .findFirst();
    }

    /** @return whether the code has served; that is the second thing that happens to one, and the last */
    public boolean isUsed(String mac) {
        return ledger.lastSeq(StreamIds.attachCode(mac)).orElse(0) > 0;
    }

    /** @return the latest code that was drawn for an account; empty when none was */
    public Optional<AttachCodeIssued> code(AccountId person) {
        return accounts.read(ledger.stream(person.value(), 0)).stream()
                .flatMap(recorded ->
                        recorded.event() instanceof AttachCodeIssued issued ? Stream.of(issued) : Stream.empty())
                .reduce((_, later) -> later);
    }

    /** @return whether anything happened to the account itself */
    public boolean isKnown(AccountId person) {
        return ledger.lastSeq(person.value()).isPresent();
    }
}
