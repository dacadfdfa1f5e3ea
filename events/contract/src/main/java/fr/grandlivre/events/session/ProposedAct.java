package fr.grandlivre.events.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import org.jspecify.annotations.Nullable;

/**
 * What is personal in an act that waits for its second person.
 *
 * @param reason   10..500 characters
 * @param identity the candidate's, as it is to be; absent unless the act corrects it
 */
public record ProposedAct(String reason, @Nullable CandidateIdentity identity) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.CERTIFICATE;
    }

    @Override
    public boolean namesPerson() {
        return identity != null;
    }
}
