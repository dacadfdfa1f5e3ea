/** Establishments, rosters, enrolments. */
@NullMarked
package fr.grandlivre.events.school;

import org.jspecify.annotations.NullMarked;
