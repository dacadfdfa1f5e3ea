package fr.grandlivre.events;

/**
 * Personal fields of one class that an event carries sealed. Implemented by records of text and dates only; their
 * plain form exists in memory and nowhere else.
 */
public interface PersonalData {
    /** @return the class whose key seals these fields; told by the record alone, or by its fields */
    DataClass dataClass();

    /** @return whether these fields say who the person is: of somebody erased they are not recorded again */
    default boolean namesPerson() {
        return false;
    }
}
