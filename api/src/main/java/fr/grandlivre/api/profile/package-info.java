/** A learner reads the own profile, now and at any past day, and why each level is what it is. */
@NullMarked
package fr.grandlivre.api.profile;

import org.jspecify.annotations.NullMarked;
