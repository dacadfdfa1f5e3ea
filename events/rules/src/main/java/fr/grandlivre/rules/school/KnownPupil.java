package fr.grandlivre.rules.school;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import org.jspecify.annotations.Nullable;

/**
 * A pupil whom the establishment knows already.
 *
 * @param learner  who
 * @param pupil    as a roster named them last; absent when erased
 * @param division class on the roster in question, or the last one
 * @param year     level of schooling there
 * @param enrolled whether the pupil stands on the roster in question now
 */
public record KnownPupil(
        LearnerId learner, @Nullable PupilIdentity pupil, Division division, String year, boolean enrolled) {}
