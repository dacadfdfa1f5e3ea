package fr.grandlivre.events.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;

/**
 * What a jury has to say about an exam.
 *
 * @param text 1..500 characters
 */
public record ExamComment(String text) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.CERTIFICATE;
    }
}
