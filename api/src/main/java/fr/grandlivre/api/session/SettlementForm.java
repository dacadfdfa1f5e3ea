package fr.grandlivre.api.session;

import fr.grandlivre.api.request.Fields;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a page asks for about a proposal.
 *
 * @param proposition id of the proposed act
 * @param suite       confirm or withdraw
 */
public record SettlementForm(
        @Nullable String proposition, @Nullable String suite) {
    /** The same, understood. */
    public record Read(UUID proposal, Settlement how) {}

    /** @throws fr.grandlivre.api.problem.ProblemException 422 when one of the two is missing or unknown */
    public Read read() {
        Fields fields = new Fields();
        Read read = new Read(
                fields.uuid("/proposal", proposition),
                fields.parsed("/decision", suite, Settlement::of, Settlement.CONFIRM));
        fields.check();
        return read;
    }
}
