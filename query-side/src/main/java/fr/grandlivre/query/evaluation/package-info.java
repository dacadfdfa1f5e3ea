/** What a learner was asked and answered: read straight from the learner's own streams. */
@NullMarked
package fr.grandlivre.query.evaluation;

import org.jspecify.annotations.NullMarked;
