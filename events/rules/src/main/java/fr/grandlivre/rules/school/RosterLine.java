package fr.grandlivre.rules.school;

/**
 * One line of a list of pupils as it was written; what is not there is an empty text.
 *
 * @param number     line of the file, the header is 1
 * @param lastName   as typed
 * @param firstName  as typed
 * @param middleName second given name
 * @param thirdName  third given name
 * @param birthDate  {@code 28/02/2007} or {@code 2007-02-28}
 * @param ine        national pupil number
 * @param division   class
 * @param year       level of schooling
 */
public record RosterLine(
        int number,
        String lastName,
        String firstName,
        String middleName,
        String thirdName,
        String birthDate,
        String ine,
        String division,
        String year) {}
