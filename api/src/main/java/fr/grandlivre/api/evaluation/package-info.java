/** A learner is asked and answers, gets feedback, keeps tutorials. */
@NullMarked
package fr.grandlivre.api.evaluation;

import org.jspecify.annotations.NullMarked;
