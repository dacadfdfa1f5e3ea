/** Answers and the levels they move. */
@NullMarked
package fr.grandlivre.events.evaluation;

import org.jspecify.annotations.NullMarked;
