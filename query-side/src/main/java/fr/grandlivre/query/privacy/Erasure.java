package fr.grandlivre.query.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An erasure, carried through or not yet.
 *
 * @param position ledger position of the erasure
 * @param person   whose data
 * @param classes  what was erased
 * @param kids     ids of the keys that went
 * @param basis    why
 * @param erasedAt when it was decided
 * @param receipt  what was found afterwards; empty while it is being carried through
 */
public record Erasure(
        long position,
        AccountId person,
        List<DataClass> classes,
        List<UUID> kids,
        Basis basis,
        Instant erasedAt,
        Optional<Receipt> receipt) {
    public Erasure {
        classes = List.copyOf(classes);
        kids = List.copyOf(kids);
    }

    /**
     * @param at       when it was signed
     * @param residual values found in spite of the erasure; 0 when it is complete
     * @param signed   JWS in its compact form
     */
    public record Receipt(Instant at, int residual, String signed) {}
}
