/** Certification sessions: from the plan of a head of school to the results that a jury publishes. */
@NullMarked
package fr.grandlivre.api.session;

import org.jspecify.annotations.NullMarked;
