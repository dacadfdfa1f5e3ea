package fr.grandlivre.api.demo;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An invented pupil.
 *
 * @param name       what the pupil is called in the seed, for example {@code 3eA-07}; decides every chance
 * @param learner    id for life
 * @param ine        national pupil number; absent for one pupil, whose line of the school report is held back
 * @param ability    difficulty of the challenges that the pupil solves every other time, in the last school year
 * @param takesPart  whether the pupil ever answers
 */
record DemoPupil(
        String name,
        LearnerId learner,
        String firstName,
        String lastName,
        LocalDate birthDate,
        String birthPlace,
        @Nullable String ine,
        double ability,
        boolean takesPart) {
    /** @return the same pupil under another name */
    DemoPupil named(String otherName) {
        return new DemoPupil(name, learner, firstName, otherName, birthDate, birthPlace, ine, ability, takesPart);
    }

    PupilIdentity onRoster() {
        return new PupilIdentity(firstName, null, null, lastName, birthDate, ine);
    }

    CandidateIdentity asCandidate() {
        return new CandidateIdentity(firstName, lastName, birthDate, birthPlace);
    }
}
