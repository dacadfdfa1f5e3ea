/** A learner's profile: levels now, at any past instant, and why. */
@NullMarked
package fr.grandlivre.query.profile;

import org.jspecify.annotations.NullMarked;
