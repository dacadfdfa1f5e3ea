package fr.grandlivre.api.session;

import fr.grandlivre.api.request.Fields;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a program says about a proposal that it confirms or takes back.
 *
 * @param proposal id of the proposed act
 */
public record SettlementRequest(@Nullable String proposal) {
    /** @throws fr.grandlivre.api.problem.ProblemException 422 when it is missing or no id */
    public UUID read() {
        Fields fields = new Fields();
        UUID id = fields.uuid("/proposal", proposal);
        fields.check();
        return id;
    }
}
