package fr.grandlivre.events.evaluation;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import java.util.List;

/**
 * Free text typed as an answer, exactly as typed.
 *
 * @param fields one text a field, in the order of the challenge; never empty
 */
public record GivenAnswer(List<String> fields) implements PersonalData {
    public GivenAnswer {
        fields = List.copyOf(fields);
    }

    @Override
    public DataClass dataClass() {
        return DataClass.ANSWERS;
    }
}
