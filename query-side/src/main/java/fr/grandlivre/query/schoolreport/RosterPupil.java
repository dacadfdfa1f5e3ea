package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.ShowsPeople;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A pupil on a roster.
 *
 * @param learner   who
 * @param division  in which class
 * @param firstName absent when erased
 * @param lastName  absent when erased
 * @param birthDate absent when erased
 */
@ShowsPeople
public record RosterPupil(
        LearnerId learner,
        Division division,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable LocalDate birthDate) {}
