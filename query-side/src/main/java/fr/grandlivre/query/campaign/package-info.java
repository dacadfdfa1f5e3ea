/** Campaigns of a school, who takes part, and what was shared with it. */
@NullMarked
package fr.grandlivre.query.campaign;

import org.jspecify.annotations.NullMarked;
